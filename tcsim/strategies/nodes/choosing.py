"""Maxima, comparisons, ranks, argmax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks import (
    Argmax,
    Compare,
    Largest,
    Maximum,
    MaximumPool,
    Minimum,
    Rank,
    TopK,
)
from tcsim.strategies.growth import STEPS
from tcsim.strategies.nodes.linear import broadcastable, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.operations.compare import Relation
    from tcsim.networks.operations.top_k import Ties
    from tcsim.strategies.growth import Growth, Value

RELATIONS: tuple[Relation, ...] = (">=", ">", "<=", "<", "==", "!=")
TIES: tuple[Ties, ...] = ("first", "last")


def extreme(kind: type[Maximum]) -> Callable[[Growth], Value]:
    """The largest or the least: of several values, or along axes."""

    def make(growth: Growth) -> Value:
        x = growth.coded(growth.any(), STEPS)
        rank = len(x.shape)
        if rank and growth.chance():
            axes = [a for a in range(rank) if growth.chance()] or [growth.integer(-rank, -1)]
            return growth.add(kind(axes), x)
        others = [
            growth.take(broadcastable(growth, x.shape), code=x.code)
            for _ in range(growth.integer(0, 2))
        ]
        return growth.add(kind(), x, *others)

    return make


def maximum_pool(growth: Growth) -> Value:
    """Of one axis or two; no window outside."""
    rank = growth.pick([1, 2])
    x = growth.coded(growth.any(rank), STEPS)
    made = window(growth, x.shape[len(x.shape) - rank :])
    for axis, kernel in enumerate(made["kernel"]):
        # A window whose places all lie in the padding has no maximum.
        if kernel == 1 or made["dilations"][axis] > 1:
            made["padding"][axis] = (0, 0)
            extent = (kernel - 1) * made["dilations"][axis] + 1
            if extent > x.shape[axis - rank]:
                made["dilations"][axis] = made["kernel"][axis] = 1
    return growth.add(MaximumPool(**made), x)


def compare(growth: Growth) -> Value:
    """Of two values."""
    x = growth.any()
    y = growth.take(broadcastable(growth, x.shape))
    return growth.add(Compare(growth.pick(RELATIONS)), x, y)


def argmax(growth: Growth) -> Value:
    """Along the last axis."""
    x = _several(growth)
    return growth.add(Argmax(x.shape[-1]), x)


def rank(growth: Growth) -> Value:
    """Of all along the last axis, or of the first of them."""
    x = _several(growth)
    places = x.shape[-1]
    return growth.add(Rank(places, growth.integer(1, places - 1), growth.pick(TIES)), x)


def top_k(growth: Growth) -> Value:
    """Places of one or more."""
    x = _several(growth)
    places = x.shape[-1]
    return growth.add(TopK(places, growth.integer(1, places), growth.pick(TIES)), x)


def largest(growth: Growth) -> Value:
    """One or more."""
    x = growth.coded(growth.any(1), STEPS)
    return growth.add(Largest(growth.integer(1, x.shape[-1])), x)


def _several(growth: Growth) -> Value:
    """A value of two places or more along its last axis."""
    found = [one for one in growth.values if one.shape and one.shape[-1] > 1]
    return growth.pick(found) if found else growth.take((growth.length(2),))


MAKERS = {
    Maximum: extreme(Maximum),
    Minimum: extreme(Minimum),
    Compare: compare,
    Argmax: argmax,
    MaximumPool: maximum_pool,
    Largest: largest,
    Rank: rank,
    TopK: top_k,
}
