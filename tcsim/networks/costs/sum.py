"""Sum: no gate. Every form reads the wires of all places along the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.axes import dropped

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.sum import Sum


def cost(
    operation: Sum, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Axis by axis."""
    del quantity, origin
    axes = operation.places(len(x.shape))
    for axis in axes:
        x = x.reduced(axis, 1)
    return (x if operation.keep else dropped(x, axes)), []
