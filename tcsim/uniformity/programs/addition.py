"""Iterated addition in depth 2: n numbers of b = bit_length(n) bits, the digits of their sum.

Digit q of the sum is the alternating sum over k of the comparisons [T_q >= k 2^q], where T_q adds
the numbers modulo 2^(q+1): the multiples of 2^q up to T_q are counted by their parity. Input
``b*i + j`` is bit j of number i, the lowest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit: for each digit its comparisons, then the gates of the digits."""
    n = len(tape)
    b = n.bit_length()
    write(0, n * b)
    write()
    for q in range(digits(n)):
        for k in range(compared(n, q)):
            write(1, (k + 1) << q)
            for i in range(n):
                for j in range(min(q + 1, b)):
                    write(1 << j, b * i + j)
            write()
    first = n * b
    for q in range(digits(n)):
        write(1, 1)
        for k in range(compared(n, q)):
            write(1 - 2 * (k % 2), first + k)
        write()
        first += compared(n, q)
    write(2)
    for q in range(digits(n)):
        write(first + q)
    write()


def digits(n: int) -> int:
    """How many digits the largest sum has."""
    return (n * ((1 << n.bit_length()) - 1)).bit_length()


def compared(n: int, q: int) -> int:
    """How many multiples of 2^q the digit q compares with: up to the largest T_q."""
    return (n * ((1 << min(q + 1, n.bit_length())) - 1)) >> q


def inputs(n: int) -> int:
    """How many inputs there are."""
    return n * n.bit_length()


def before(n: int, q: int) -> int:
    """How many comparisons the digits below q have."""
    total = 0
    for lower in range(q):
        total += compared(n, lower)
    return total


def digit(n: int, g: int) -> int:
    """The digit to which comparison g belongs."""
    q = 0
    while before(n, q + 1) <= g:
        q += 1
    return q


def gate(n: int, g: int) -> int:
    """Whether there is a gate g."""
    return 0 <= g < before(n, digits(n)) + digits(n)


def threshold(n: int, g: int) -> int:
    """The threshold of gate g."""
    if g >= before(n, digits(n)):
        return 1
    q = digit(n, g)
    return (g - before(n, q) + 1) << q


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none."""
    if p < 0 or not gate(n, g):
        return -1
    comparisons = before(n, digits(n))
    if g >= comparisons:
        q = g - comparisons
        return inputs(n) + before(n, q) + p if p < compared(n, q) else -1
    used = min(digit(n, g) + 1, n.bit_length())
    return n.bit_length() * (p // used) + p % used if p < n * used else -1


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    if p < 0 or h < 0 or h != operand(n, g, p):
        return 0
    if g >= before(n, digits(n)):
        return 1 - 2 * (p % 2)
    return 1 << p % min(digit(n, g) + 1, n.bit_length())


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    return 0 <= k < digits(n) and h == inputs(n) + before(n, digits(n)) + k
