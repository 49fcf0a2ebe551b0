"""CVP to planar CVP as a program: loops over gates, operands and the rows that their tracks cross.

Where gates are is described in `reductions.rules.planar_layout`. What comes along a row is found
by counting the crossings before, over again for each crossing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, copy, following, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_planar(tape: Tape, write: Write) -> None:
    """Write the planar circuit and the values of its inputs."""
    n = number_at(tape, record(tape, 0, 0))
    write(0, n)
    write()
    crossings = 0
    place = following(tape, 0)
    for gate in range(gates(tape)):
        wire = n + gate
        a = operand(tape, place, 0)
        b = operand(tape, place, 1)
        x = write_track(tape, write, n, wire, 0, a, crossings)
        crossings += wire - 1 - a
        if b >= 0:
            y = write_track(tape, write, n, wire, 1, b, crossings)
            crossings += wire - 1 - b
            write(1, number_at(tape, place), 1, min(x, y), 1, max(x, y))
        else:
            write(1, number_at(tape, place))
            write(number_at(tape, after(tape, place)), x)
        write()
        place = following(tape, place)
    output = number_at(tape, record(tape, 2, 0))
    write(2, carrier(tape, n, output, n + gates(tape), 0, 0))
    write()
    write(3)
    copy(tape, write, record(tape, 3, 0))


def write_track(
    tape: Tape, write: Write, n: int, wire: int, number: int, a: int, crossings: int
) -> int:
    """Write the crossings of a track; the wire that arrives at the gate."""
    y = carrier(tape, n, a, wire, number, 1)
    base = 12 * crossings + wire
    for row in range(a + 1, wire):
        x = carrier(tape, n, row, wire, number, 1)
        write_xor(write, base, x, y)
        write_xor(write, base + 4, base + 3, y)
        write_xor(write, base + 8, base + 3, x)
        y = base + 11
        base += 12
    return y


def write_xor(write: Write, base: int, x: int, y: int) -> None:
    """Write four NANDs, the last of them the XOR of two wires."""
    write(1, -1, -1, min(x, y), -1, max(x, y))
    write()
    write(1, -1, -1, min(x, base), -1, max(x, base))
    write()
    write(1, -1, -1, min(y, base), -1, max(y, base))
    write()
    write(1, -1, -1, base + 1, -1, base + 2)
    write()


def carrier(tape: Tape, n: int, row: int, wire: int, number: int, met: int) -> int:
    """What comes along a row to a track of a gate; with met = 0, what the row begins with."""
    found = row
    crossings = 0
    place = following(tape, 0)
    for gate in range(n, wire + 1):
        for track in range(2 if gate < wire else number):
            a = operand(tape, place, track)
            if a >= 0:
                if met == 1 and a < row < gate:
                    found = 12 * (crossings + row - a - 1) + gate + 7
                crossings += gate - 1 - a
        if gate == row:
            found = 12 * crossings + row
        if gate < wire:
            place = following(tape, place)
    return found


def operand(tape: Tape, place: int, number: int) -> int:
    """An operand of the gate whose threshold stands in a cell; -1 if it has no second one."""
    first = after(tape, after(tape, place))
    second = after(tape, first)
    if number == 0:
        return number_at(tape, first)
    return -1 if tape[second] == END else number_at(tape, after(tape, second))
