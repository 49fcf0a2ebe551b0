"""Strict alternating CVP to DO1 with a gap: a copy of the circuit, and pairs of gates above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

P, Q = 1, 2
"""Epsilon is P / Q."""


def write_strict_gap(tape: Tape, write: Write) -> None:
    """Write the circuit, the pairs, and the threshold with epsilon."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n + 4)
    write()
    for gate in range(m):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        a = number_at(tape, first)
        b = number_at(tape, after(tape, after(tape, first)))
        write_gate(write, threshold, a if a < n else a + 4, b if b < n else b + 4)
    write_gate(write, 1, n, n + 1)
    write_gate(write, 1, n + 2, n + 3)
    length = m * Q // P
    length += length % 2
    output = number_at(tape, record(tape, 2, 0)) + 4
    u = n + 4 + m
    write_gate(write, 2, output, u)
    write_gate(write, 2, output, u + 1)
    for pair in range(1, length):
        for _ in range(2):
            write_gate(write, 2 - pair % 2, u + 2 * pair, u + 2 * pair + 1)
    write(2, u + 2 * length + 1)
    write()
    write(3)
    place = record(tape, 3, 0)
    for _ in range(n):
        write(tape[place])
        place = after(tape, place)
    write(1, 1, 1, 1)
    write()
    write(4, length + 1, P, Q)
    write()


def write_gate(write: Write, threshold: int, a: int, b: int) -> None:
    """Write a gate of two operands."""
    write(1, threshold, 1, a, 1, b)
    write()
