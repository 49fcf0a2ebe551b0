"""Cycles of a delay matrix: the largest mean, where it is attained, and how powers repeat."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tcsim.hierarchy.delays import NO_PATH

if TYPE_CHECKING:
    from tcsim.hierarchy.delays import Delays

Edges: TypeAlias = dict[int, dict[int, int]]
"""{from: {to: delay}}, Python integers, so that no product of delays overflows."""


@dataclass(frozen=True)
class CycleMean:
    """The largest mean delay of a cycle: what a repetition costs a round in the long run.

    Attributes:
        value: delay of the cycle / its length, exact.
        cycle: the places on one such cycle, in the order in which a path visits them.
    """

    value: Fraction
    cycle: tuple[int, ...]


def cycle_mean(matrix: Delays) -> CycleMean | None:
    """The largest cycle mean, with a witness; None where there is no cycle.

    Karp, *A characterization of the minimum cycle mean in a digraph*, Discrete Mathematics 23
    (1978), for maxima, one strongly connected component at a time.

    Args:
        matrix: entry [i, j] is the delay of the edge from j to i.

    Raises:
        ArgumentError: the matrix is not square.
    """
    best: CycleMean | None = None
    for part in components(matrix):
        mean = karp(part)
        if best is None or mean > best.value:
            best = CycleMean(mean, _round_trip(critical(part, mean)))
    return best


def cyclicity(matrix: Delays) -> int:
    """A number c such that the powers of a matrix, c exponents apart, ultimately differ linearly.

    The least common multiple, over all strongly connected components, of the cyclicities of their
    critical graphs (Synchronization and Linearity, theorem 3.109; Gaubert, *On rational series in
    one variable over certain dioids*, INRIA report 2162, 1994, for matrices of many components).
    """
    periods = [1]
    for part in components(matrix):
        tight = critical(part, karp(part))
        periods += [_period(inner) for inner in _strong(tight)]
    return lcm(*periods)


def components(matrix: Delays) -> list[Edges]:
    """The strongly connected components that have a cycle, each with its inner edges."""
    matrix.require_square()
    rows = matrix.data.tolist()
    edges = {
        j: {i: row[j] for i, row in enumerate(rows) if row[j] != NO_PATH} for j in range(len(rows))
    }
    return _strong(edges)


def _strong(edges: Edges) -> list[Edges]:
    place = {node: index for index, node in enumerate(edges)}
    reach = np.zeros((len(place), len(place)), bool)
    for node, targets in edges.items():
        reach[place[node], [place[other] for other in targets]] = True
    for k in range(len(place)):
        reach |= reach[:, k, None] & reach[k, None, :]
    parts: list[Edges] = []
    done: set[int] = set()
    for node in edges:
        both = reach[place[node]] & reach[:, place[node]]
        if node in done or not both.any():
            continue
        part = {other for other in edges if both[place[other]]}
        done |= part
        parts.append(
            {one: {to: d for to, d in edges[one].items() if to in part} for one in sorted(part)}
        )
    return parts


def karp(part: Edges) -> Fraction:
    """The largest cycle mean of one strongly connected component."""
    walks: list[dict[int, int]] = [{next(iter(part)): 0}]
    for _ in part:
        longest: dict[int, int] = {}
        for node, length in walks[-1].items():
            for to, delay in part[node].items():
                longest[to] = max(longest.get(to, length + delay), length + delay)
        walks.append(longest)
    n, last = len(part), walks[-1]
    return max(
        min(Fraction(last[v] - walks[k][v], n - k) for k in range(n) if v in walks[k]) for v in last
    )


def critical(part: Edges, mean: Fraction) -> Edges:
    """The edges of a component that lie on cycles of the largest mean, and maybe others.

    They are those that are tight for a potential; every cycle of them has the largest mean.
    """
    weight = {
        node: {to: delay * mean.denominator - mean.numerator for to, delay in targets.items()}
        for node, targets in part.items()
    }
    potential = dict.fromkeys(part, 0)
    for _ in part:  # longest paths, Bellman and Ford: no cycle is positive any more
        for node, targets in weight.items():
            for to, delay in targets.items():
                potential[to] = max(potential[to], potential[node] + delay)
    return {
        node: {
            to: part[node][to]
            for to, delay in targets.items()
            if potential[to] == potential[node] + delay
        }
        for node, targets in weight.items()
    }


def _round_trip(edges: Edges) -> tuple[int, ...]:
    """One cycle, without a node twice."""
    inner = _strong(edges)[0]
    path = [min(inner)]
    while True:
        following = min(inner[path[-1]])
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)


def _period(part: Edges) -> int:
    """The greatest common divisor of the lengths of all cycles of a component."""
    first = next(iter(part))
    distance, queue, divisor = {first: 0}, [first], 0
    for node in queue:
        for to in part[node]:
            if to not in distance:
                distance[to] = distance[node] + 1
                queue.append(to)
            divisor = gcd(divisor, distance[node] + 1 - distance[to])
    return divisor
