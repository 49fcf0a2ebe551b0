"""Threshold gates as sums of products: the one irredundant cover of a unate function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tcsim.formats.signals import Comparison

MOST_LITERALS = 10
"""Gates of more literals are not written as covers: at most C(10, 5) = 252 products."""


class Cover(NamedTuple):
    """A sum of products.

    Attributes:
        products: each a tuple of (position in the gate's literals, value it must have).
        on: whether the products cover the 1s of the gate, or its 0s.
    """

    products: list[tuple[tuple[int, int], ...]]
    on: bool


def cover(gate: Comparison) -> Cover:
    """The smaller of the prime covers of a gate's 1s and of its 0s.

    The literals are taken as positive, so the function is monotone: its prime implicants are the
    minimal sets of literals that reach the limit, all of them are needed, and they are the only
    irredundant cover. The 0s are where the literals that are 0 weigh more than total - limit.

    Args:
        gate: of at most `MOST_LITERALS` literals; not a constant.
    """
    ones = _minimal_sets(gate.weights, gate.limit)
    zeros = _minimal_sets(gate.weights, sum(gate.weights) - gate.limit + 1)
    if len(ones) <= len(zeros):
        return Cover([tuple((i, 1) for i in each) for each in ones], on=True)
    return Cover([tuple((i, 0) for i in each) for each in zeros], on=False)


def _minimal_sets(weights: list[int], limit: int) -> list[list[int]]:
    """The minimal sets of positions whose weights sum to at least `limit` (> 0)."""
    order = sorted(range(len(weights)), key=lambda i: -weights[i])
    rest = [0]
    for i in reversed(order):
        rest.append(rest[-1] + weights[i])
    rest.reverse()  # rest[k]: the sum of all from the k-th heaviest on
    found: list[list[int]] = []
    stack: list[tuple[int, int, list[int]]] = [(0, 0, [])]
    while stack:
        first, total, chosen = stack.pop()
        for k in range(first, len(order)):
            if total + rest[k] < limit:
                break
            # The last added is the lightest, so a set that just reaches the limit is minimal.
            grown = [*chosen, order[k]]
            reached = total + weights[order[k]]
            if reached >= limit:
                found.append(sorted(grown))
            else:
                stack.append((k + 1, reached, grown))
    return sorted(found)
