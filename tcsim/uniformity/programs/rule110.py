"""The tableau of Rule 110: n cells after n steps. Predicting it is P-complete (Neary, Woods 2006).

Cells outside are 0. Cell c of step t has five AND gates, one for each neighborhood that gives 1,
and their OR; the cell is the OR's wire, and of step 0 the input c. The family is uniform, and its
depth is 2n: that a machine writes circuits in little space does not make them shallow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

ONES = 5
GATES = 6


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit, step by step."""
    n = len(tape)
    write(0, n)
    write()
    made = n
    for t in range(n):
        for c in range(n):
            for k in range(ONES):
                pattern = k + 1 + k // 3
                write(1, (pattern & 1) + (pattern >> 1 & 1) + (pattern >> 2))
                for side in range(3):
                    cell = c + side - 1
                    if 0 <= cell < n:
                        literal = 2 * (pattern >> (2 - side) & 1) - 1
                        write(literal, cell if t == 0 else made + GATES * (side - 1 - n) + ONES)
                write()
            write(1, 1)
            for k in range(ONES):
                write(1, made + k)
            write()
            made += GATES
    write(2)
    for c in range(n):
        write(made + GATES * (c - n) + ONES)
    write()


def inputs(n: int) -> int:
    """How many inputs there are."""
    return n


def gate(n: int, g: int) -> int:
    """Whether there is a gate g."""
    return 0 <= g < GATES * n * n


def neighborhood(k: int) -> int:
    """The neighborhood of AND gate k, as three bits: 001, 010, 011, 101, 110."""
    return k + 1 if k < 3 else k + 2


def threshold(n: int, g: int) -> int:
    """The threshold of gate g; that of an AND is how many of its cells should be 1."""
    k = g % GATES
    if k == ONES or n == 0:
        return 1
    return 1 if k < 2 else (neighborhood(k) & 1) + (neighborhood(k) >> 1 & 1) + (k > 2)


def side_of(n: int, g: int, p: int) -> int:
    """Which neighbor operand p of an AND gate is: 0 left, 1 the cell itself, 2 right."""
    return p if g // GATES % n > 0 else p + 1


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none."""
    if p < 0 or not gate(n, g):
        return -1
    if g % GATES == ONES:
        return n + g - ONES + p if p < ONES else -1
    t = g // GATES // n
    side = side_of(n, g, p)
    cell = g // GATES % n + side - 1
    if side > 2 or cell >= n:
        return -1
    return cell if t == 0 else n + GATES * ((t - 1) * n + cell) + ONES


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    if h < 0 or h != operand(n, g, p):
        return 0
    k = g % GATES
    return 1 if k == ONES else 2 * (neighborhood(k) >> (2 - side_of(n, g, p)) & 1) - 1


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    if n == 0:
        return 0
    return 0 <= k < n and h == n + GATES * ((n - 1) * n + k) + ONES
