"""CVP to monotone CVP as a program: one pass over the circuit, two gates written for each read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

COMMA, END = 3, 4
"""Codes of the symbols that close a number and a record."""


def write_rails(tape: Tape, write: Write) -> None:  # noqa: C901 - one pass, no calls
    """Write the dual-rail circuit and the values of its inputs."""
    kind = -1
    place = 0
    value = 0
    sign = 1
    threshold = 0
    weight = 0
    a = 0
    b = 0
    for i in range(len(tape)):
        c = tape[i]
        if c < 2:
            value = 2 * value + c
        elif c == COMMA:
            value = sign * value
            if place == 0:
                kind = value
                if kind == 3:
                    write(3)
            elif kind == 0:
                write(0, 2 * value)
            elif kind == 2:
                write(2, 2 * value)
            elif kind == 3:
                write(value, 1 - value)
            elif place == 1:
                threshold = value
            elif place == 2:
                weight = value
            elif place == 3:
                a = value
            elif place == 5:
                b = value
            place += 1
            value = 0
            sign = 1
        elif c == END:
            if kind == 1 and place == 4:
                for rail in range(2):
                    write(1, 1, 1, 2 * a + (rail if weight > 0 else 1 - rail))
                    write()
            elif kind == 1:
                for rail in range(2):
                    write(1, threshold if rail == 0 else 3 - threshold)
                    write(1, 2 * a + rail, 1, 2 * b + rail)
                    write()
            else:
                write()
            place = 0
        else:
            sign = -1
