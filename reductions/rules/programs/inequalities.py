"""CVP to linear inequalities as a program: a record a row, its bound, then its terms.

With `OBJECTIVE` 1 the output is the objective, with the threshold 1; with 0 a last row says that it
is at least 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

OBJECTIVE = 0


def write_rows(tape: Tape, write: Write) -> None:
    """Write the number of variables, and the rows of inputs, gates and output."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n + m)
    write()
    place = record(tape, 3, 0)
    for wire in range(n):
        value = number_at(tape, place)
        write(1, value, wire, 1)
        write()
        write(1, -value, wire, -1)
        write()
        place = after(tape, place)
    for gate in range(m):
        y = n + gate
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        weight = number_at(tape, after(tape, place))
        first = after(tape, after(tape, place))
        a = number_at(tape, first)
        second = after(tape, first)
        if tape[second] == END:
            write(1, 1 if weight < 0 else 0, a, 1, y, -weight)
            write()
            write(1, -1 if weight < 0 else 0, a, -1, y, weight)
            write()
        else:
            b = number_at(tape, after(tape, second))
            sign = 1 if threshold == 1 else -1
            write(1, 0, a, sign, y, -sign)
            write()
            write(1, 0, b, sign, y, -sign)
            write()
            write(1, threshold - 1, a, -sign, b, -sign, y, sign)
            write()
            write(1, 2 - threshold, y, sign)
            write()
    output = number_at(tape, record(tape, 2, 0))
    if OBJECTIVE == 1:
        write(2, 1, output, 1)
    else:
        write(1, -1, output, -1)
    write()
