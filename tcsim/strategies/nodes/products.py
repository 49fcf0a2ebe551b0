"""Products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks import FusedProduct, MatrixProduct, Product, Table
from tcsim.strategies.growth import ANY, ROUNDED
from tcsim.strategies.nodes.linear import broadcastable

if TYPE_CHECKING:
    from tcsim.networks import Code
    from tcsim.strategies.growth import Growth, Value


def product(growth: Growth) -> Value:
    """Of two values that broadcast; a value may be multiplied by itself."""
    x = growth.coded(growth.any(), ANY)
    y = growth.take(broadcastable(growth, x.shape), ANY)
    return growth.add(Product(_table(growth, x.code), _table(growth, y.code)), x, y)


def fused_product(growth: Growth) -> Value:
    """Of a value that is rounded on the way, and another."""
    x = growth.any(1)
    y = growth.take(broadcastable(growth, x.shape), ANY)
    rounding = growth.requantize(x, growth.code(ROUNDED))
    left = _table(growth, rounding.code, wires=False)
    return growth.add(FusedProduct(rounding, left, _table(growth, y.code)), x, y)


def matrix_product(growth: Growth) -> Value:
    """Of matrices, or of one matrix and several."""
    n, k, m = growth.shape(3)
    front = growth.shape(growth.integer(0, 1))
    x = growth.take((*growth.pick([(), front]), n, k), ANY)
    y = growth.take((*growth.pick([(), front]), k, m), ANY)
    return growth.add(MatrixProduct(_table(growth, x.code), _table(growth, y.code)), x, y)


def _table(growth: Growth, code: Code, *, wires: bool = True) -> Table | None:
    if (wires and code.kind == "binary") or not growth.chance():
        return None
    return Table(growth.array((code.steps + 1,)), code.lo)


MAKERS = {Product: product, MatrixProduct: matrix_product, FusedProduct: fused_product}
