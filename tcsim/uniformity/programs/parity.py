"""Parity in depth 2: n thresholds of the sum, and one gate that adds them with signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit: gate k fires iff more than k inputs are 1; the last gate alternates."""
    n = len(tape)
    write(0, n)
    write()
    for k in range(n):
        write(1, k + 1)
        for i in range(n):
            write(1, i)
        write()
    write(1, 1)
    for k in range(n):
        write(1 - 2 * (k % 2), n + k)
    write()
    write(2, 2 * n)
    write()


def gate(n: int, g: int) -> int:
    """Whether there is a gate g."""
    return 0 <= g <= n


def threshold(n: int, g: int) -> int:
    """The threshold of gate g."""
    return g + 1 if g < n else 1


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none."""
    if p < 0 or p >= n or not gate(n, g):
        return -1
    return p if g < n else n + p


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    if p < 0 or h < 0 or h != operand(n, g, p):
        return 0
    return 1 if g < n else 1 - 2 * (p % 2)


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    return k == 0 and h == 2 * n


def inputs(n: int) -> int:
    """How many inputs there are."""
    return n
