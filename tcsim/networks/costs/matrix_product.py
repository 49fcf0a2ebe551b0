"""MatrixProduct: an AND for each pair of wires of each pair of factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.factors import dropped, factor, inserted, multiplied
from tcsim.networks.costs.operands import broadcast

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.matrix_product import MatrixProduct


def cost(
    operation: MatrixProduct, quantity: Quantities, origin: int, x: Operands, y: Operands
) -> tuple[Operands, list[Part]]:
    """Products at places (..., n, k, m), summed along k."""
    f, g = factor(x, operation.left, quantity), factor(y, operation.right, quantity)
    left, right = broadcast((inserted(x, len(x.shape)), inserted(y, len(y.shape) - 2)))
    products, ands = multiplied(left, f, right, g, origin)
    return dropped(products.reduced(-2, 1), len(products.shape) - 2), [ands]
