"""Compare: a gate, or two and the AND or OR of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.factors import separate
from tcsim.networks.costs.operands import (
    Operands,
    Support,
    broadcast,
    later,
    most,
    product,
    spread,
    total_of,
)
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.compare import Compare


def cost(
    operation: Compare, quantity: Quantities, origin: int, x: Operands, y: Operands
) -> tuple[Operands, list[Part]]:
    """Each comparison reads the wires of both operands."""
    del quantity
    left, right = broadcast((x, y))
    shape, count = left.shape, product(left.shape)
    wires = left.wires + right.wires
    twice = 2 if operation.relation in ("==", "!=") else 1
    level = later(left.level, right.level) + 1
    weight = total_of((left.weight, right.weight))  # on common wires weights add up
    edges = twice * spread(wires, shape)
    parts = [Part(twice * count, edges, most(wires), weight, level, separate(left, right))]
    if twice == 2:
        level = level + 1
        parts.append(Part(count, 2 * count, 2, 1, level))
    return Operands(shape, (Support(origin, 1),), 1, level, "thermometer", 1), parts
