"""Randomized deciders that are right with probability above 1/2, and some that are not."""

from __future__ import annotations

import numpy as np

import tcsim as tc


def fingerprint(n: int, hashes: int = 2) -> tc.Circuit:
    """Are x and y equal? Compares random parities of them: the error is 2**-hashes where not."""
    b = tc.Builder()
    x, y, s = b.inputs("x", n), b.inputs("y", n), b.inputs("s", hashes * n)
    same = []
    for h in range(hashes):
        odd = b.constant(0)
        for i in range(n):
            odd = odd ^ (tc.all([s[h * n + i], x[i] ^ y[i]]))
        same.append(~odd)
    b.output("equal", tc.all(same))
    return b.build()


def equality(n: int) -> tc.Circuit:
    """Are x and y equal?"""
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    b.output("equal", tc.all([~(a ^ c) for a, c in zip(x, y, strict=True)]))
    return b.build()


def from_table(table: object) -> tc.Circuit:
    """A decider whose answer to string r with seed number s is row s, column r; powers of 2."""
    rows = np.asarray(table)
    seeds, strings = rows.shape
    n, bits = strings.bit_length() - 1, seeds.bit_length() - 1
    b = tc.Builder()
    x, s = b.inputs("x", n), b.inputs("s", bits)
    wires = [*x, *s]
    terms = [
        tc.all([w if (r | k << n) >> i & 1 else ~w for i, w in enumerate(wires)])
        for k in range(seeds)
        for r in range(strings)
        if rows[k, r]
    ]
    b.output("y", tc.any(terms))
    return b.build()
