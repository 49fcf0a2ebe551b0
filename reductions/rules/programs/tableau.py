"""Acceptance of a Turing machine to CVP as a program: loops over steps, cells and rows of delta.

The input is the word, a comma, and T ones. The machine is in the constants, which are replaced (see
`tcsim.uniformity.bound`): row q G + a of delta, for state q and symbol a, is the number (next * G +
written) * 3 + move + 1, in `BITS` bits of `DELTA`. Where gates are is described in
`reductions.rules.tableau_layout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

S, G = 2, 3
"""States and symbols."""
START, ACCEPT, ZERO, ONE, BLANK, LEFTS = 0, 1, 0, 1, 2, 0
BITS, DELTA = 5, 0


def write_tableau(tape: Tape, write: Write) -> None:  # noqa: C901 - one pass, no calls
    """Write the circuit and the values of its inputs."""
    n = 0
    while tape[n] < 2:
        n += 1
    steps = len(tape) - n - 1
    cells = max(n, steps) + 1
    write(0, 1 + cells * (G + S))
    write()
    for step in range(steps):
        t = step + 1
        for p in range(cells):
            for row in range(S * G):
                write(1, 2, 1, symbol(cells, step, p, row % G))
                write(1, state(cells, step, p, row // G))
                write()
            gate = fire(cells, t, p, S * G)
            write(1, 1, 1, state(cells, step, p, 0), 1, state(cells, step, p, 1))
            write()
            for q in range(2, S):
                write(1, 1, 1, state(cells, step, p, q), 1, gate)
                write()
                gate += 1
            write(1, 0, -1, gate)
            write()
            absent = gate + 1
            gate = absent
            for b in range(G):
                write(1, 2, 1, symbol(cells, step, p, b), 1, absent)
                write()
                gate += 1
                for row in range(S * G):
                    if written_of(row) == b:
                        write(1, 1, 1, fire(cells, t, p, row), 1, gate)
                        write()
                        gate += 1
        for p in range(cells):
            gate = state(cells, t, p, 0) - arrivals(0)
            for r in range(S):
                write(1, 1, 1, 0)
                write()
                for row in range(S * G):
                    if next_of(row) == r:
                        source = p - move_of(row)
                        write(1, 1, 1)
                        write(fire(cells, t, source, row) if 0 <= source < cells else 0)
                        write(1, gate)
                        write()
                        gate += 1
                        if move_of(row) < 0:
                            write(1, 1, 1, fire(cells, t, p, row) if p == 0 else 0, 1, gate)
                            write()
                            gate += 1
                gate += 1
    gate = fire(cells, steps + 1, 0, 0)
    write(1, 1, 1, 0)
    write()
    for p in range(cells):
        write(1, 1, 1, state(cells, steps, p, ACCEPT), 1, gate)
        write()
        gate += 1
    write(2, gate)
    write()
    write(3, 0)
    for p in range(cells):
        for b in range(G):
            if p < n:
                write(b == (ONE if tape[p] == 1 else ZERO))
            else:
                write(b == BLANK)
        for q in range(S):
            write(p == 0 and q == START)
    write()


def next_of(row: int) -> int:
    """The state after a row of delta."""
    return (DELTA >> BITS * row) % (1 << BITS) // 3 // G


def written_of(row: int) -> int:
    """The symbol that a row of delta writes."""
    return (DELTA >> BITS * row) % (1 << BITS) // 3 % G


def move_of(row: int) -> int:
    """Where the head goes after a row of delta: -1, 0 or 1."""
    return (DELTA >> BITS * row) % (1 << BITS) % 3 - 1


def arrivals(r: int) -> int:
    """Gates of the chain that tells whether the head arrives in state r, without its first."""
    count = 0
    for row in range(S * G):
        if next_of(row) == r:
            count += 2 if move_of(row) < 0 else 1
    return count


def fire(cells: int, t: int, p: int, row: int) -> int:
    """The gate of a row of delta in cell p, in step t from 1."""
    before = (t - 1) * cells * (3 * S * G + 2 * S + G + LEFTS)
    return 1 + cells * (G + S) + before + p * (2 * S * G + S + G) + row


def symbol(cells: int, t: int, p: int, b: int) -> int:
    """The wire that tells whether symbol b is in cell p after t steps."""
    if t == 0:
        return 1 + p * (G + S) + b
    wire = fire(cells, t, p, S * G) + S
    for other in range(b + 1):
        wire += 1
        for row in range(S * G):
            wire += written_of(row) == other
    return wire - 1


def state(cells: int, t: int, p: int, r: int) -> int:
    """The wire that tells whether the head is in cell p, in state r, after t steps."""
    if t == 0:
        return 1 + p * (G + S) + G + r
    wire = fire(cells, t, cells, 0) + p * (S + S * G + LEFTS)
    for other in range(r + 1):
        wire += 1 + arrivals(other)
    return wire - 1
