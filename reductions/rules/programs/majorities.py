"""Monotone CVP to majorities of three as a program: every wire moved by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, copy, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_majorities(tape: Tape, write: Write) -> None:
    """Write the circuit; the inputs 0 and 1 are the constants."""
    write(0, number_at(tape, record(tape, 0, 0)) + 2)
    write()
    for gate in range(gates(tape)):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        a = number_at(tape, first)
        second = after(tape, first)
        if tape[second] == END:
            write(1, 2, 1, 0, 1, 1, 1, a + 2)
        else:
            write(1, 2, 1, 0 if threshold == 2 else 1, 1, a + 2)
            write(1, number_at(tape, after(tape, second)) + 2)
        write()
    write(2, number_at(tape, record(tape, 2, 0)) + 2)
    write()
    write(3, 0, 1)
    copy(tape, write, record(tape, 3, 0))
