"""MaximumPool: a gate a step, one level; a gate at a border reads fewer values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.axes import full
from tcsim.networks.costs.operands import Operands, Support, most, product, spread, uniform
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.sliding import window_levels, window_wires

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.maximum_pool import MaximumPool


def cost(
    operation: MaximumPool, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Each gate reads one wire of every value in its window."""
    windows, steps = operation.windows, x.steps
    first = len(x.shape) - windows.rank
    reads: Formula = int(bool(x.supports))
    exact, level, shape = x.exact, x.level, list(x.shape)
    for axis in range(windows.rank):
        place = first + axis
        reads, fits = window_wires(reads, windows, axis, x.shape, quantity, mixed=False)
        shared = any(place in one.mixed | one.overlapping for one in x.supports)
        exact = exact and fits and not (shared and windows.kernel[axis] > 1)
        level = _latest(level, operation, axis, place, len(x.shape))
        shape[place] = windows.length(axis, shape[place])
    made = tuple(shape)
    level = uniform(level) + 1
    weight = 1 if exact else windows.size  # a wire that several values share is read several times
    gates, edges = product(made) * steps, spread(reads, made) * steps
    part = Part(gates, edges, most(reads), weight, level, exact)
    return Operands(made, (Support(origin, steps),), 1, level, "thermometer", steps), [part]


def _latest(level: Any, operation: MaximumPool, axis: int, place: int, rank: int) -> Any:  # noqa: ANN401
    if not isinstance(level, np.ndarray):
        return level
    return window_levels(full(level, rank), operation.windows, axis, place)
