"""MatrixProduct: as `product`, summed along the axis that both matrices share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim import expressions
from tcsim.networks.circuits.factors import ands, factors, singles
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.matrix_product import MatrixProduct
    from tcsim.networks.values import Values


def build(operation: MatrixProduct, name: str, values: Values, x: Tensor, y: Tensor) -> Tensor:
    """The ANDs of a place are one stored form; the rest is an unstored sum with it."""
    left, right = factors(x, operation.left, y, operation.right)
    *rest, _, _ = values.shape
    f, g = left.spread((*rest, *x.shape[-2:])), right.spread((*rest, *y.shape[-2:]))
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for *batch, i, j in result.places():
        pairs = [((*batch, i, k), (*batch, k, j)) for k in range(x.shape[-1])]
        grid = expressions.sum(ands(f, one, g, other) for one, other in pairs)
        others = [singles(f, one, g, other) for one, other in pairs]
        result.forms[(*batch, i, j)] = x.builder.form(grid) + expressions.sum(others)
    return result
