"""Maximum: a gate a step, one level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.axes import dropped
from tcsim.networks.costs.factors import separate
from tcsim.networks.costs.operands import (
    Operands,
    Support,
    broadcast,
    later,
    product,
    total_of,
)
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.maximum import Maximum


def cost(
    operation: Maximum, quantity: Quantities, origin: int, *operands: Operands
) -> tuple[Operands, list[Part]]:
    """Each gate reads one wire of every value among which it chooses."""
    del quantity
    steps = operands[0].steps
    if operation.axes is None:
        aligned = broadcast(operands)
        shape = aligned[0].shape
        reads = total_of(bool(x.supports) for x in aligned)
        level = later(*(x.level for x in aligned))
        exact = separate(*aligned)
    else:
        (x,) = operands
        axes = operation.places(len(x.shape))
        reads, exact = product(x.shape[axis] for axis in axes), x.exact
        flat = x
        for axis in axes:
            exact = exact and x.apart(axis) and all(axis not in one.mixed for one in x.supports)
            flat = flat.reduced(axis, 1)
        flat = dropped(flat, axes)
        shape, level = flat.shape, flat.level
    count = product(shape)
    level = level + 1
    weight = 1 if exact else reads  # a wire that several values share is read several times
    part = Part(count * steps, count * steps * reads, reads, weight, level, exact)
    made = Operands(shape, (Support(origin, steps),), 1, level, "thermometer", steps)
    return made, [part]
