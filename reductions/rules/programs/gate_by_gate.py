"""Rules that write one to three gates for each: NAND, NOR, alternating circuits.

The image of a wire is found by counting the gates written since, back from where it is read, over
again for each operand: a counter takes the place of a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import (
    END,
    after,
    copy,
    following,
    gates,
    number_at,
    preceding,
    record,
)

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

DIRECT = 2
"""Threshold of the kind whose complement is the universal gate: 2 for NAND, 1 for NOR; 0: the
target alternates."""

UNIVERSAL = -1
"""Threshold of the universal gate, over weights -1: -1 for NAND, 0 for NOR."""


def write_gates(tape: Tape, write: Write) -> None:
    """Write the circuit and the values of its inputs."""
    n = number_at(tape, record(tape, 0, 0))
    write(0, n)
    write()
    wire = n
    place = following(tape, 0)
    m = gates(tape)
    for gate in range(m):
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        second = after(tape, first)
        a = image(tape, place, n + gate, wire, number_at(tape, first))
        if tape[second] == END:
            one_operand(write, threshold, wire, a)
        else:
            b = image(tape, place, n + gate, wire, number_at(tape, after(tape, second)))
            two_operands(write, threshold, wire, a, b)
        wire += written(tape, place)
        place = following(tape, place)
    write(2, image(tape, place, n + m, wire, number_at(tape, place)))
    write()
    write(3)
    copy(tape, write, record(tape, 3, 0))


def one_operand(write: Write, threshold: int, wire: int, a: int) -> None:
    """Write a NOT (threshold 0) or a buffer; `wire` is the first wire written."""
    if DIRECT == 0:
        write(1, 1, 1, a)
        write()
        write(1, 1, 1, wire)
    else:
        write(1, 0, -1, a)
        if threshold == 1:
            write()
            write(1, 0, -1, wire)
    write()


def two_operands(write: Write, threshold: int, wire: int, a: int, b: int) -> None:
    """Write an AND (threshold 2) or an OR; `wire` is the first wire written."""
    if DIRECT == 0 and threshold == 2:
        write(1, 2, 1, a, 1, b)
        write()
        write(1, 1, 1, wire)
    elif DIRECT == 0:
        write(1, 1, 1, a)
        write()
        write(1, 1, 1, b)
        write()
        write(1, 1, 1, wire, 1, wire + 1)
    elif threshold == DIRECT:
        write(1, UNIVERSAL, -1, a, -1, b)
        write()
        write(1, 0, -1, wire)
    else:
        write(1, 0, -1, a)
        write()
        write(1, 0, -1, b)
        write()
        write(1, UNIVERSAL, -1, wire, -1, wire + 1)
    write()


def written(tape: Tape, place: int) -> int:
    """How many gates are written for the one whose threshold stands in a cell."""
    threshold = number_at(tape, place)
    if tape[after(tape, after(tape, after(tape, place)))] == END:
        return 1 if threshold == 0 else 2
    if DIRECT == 0:
        return 2 if threshold == 2 else 3
    return 2 if threshold == DIRECT else 3


def image(tape: Tape, place: int, here: int, wire: int, operand: int) -> int:
    """The last wire that is written for an operand of wire `here`, which becomes `wire`."""
    if operand < number_at(tape, record(tape, 0, 0)):
        return operand
    count = 0
    for _ in range(operand + 1, here):
        place = preceding(tape, place)
        count += written(tape, place)
    return wire - count - 1
