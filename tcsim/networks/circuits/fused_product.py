"""FusedProduct: gates ``[x + M y >= t + M]``, and ``[x >= t]`` where g(y) has a constant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.factors import linear_forms
from tcsim.networks.circuits.tensor import Tensor, empty, thermometer
from tcsim.networks.tables.factors import linear_weights

if TYPE_CHECKING:
    from tcsim.networks.operations.fused_product import FusedProduct
    from tcsim.networks.values import Values


def build(operation: FusedProduct, name: str, values: Values, x: Tensor, y: Tensor) -> Tensor:
    """Cuts out of the reach of x are moved to its ends, so that M is as small as it can be."""
    requantize, product = operation.requantize, operation.product
    f_constant, rises = linear_weights(requantize.code, product.left)
    g_constant, weights = linear_weights(y.code, product.right)
    shape = values.shape
    forms = np.broadcast_to(x.forms, shape)
    words = np.broadcast_to(y.words, (*shape, y.words.shape[-1]))
    factor = np.broadcast_to(linear_forms(y, product.right), shape) if f_constant else None
    x_cuts = np.broadcast_to(requantize.cuts, (*x.shape, requantize.code.steps))
    cuts = np.broadcast_to(x_cuts, (*shape, requantize.code.steps))
    low, high = (np.broadcast_to(end, shape) for end in (x.values.lo, x.values.hi))
    result = Tensor(x.builder, name, values, forms=empty(shape))
    for place in result.places():
        least, largest = int(low[place]), int(high[place])
        steps = [min(max(cut, least), largest + 1) for cut in cuts[place].tolist()]
        reach = max(largest - steps[0] + 1, 1)
        form = x.builder.form(forms[place])
        terms = []
        for weight, wire in zip(weights, words[place].tolist(), strict=True):
            held = x.builder.form(form + reach * wire)
            gates = thermometer(held, [step + reach for step in steps])
            terms += [weight * rise * gate for rise, gate in zip(rises, gates, strict=True)]
        if g_constant:
            alone = thermometer(form, steps)
            terms += [g_constant * rise * gate for rise, gate in zip(rises, alone, strict=True)]
        total = x.builder.form(expressions.sum(terms))
        if factor is None:
            result.forms[place] = total + 0
        else:
            result.forms[place] = total + f_constant * factor[place]
    return result
