"""Product: an AND for each pair of wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.factors import factor, multiplied
from tcsim.networks.costs.operands import broadcast

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.product import Product


def cost(
    operation: Product, quantity: Quantities, origin: int, x: Operands, y: Operands
) -> tuple[Operands, list[Part]]:
    """The wires themselves are operands of the result where the other factor has a constant."""
    x, y = broadcast((x, y))
    f, g = factor(x, operation.left, quantity), factor(y, operation.right, quantity)
    result, ands = multiplied(x, f, y, g, origin)
    return result, [ands]
