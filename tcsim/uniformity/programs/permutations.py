"""The word problem of S_5 by a binary tree: n permutations as 0/1 matrices, their product.

Input ``25*w + 5*r + c`` says whether permutation w takes r to c. Node j of level l multiplies the
permutations ``j*2^l`` up to ``(j+1)*2^l - 1``; one whose right half lies past the last permutation
is its left half, and has no gates. A product has 125 AND gates, ``25*r + 5*c + k`` for r to k to c,
then 25 OR gates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

DEGREE = 5
ENTRIES = 25
ANDS = 125
GATES = 150


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit, level by level."""
    n = len(tape)
    write(0, ENTRIES * n)
    write()
    half = 1
    made = ENTRIES * n
    while half < n:
        for j in range(0, n - half, 2 * half):
            left = entries(n, j, half)
            right = entries(n, j + half, half)
            for r in range(DEGREE):
                for c in range(DEGREE):
                    for k in range(DEGREE):
                        write(1, 2, 1, left + DEGREE * r + k, 1, right + DEGREE * k + c)
                        write()
            for entry in range(ENTRIES):
                write(1, 1)
                for k in range(DEGREE):
                    write(1, made + DEGREE * entry + k)
                write()
            made += GATES
        half *= 2
    root = entries(n, 0, half)
    write(2)
    for entry in range(ENTRIES):
        write(root + entry)
    write()


def entries(n: int, start: int, length: int) -> int:
    """The first wire of the product of the permutations from start on, length of them at most."""
    while length > 1 and start + length // 2 >= n:
        length //= 2
    if length == 1:
        return ENTRIES * start
    return ENTRIES * n + GATES * (below(n, length // 2) + start // length) + ANDS


def below(n: int, half: int) -> int:
    """How many products there are whose halves are shorter than this."""
    total = 0
    one = 1
    while one < half:
        total += at_level(n, one)
        one *= 2
    return total


def at_level(n: int, half: int) -> int:
    """How many products have halves of this length: starts 0, 2 half, ... below n - half."""
    return (n - half + 2 * half - 1) // (2 * half) if n > half else 0


def inputs(n: int) -> int:
    """How many inputs there are."""
    return ENTRIES * n


def gate(n: int, g: int) -> int:
    """Whether there is a gate g: a binary tree of n leaves has n - 1 products."""
    return 0 <= g < GATES * (n - 1)


def half_of(n: int, node: int) -> int:
    """The length of the halves of a product."""
    half = 1
    while below(n, 2 * half) <= node:
        half *= 2
    return half


def threshold(n: int, g: int) -> int:
    """The threshold of gate g."""
    return 2 if n >= 0 and g % GATES < ANDS else 1


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none.

    The operands of an AND are in order of their wires, the left half's first.
    """
    if p < 0 or not gate(n, g):
        return -1
    node = g // GATES
    inner = g % GATES
    if inner >= ANDS:
        return ENTRIES * n + GATES * node + DEGREE * (inner - ANDS) + p if p < DEGREE else -1
    if p > 1:
        return -1
    half = half_of(n, node)
    start = (node - below(n, half)) * 2 * half
    r = inner // ENTRIES
    c = inner % ENTRIES // DEGREE
    k = inner % DEGREE
    left = entries(n, start, half) + DEGREE * r + k
    right = entries(n, start + half, half) + DEGREE * k + c
    return min(left, right) if p == 0 else max(left, right)


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    return h >= 0 and h == operand(n, g, p)


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    length = 1
    while length < n:
        length *= 2
    return 0 <= k < ENTRIES and h == entries(n, 0, length) + k
