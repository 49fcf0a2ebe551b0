"""Boolean programs to CVP as a program: run again from the beginning for each operand.

How often loops still run is one number: a loop of c rounds that has r left makes s into s c + r. As
the rounds of all loops together are steps, it has as many bits as the number of steps, or fewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, copy, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

ASSIGN, REPEAT, AGAIN = 1, 2, 3
"""Kinds of records: an assignment, the beginning and the end of a loop."""


def write_circuit(tape: Tape, write: Write) -> None:
    """Write the circuit and the values of its inputs."""
    n = number_at(tape, record(tape, 0, 0))
    write(0, n)
    write()
    step = 0
    place = run(tape, 0, -1)
    while number_at(tape, place) == ASSIGN:
        place = after(tape, after(tape, place))
        write(1, number_at(tape, place))
        place = after(tape, place)
        weight = number_at(tape, place)
        place = after(tape, place)
        a = run(tape, step, number_at(tape, place))
        place = after(tape, place)
        write(weight)
        if tape[place] == END:
            write(a)
        else:
            b = run(tape, step, number_at(tape, after(tape, place)))
            write(min(a, b), weight, max(a, b))
        write()
        step += 1
        place = run(tape, step, -1)
    write(2, run(tape, step, number_at(tape, after(tape, place))))
    write()
    write(3)
    copy(tape, write, record(tape, 5, 0))


def run(tape: Tape, steps: int, variable: int) -> int:
    """Run so many steps: the wire of a variable then, or for -1 the record that comes next."""
    wire = variable
    place = behind(tape, 0)
    left = steps
    rounds = 0
    while True:
        kind = number_at(tape, place)
        first = after(tape, place)
        if kind == ASSIGN:
            if left == 0:
                break
            if number_at(tape, first) == variable:
                wire = number_at(tape, record(tape, 0, 0)) + steps - left
            left -= 1
        elif kind == REPEAT:
            count = number_at(tape, first)
            rounds = rounds * count + count - 1
        elif kind == AGAIN:
            count = number_at(tape, first)
            if rounds % count > 0:
                rounds -= 1
                target = number_at(tape, after(tape, first))
                place = 0
                for _record in range(target):
                    place = behind(tape, place)
            else:
                rounds //= count
        else:
            break
        place = behind(tape, place)
    return place if variable < 0 else wire


def behind(tape: Tape, place: int) -> int:
    """The cell behind the record that a cell is in."""
    found = place
    while tape[found] != END:
        found += 1
    return found + 1
