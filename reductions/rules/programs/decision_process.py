"""Monotone CVP to a decision process as a program: a record a payoff, then a record an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_process(tape: Tape, write: Write) -> None:
    """Write the start, the threshold 1/1 and the bits of the gap, payoffs, and actions.

    An action is its state and, for each state that it leads to, that, and the probability.
    """
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, number_at(tape, record(tape, 2, 0)), 1, 1, m)
    write()
    place = record(tape, 3, 0)
    for wire in range(n):
        write(1, wire, number_at(tape, place), 1)
        write()
        place = after(tape, place)
    for gate in range(m):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        write(2, n + gate, number_at(tape, first), 1, threshold)
        second = after(tape, first)
        if tape[second] != END:
            if threshold == 1:
                write()
                write(2, n + gate)
            write(number_at(tape, after(tape, second)), 1, threshold)
        write()
