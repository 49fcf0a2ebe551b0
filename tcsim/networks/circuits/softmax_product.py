"""SoftmaxProduct: as `softmax`, each output gate together with each wire of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.averaging import nearness, weight_sum
from tcsim.networks.circuits.softmax import probability
from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.tables.factors import linear_weights

if TYPE_CHECKING:
    from tcsim.expressions import LinearForm
    from tcsim.networks.operations.softmax_product import SoftmaxProduct
    from tcsim.networks.values import Values


def build(operation: SoftmaxProduct, name: str, values: Values, x: Tensor, v: Tensor) -> Tensor:
    """Row by row; the probabilities alone are gates too where v has a constant."""
    builder, softmax = x.builder, operation.softmax
    constant, weights = linear_weights(v.code)
    reaches = operation.reaches(x.shape[-1])
    result = Tensor(builder, name, values, forms=empty(values.shape))
    for *rest, i in np.ndindex(values.shape[:-1]):
        near = nearness(builder, x.forms[(*rest, i)].tolist(), softmax.table)
        total = weight_sum(builder, softmax.table, near)
        steps = [
            [builder.form(one) for one in probability(builder, softmax, key, total)] for key in near
        ]
        alone = builder.form(
            expressions.sum([constant * (one >= 0) for key in steps for one in key])
            if constant
            else expressions.sum([])
        )
        for d in range(values.shape[-1]):
            terms: list[LinearForm] = []
            for j, key in enumerate(steps):
                for weight, wire in zip(weights, v.words[(*rest, j, d)].tolist(), strict=True):
                    terms += [
                        weight * (one + reach * wire >= reach)
                        for one, reach in zip(key, reaches, strict=True)
                    ]
            product = builder.form(expressions.sum(terms))
            result.forms[(*rest, i, d)] = product + alone if constant else product + 0
    return result
