"""Numbers and records on a tape: what programs that read a circuit share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

MINUS, COMMA, END = 2, 3, 4
"""Codes of the sign, and of the symbols that close a number and a record."""


def number_at(tape: Tape, place: int) -> int:
    """The number that begins in a cell."""
    sign = 1
    value = 0
    while tape[place] != COMMA:
        if tape[place] == MINUS:
            sign = -1
        else:
            value = 2 * value + tape[place]
        place += 1
    return sign * value


def after(tape: Tape, place: int) -> int:
    """The cell behind the number that begins in a cell."""
    while tape[place] != COMMA:
        place += 1
    return place + 1


def record(tape: Tape, kind: int, number: int) -> int:
    """The cell behind the kind of a record: of those of that kind the one of this number."""
    place = 0
    left = number
    while True:
        found = number_at(tape, place)
        place = after(tape, place)
        if found == kind:
            if left == 0:
                return place
            left -= 1
        while tape[place] != END:
            place += 1
        place += 1


def following(tape: Tape, place: int) -> int:
    """The cell behind the kind of the next record, from a cell of this one."""
    while tape[place] != END:
        place += 1
    return after(tape, place + 1)


def preceding(tape: Tape, place: int) -> int:
    """The cell behind the kind of the record before, which is that of a gate."""
    place -= 1
    while tape[place] != END:
        place -= 1
    place -= 1
    while tape[place] != END:
        place -= 1
    return place + 3


def gates(tape: Tape) -> int:
    """Number of gates."""
    count = 0
    start = 1
    for place in range(len(tape)):
        if start == 1 and tape[place] == 1 and tape[place + 1] == COMMA:
            count += 1
        start = tape[place] == END
    return count


def copy(tape: Tape, write: Write, place: int) -> None:
    """Write the numbers of a record from a cell on, and its end."""
    while tape[place] != END:
        write(number_at(tape, place))
        place = after(tape, place)
    write()
