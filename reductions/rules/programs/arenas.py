"""Monotone CVP to graphs of two players as a program: a record a node, its owner, then its edges.

With `GOAL` 1 there is a further node, the goal, to which the inputs of value 1 have an edge; with 0
nobody can move at an input, and it belongs to who loses there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

GOAL = 1


def write_arena(tape: Tape, write: Write) -> None:
    """Write the start (and the goal), and the nodes."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, number_at(tape, record(tape, 2, 0)))
    if GOAL == 1:
        write(n + m)
    write()
    place = record(tape, 3, 0)
    for _wire in range(n):
        value = number_at(tape, place)
        if GOAL == 1:
            write(1, 0)
            if value == 1:
                write(n + m)
        else:
            write(1, value)
        write()
        place = after(tape, place)
    for gate in range(m):
        place = record(tape, 1, gate)
        write(1, 1 if number_at(tape, place) == 2 else 0)
        place = after(tape, place)
        while tape[place] != END:
            place = after(tape, place)  # behind the weight
            write(number_at(tape, place))
            place = after(tape, place)
        write()
    if GOAL == 1:
        write(1, 0)
        write()
