"""The tableau of a Turing machine (see `tcsim.uniformity.turing.tableau`), as programs.

The machine and its time bound are the constants; those below are replaced, see `of_machine`. Row
q G + a of delta, for state q and symbol a, is the number (next * G + written) * 3 + move + 1, in
`BITS` bits of the constant `DELTA`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

S, G = 2, 3
"""States and symbols."""
START, ACCEPT, ZERO, ONE, BLANK = 0, 1, 0, 1, 2
BITS, DELTA = 5, 0
T0, T1, T2 = 1, 1, 0
"""It takes at most T0 + T1 n + T2 n^2 steps."""


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit: the cells at first; for each step the AND gates, then the cells."""
    n = len(tape)
    most = cells(n)
    write(0, n)
    write()
    for g in range(most * (G + S)):
        write(1, threshold(n, g))
        if operand(n, g, 0) >= 0:
            write(coefficient(n, g, 0), operand(n, g, 0))
        write()
    before = n
    for _t in range(steps(n)):
        ands = before + most * (G + S)
        for p in range(most):
            for row in range(S * G):
                write(1, 2, 1, before + p * (G + S) + row % G)
                write(1, before + p * (G + S) + G + row // G)
                write()
        for p in range(most):
            for b in range(G):
                write(1, 1, 1, before + p * (G + S) + b)
                for row in range(S * G):
                    if (written_of(row) == b) != (row % G == b):
                        write(1 if written_of(row) == b else -1, ands + p * S * G + row)
                write()
            for state in range(S):
                write(1, 1)
                for source in range(max(p - 1, 0), min(p + 2, most)):
                    for row in range(S * G):
                        if next_of(row) == state and max(source + move_of(row), 0) == p:
                            write(1, ands + source * S * G + row)
                write()
        before = ands + most * S * G
    write(1, 1)
    for p in range(most):
        write(1, before + p * (G + S) + G + ACCEPT)
    write()
    write(2, before + most * (G + S))
    write()


def steps(n: int) -> int:
    """The time bound."""
    return T0 + T1 * n + T2 * n * n


def cells(n: int) -> int:
    """How many cells there are."""
    return max(n, steps(n)) + 1


def size(n: int) -> int:
    """How many gates there are."""
    return cells(n) * (G + S) + steps(n) * cells(n) * (S * G + G + S) + 1


def inputs(n: int) -> int:
    """How many inputs there are."""
    return n


def gate(n: int, g: int) -> int:
    """Whether there is a gate g."""
    return 0 <= g < size(n)


def next_of(row: int) -> int:
    """The state after a row of delta."""
    return (DELTA >> BITS * row) % (1 << BITS) // 3 // G


def written_of(row: int) -> int:
    """The symbol that a row of delta writes."""
    return (DELTA >> BITS * row) % (1 << BITS) // 3 % G


def move_of(row: int) -> int:
    """Where the head goes after a row of delta: -1, 0 or 1."""
    return (DELTA >> BITS * row) % (1 << BITS) % 3 - 1


def cell(n: int, t: int, p: int) -> int:
    """The first gate of cell p after t steps."""
    return t * cells(n) * (S * G + G + S) + p * (G + S)


def conjunction(n: int, t: int, p: int) -> int:
    """The first AND gate of cell p in step t, from 1."""
    return cell(n, t, 0) - (cells(n) - p) * S * G


def step_of(n: int, g: int) -> int:
    """The step that gate g belongs to; those of step 0 stand before the first."""
    if g < cells(n) * (G + S):
        return 0
    return 1 + (g - cells(n) * (G + S)) // (cells(n) * (S * G + G + S))


def threshold(n: int, g: int) -> int:
    """The threshold of gate g."""
    t = step_of(n, g)
    if t > 0:
        return 1 + (g != size(n) - 1 and g < cell(n, t, 0))
    p = g // (G + S)
    k = g % (G + S)
    if k >= G:
        return p > 0 or k - G != START
    if p < n:
        return k != ZERO
    return k != BLANK


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none."""
    if p < 0 or not gate(n, g):
        return -1
    if g == size(n) - 1:
        return n + cell(n, steps(n), p) + G + ACCEPT if p < cells(n) else -1
    t = step_of(n, g)
    if t == 0:
        here = g // (G + S)
        k = g % (G + S)
        bit = k == ZERO or k == ONE  # noqa: PLR1714 - a program has no tuples
        return here if p == 0 and here < n and bit else -1
    if g < cell(n, t, 0):
        row = (g - conjunction(n, t, 0)) % (S * G)
        here = (g - conjunction(n, t, 0)) // (S * G)
        if p > 1:
            return -1
        return n + cell(n, t - 1, here) + (row % G if p == 0 else G + row // G)
    here = (g - cell(n, t, 0)) // (G + S)
    k = (g - cell(n, t, 0)) % (G + S)
    if k < G:
        return symbol_operand(n, t, here, k, p)
    return state_operand(n, t, here, k - G, p)


def symbol_operand(n: int, t: int, here: int, b: int, p: int) -> int:
    """Operand p of the gate for symbol b: what was there, then the AND gates that change it."""
    if p == 0:
        return n + cell(n, t - 1, here) + b
    left = p
    for row in range(S * G):
        if (written_of(row) == b) != (row % G == b):
            left -= 1
            if left == 0:
                return n + conjunction(n, t, here) + row
    return -1


def state_operand(n: int, t: int, here: int, state: int, p: int) -> int:
    """Operand p of the gate for a state: the AND gates that bring the head here in this state."""
    left = p + 1
    for side in range(3):
        source = here + side - 1
        if 0 <= source < cells(n):
            for row in range(S * G):
                if next_of(row) == state and max(source + move_of(row), 0) == here:
                    left -= 1
                    if left == 0:
                        return n + conjunction(n, t, source) + row
    return -1


def coefficient(n: int, g: int, p: int) -> int:
    """The weight of operand p of gate g."""
    t = step_of(n, g)
    if t == 0:
        return -1 if g % (G + S) == ZERO else 1
    if g == size(n) - 1 or g < cell(n, t, 0) or p == 0:
        return 1
    b = (g - cell(n, t, 0)) % (G + S)
    if b >= G:
        return 1
    row = (operand(n, g, p) - n - conjunction(n, t, 0)) % (S * G)
    return 1 if written_of(row) == b else -1


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    return coefficient(n, g, p) if h >= 0 and h == operand(n, g, p) else 0


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    return k == 0 and h == n + size(n) - 1
