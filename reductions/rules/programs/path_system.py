"""Monotone CVP to path systems as a program: the axioms in one record, then one a triple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_path_system(tape: Tape, write: Write) -> None:
    """Write the number of nodes and the goal, the axioms, and the triples."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n + m, number_at(tape, record(tape, 2, 0)))
    write()
    write(1)
    place = record(tape, 3, 0)
    for wire in range(n):
        if number_at(tape, place) == 1:
            write(wire)
        place = after(tape, place)
    write()
    for gate in range(m):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        a = number_at(tape, first)
        b = a
        second = after(tape, first)
        if tape[second] != END:
            b = number_at(tape, after(tape, second))
        if threshold == 2:
            write(2, n + gate, a, b)
            write()
        else:
            write(2, n + gate, a, a)
            write()
            if b != a:
                write(2, n + gate, b, b)
                write()
