"""Wires and levels of sums over the positions of a sequence up to each one, its prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.operands import half, most, product, spread, uniform
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula, Operands, Support


def prefix_wires(x: Operands) -> tuple[Formula, Formula, bool]:
    """Wires that a form in all features of positions 0..t reads.

    Args:
        x: operands of shape ``(*batch, positions, features)``.

    Returns:
        Their sum over all batches and positions t, the most of one, and whether both are exact.
    """
    *batch, length, features = x.shape
    exact = x.exact and x.apart(-1) and x.apart(-2)
    known = all(isinstance(one.wires, int | np.ndarray) for one in x.supports)
    if known and isinstance(length, int) and isinstance(features, int):
        each: Any = np.zeros(length, object)
        for one in x.supports:
            each = each + _numbers(one, x.shape)
        return spread(each, (*batch, length)), most(each), exact
    total: Formula = 0
    largest: Formula = 0
    for one in x.supports:
        rank = len(x.shape)
        exact = exact and not isinstance(one.wires, np.ndarray | Uneven)
        wires = most(one.wires) * (1 if rank - 1 in one.mixed else features)
        same = rank - 2 in one.mixed
        total += product(batch) * wires * (length if same else half(length * (length + 1)))
        largest += wires if same else wires * length
    return total, largest, exact


def _numbers(one: Support, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    """Wires of one origin for each position, an array broadcast over ``(*batch, positions)``."""
    rank = len(shape)
    wires = np.asarray(one.wires, object)
    wires = wires.reshape((1,) * (rank - wires.ndim) + wires.shape)
    wires = np.broadcast_to(wires, (*wires.shape[:-2], *shape[-2:]))
    wires = wires.max(axis=-1) if rank - 1 in one.mixed else wires.sum(axis=-1)
    # All positions read the same wires, or none, where they are padding.
    return (np.maximum.accumulate if rank - 2 in one.mixed else np.cumsum)(wires, axis=-1)


def prefix_level(x: Operands) -> Any:  # noqa: ANN401
    """The latest level in positions 0..t: a number, or an array over ``(*batch, positions, 1)``."""
    if not isinstance(x.level, np.ndarray):
        return x.level
    level = x.level.reshape((1,) * (len(x.shape) - x.level.ndim) + x.level.shape)
    level = np.broadcast_to(level, (*level.shape[:-2], x.shape[-2], level.shape[-1]))
    return uniform(np.maximum.accumulate(level.max(axis=-1, keepdims=True), axis=-2))
