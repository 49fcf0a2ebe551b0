"""FusedProduct: a gate for each step of the rounded sum and each wire of the other factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.factors import factor, separate
from tcsim.networks.costs.operands import Operands, Support, broadcast, largest, later, spread
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.fused_product import FusedProduct


def cost(
    operation: FusedProduct, quantity: Quantities, origin: int, x: Operands, y: Operands
) -> tuple[Operands, list[Part]]:
    """With steps of another wire, the sum is rounded by itself too where g(y) has a constant."""
    requantize, product = operation.requantize, operation.product
    steps = quantity("N", requantize.code.steps, "steps of a value")
    x, y = broadcast((x, y))
    rounded = Operands(x.shape, (Support(origin, steps),), 1, 0, "thermometer", steps)
    rounded = Operands(**{**vars(rounded), "least": requantize.code.lo})
    f, g = factor(rounded, product.left, quantity), factor(y, product.right, quantity)
    level = later(x.level, y.level) + 1
    apart = separate(x, y)
    # M is at most what a form can vary by, and one more.
    reach = x.most_wires * x.weight + 1
    grid = steps * g.wires
    parts = [
        Part(
            x.count * grid,
            spread(x.wires + g.reads, x.shape) * grid,
            x.most_wires + g.reads,
            reach,
            level,
            apart,
        )
    ]
    made = grid
    if g.constant:
        edges = x.all_wires * steps
        parts.append(Part(x.count * steps, edges, x.most_wires, x.weight, x.level + 1, x.exact))
        made = grid + steps
    supports = (Support(origin, made), *(y.supports if f.constant else ()))
    weight = largest(f.weight * g.weight, abs(g.constant) * f.weight, abs(f.constant) * g.weight)
    return Operands(x.shape, supports, weight, level, exact=y.exact), parts
