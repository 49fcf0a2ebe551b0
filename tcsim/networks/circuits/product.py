"""Product: a form over the ANDs of a wire of each factor, and over the wires themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.circuits.factors import ands, factors, singles
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.product import Product
    from tcsim.networks.values import Values


def build(operation: Product, name: str, values: Values, x: Tensor, y: Tensor) -> Tensor:
    """The ANDs of a place are one stored form; the rest is an unstored sum with it."""
    left, right = factors(x, operation.left, y, operation.right)
    f, g = left.spread(values.shape), right.spread(values.shape)
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for place in result.places():
        product = x.builder.form(ands(f, place, g, place))
        result.forms[place] = product + singles(f, place, g, place)
    return result
