"""Monotone CVP to Horn clauses, or productions, as a program: a record each, head and then body.

A variable derives the empty word if all of a body do, as an atom is true if all of a body are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_clauses(tape: Tape, write: Write) -> None:
    """Write the number of atoms (variables) and the goal (start), and the clauses (productions)."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n + m, number_at(tape, record(tape, 2, 0)))
    write()
    place = record(tape, 3, 0)
    for wire in range(n):
        write(1, wire)
        if number_at(tape, place) == 0:
            write(wire)
        write()
        place = after(tape, place)
    for gate in range(m):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        write(1, n + gate, number_at(tape, first))
        second = after(tape, first)
        if tape[second] != END:
            if threshold == 1:
                write()
                write(1, n + gate)
            write(number_at(tape, after(tape, second)))
        write()
