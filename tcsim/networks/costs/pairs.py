"""Pairs: what the comparisons of all pairs of places along the last axis read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.axes import full
from tcsim.networks.costs.operands import half, latest, most, product, spread, squeeze, total_of
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula, Operands, Support


def pairs(x: Operands) -> tuple[Part, Any]:
    """A gate ``[x_i >= x_j]`` for each ``i < j``, in every place of the other axes.

    Returns:
        The gates, and the level of the latest of them along the axis.
    """
    *rest, n = x.shape
    rank = len(x.shape)
    count = half(n * (n - 1))
    if any(_varies(one.wires, rank) for one in x.supports):
        wires = total_of(_each(one, n, rank) for one in x.supports)
        edges, fan_in, exact = spread(wires, (*rest, count)), most(wires), True
    else:
        edges, fan_in, exact = _even(x, rank)
    exact = exact and x.exact and x.apart(-1)
    level = _levels(x, rank) + 1
    gates = Part(product(rest) * count, edges, fan_in, 2 * x.weight, level, exact)
    return gates, latest(x.level, rank - 1, rank) + 1


def _varies(wires: Formula, rank: int) -> bool:
    return isinstance(wires, np.ndarray) and full(wires, rank).shape[-1] > 1


def _each(one: Support, n: int, rank: int) -> np.ndarray:
    """Wires of every pair: shape (..., pairs)."""
    wires = np.atleast_1d(full(np.asarray(one.wires), rank))
    i, j = np.triu_indices(n, 1)
    if wires.shape[-1] == 1:
        wires = np.broadcast_to(wires, (*wires.shape[:-1], n))
    left, right = wires[..., i], wires[..., j]
    found: np.ndarray = np.maximum(left, right) if rank - 1 in one.mixed else left + right
    return found


def _even(x: Operands, rank: int) -> tuple[Formula, Formula, bool]:
    """Edges, largest fan-in, and whether they are exact, without looking at pairs one by one."""
    *rest, n = x.shape
    apart = total_of(one.wires for one in x.supports if rank - 1 not in one.mixed)
    mixed = [one.wires for one in x.supports if rank - 1 in one.mixed]
    shared = total_of(squeeze(one, rank - 1, n, total=False, rank=rank) for one in mixed)
    # Each place is in n - 1 pairs; a wire that all places read is read once by a pair.
    edges = (n - 1) * spread(apart, x.shape) + half(n * (n - 1)) * spread(shared, (*rest, 1))
    uneven = [one for one in (apart, *mixed) if isinstance(one, Uneven)]
    exact = not any(-1 in factors for one in uneven for _, factors in one.terms)
    return edges, 2 * most(apart) + most(shared), exact


def _levels(x: Operands, rank: int) -> Any:  # noqa: ANN401
    """The level of each pair's later place."""
    if not isinstance(x.level, np.ndarray) or x.level.shape[-1] == 1:
        return x.level
    level = full(x.level, rank)
    i, j = np.triu_indices(level.shape[-1], 1)
    return np.maximum(level[..., i], level[..., j])
