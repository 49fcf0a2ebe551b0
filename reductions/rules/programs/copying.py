"""Rules that copy the circuit: to threshold gates, and with a chain above it to DO1 with a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import copy, following, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

P, Q = 1, 2
"""Epsilon is P / Q."""


def write_copy(tape: Tape, write: Write) -> None:
    """Write the circuit as it is."""
    write(0)
    copy(tape, write, record(tape, 0, 0))
    for gate in range(gates(tape)):
        write(1)
        copy(tape, write, record(tape, 1, gate))
    write(2)
    copy(tape, write, record(tape, 2, 0))
    write(3)
    copy(tape, write, record(tape, 3, 0))


def write_gap(tape: Tape, write: Write) -> None:
    """Write the circuit, the chain, and the threshold with epsilon."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n)
    write()
    place = following(tape, 0)
    for _ in range(m):
        write(1)
        copy(tape, write, place)
        place = following(tape, place)
    length = m * Q // P + 1
    write(1, 1, 1, number_at(tape, record(tape, 2, 0)))
    write()
    for gate in range(length - 1):
        write(1, 1, 1, n + m + gate)
        write()
    write(2, n + m + length - 1)
    write()
    write(3)
    copy(tape, write, record(tape, 3, 0))
    write(4, length, P, Q)
    write()


def write_without_gap(tape: Tape, write: Write) -> None:
    """Write the circuit and the threshold, without epsilon."""
    write_copy(tape, write)
    write(4, number_at(tape, record(tape, 4, 0)))
    write()
