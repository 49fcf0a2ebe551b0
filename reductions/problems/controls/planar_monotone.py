"""Planar monotone circuits in layers: gate i of a layer is AND or OR of gates i and i + 1 below.

That gates a .. b of a layer are all 1 is proved from intervals below, and where two ORs side by
side rest on their outer operands, from two disjoint ones. So a proof tree has polynomial size, and
trees of polynomial size are found in logarithmically many rounds.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

Triangle = tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]
"""The values of n inputs, and n - 1 layers of n - 1, n - 2, ..., 1 gates: 1 for AND, 0 for OR."""

Interval = tuple[int, int, int]
"""A layer, 0 for the inputs, and the first and last of its gates."""


def layer_by_layer(triangle: Triangle) -> int:
    """The last gate's value, one layer after the other."""
    row = list(triangle[0])
    for kinds in triangle[1]:
        row = [
            (a and b) if kind else (a or b) for kind, a, b in zip(kinds, row, row[1:], strict=False)
        ]
    return row[0]


def _rules(triangle: Triangle) -> list[tuple[Interval, Interval, Interval]]:
    """(interval, two that it follows from), the second the same where there is only one."""
    found = []
    for t, kinds in enumerate(triangle[1], 1):
        for a in range(len(kinds)):
            for b in range(a, len(kinds)):
                found += [((t, a, b), (t, a, k), (t, k + 1, b)) for k in range(a, b)]
                firsts = (a,) if kinds[a] else (a, a + 1)
                lasts = (b + 1,) if kinds[b] else (b, b + 1)
                for first, last in product(firsts, lasts):
                    if first <= last:
                        below = (t - 1, first, last)
                        found.append(((t, a, b), below, below))
    return found


def by_proof_trees(triangle: Triangle) -> tuple[int, int]:
    """Rounds of: what follows from one proved and one open interval; chains of these; new proofs.

    A proof tree of m leaves is found in O(log m) rounds (Ullman and Van Gelder 1988, Parallel
    complexity of logical query programs).
    """
    values, layers = triangle
    rules = _rules(triangle)
    every = [(0, a, b) for a in range(len(values)) for b in range(a, len(values))]
    every += [
        (t, a, b) for t, k in enumerate(layers, 1) for a in range(len(k)) for b in range(a, len(k))
    ]
    number = {interval: place for place, interval in enumerate(every)}
    proved = np.array([t == 0 and all(values[a : b + 1]) for t, a, b in every])
    heads, first, second = (np.array([number[r[k]] for r in rules], np.int64) for k in range(3))
    follows = np.eye(len(every), dtype=np.int64)
    rounds = 0
    while True:
        follows[heads[proved[first]], second[proved[first]]] = 1
        follows[heads[proved[second]], first[proved[second]]] = 1
        chained = np.minimum(follows @ follows, 1)
        after = proved | (chained @ proved > 0)
        if np.array_equal(after, proved) and np.array_equal(chained, follows):
            break
        follows, proved = chained, after
        rounds += 1
    return int(proved[number[len(layers), 0, 0]]), rounds


def _draw(random: Random, n: int) -> Triangle:
    size = max(1, n)
    values = tuple(int(random.random() < 0.6) for _ in range(size))
    layers = [tuple(random.getrandbits(1) for _ in range(k)) for k in range(size - 1, 0, -1)]
    return values, tuple(layers)


PLANAR_MONOTONE = Control(
    name="planar monotone CVP",
    question="Is the last gate of a planar circuit of ANDs and ORs, in layers, 1?",
    complexity="LOGCFL for layers with inputs on one face; NC for all planar monotone circuits",
    in_nc=True,
    assumption="With crossings, or with NOT, it is P-complete.",
    reference="Dymond and Cook 1989; Yang 1991; Delcher and Kosaraju 1995 (all planar monotone)",
    draw=_draw,
    serial=layer_by_layer,
    parallel=by_proof_trees,
    rounds=lambda n: 6 * max(1, n).bit_length() + 2,
)
