"""Families to measure: good ones, and ones with each kind of fault."""

from __future__ import annotations

import itertools

import tcsim as tc

CALLS = itertools.count()


def parity(n):
    """Depth 2, n + 1 gates, n**2 + n edges."""
    b = tc.Builder()
    x = b.inputs("x", n)
    ranks = [tc.sum(x) >= k for k in range(1, n + 1)]
    b.output("odd", tc.sum(ranks[0::2]) - tc.sum(ranks[1::2]) >= 1)
    return b.build()


def majority(n):
    """One gate."""
    b = tc.Builder()
    b.output("vote", tc.majority(b.inputs("x", n)))
    return b.build()


def chain(n):
    """XOR one input after the other: depth and size 2n - 2."""
    b = tc.Builder()
    x = b.inputs("x", n)
    odd = x[0]
    for wire in x[1:]:
        odd = odd ^ wire
    b.output("odd", odd)
    return b.build()


def tree(n):
    """AND by a binary tree: depth ceil(lg n), n - 1 gates of fan-in 2."""
    b = tc.Builder()
    level = list(b.inputs("x", n))
    while len(level) > 1:
        pairs = [level[i] & level[i + 1] for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) & ~1 :]
    b.output("all", level[0])
    return b.build()


def dnf(n):
    """The DNF of parity: 2**(n - 1) + 1 gates, all AND or OR."""
    b = tc.Builder()
    x = b.inputs("x", n)
    minterms = [
        tc.all([x[i] if word >> i & 1 else ~x[i] for i in range(n)])
        for word in range(2**n)
        if word.bit_count() % 2
    ]
    b.output("odd", tc.any(minterms))
    return b.build()


def adder(n):
    """n + n bits, each carry one gate: weights up to 2**(n - 1)."""
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    for j in range(n):
        both = tc.dot([2**i for i in range(j + 1)] * 2, [*x[: j + 1], *y[: j + 1]])
        b.output(f"carry{j}", both >= 2 ** (j + 1))
    return b.build()


def same(_n):
    """The same circuit for every n."""
    return parity(4)


def on_even(n):
    """Parity of an even number of inputs."""
    if n % 2:
        raise ValueError("odd")
    return parity(n)


def fails_at_16(n):
    return chain(n // (16 - n) if n == 16 else n)


def no_circuit(n):
    return n


def unstable(n):
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", n)) >= next(CALLS) % 3 + 1)
    return b.build()


FAMILY = tc.Family(parity, "TC0", {"inputs": "n", "depth": 2, "size": "n + 1"})
WRONG = tc.Family(parity, "TC0", {"size": "n"}, name="wrong")
NUMBER = 7
