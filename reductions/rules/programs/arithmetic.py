"""CVP to arithmetic CVP as a program: images are found by counting the ORs before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

MODULUS = 3

ADD, SUB, MUL = 0, 1, 2
"""Operations, as in `reductions.problems.ring_circuits`."""


def write_ring(tape: Tape, write: Write) -> None:
    """Write the circuit; input 0 is the constant 1."""
    n = number_at(tape, record(tape, 0, 0))
    write(0, MODULUS, n + 1)
    write()
    wire = n + 1
    for gate in range(gates(tape)):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        second = after(tape, first)
        a = image(tape, n, number_at(tape, first))
        if tape[second] == END:
            if threshold == 0:
                write(1, SUB, 0, a)
            else:
                write(1, MUL, a, 0)
        else:
            b = image(tape, n, number_at(tape, after(tape, second)))
            if threshold == 2:
                write(1, MUL, a, b)
            else:
                write(1, SUB, 0, a)
                write()
                write(1, MUL, wire, b)
                write()
                write(1, ADD, a, wire + 1)
                wire += 2
        write()
        wire += 1
    write(2, image(tape, n, number_at(tape, record(tape, 2, 0))), 1)
    write()
    write(3, 1)
    place = record(tape, 3, 0)
    for _wire in range(n):
        write(number_at(tape, place))
        place = after(tape, place)
    write()


def image(tape: Tape, n: int, wire: int) -> int:
    """The last wire that is written for one of the circuit."""
    if wire < n:
        return wire + 1
    count = 0
    place = record(tape, 1, 0)
    for gate in range(n, wire + 1):
        threshold = number_at(tape, place)
        second = after(tape, after(tape, after(tape, place)))
        count += 3 if tape[second] != END and threshold == 1 else 1
        if gate < wire:
            while tape[place] != END:
                place += 1
            place = after(tape, place + 1)
    return n + count
