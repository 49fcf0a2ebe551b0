"""Affine: linear forms alone, no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.affine import Affine
    from tcsim.networks.values import Values


def build(operation: Affine, name: str, values: Values, x: Tensor) -> Tensor:
    """Sums of stored forms, themselves not stored: a difference of two keeps its weights of 0."""
    columns = operation.weights.T.tolist()
    bias = operation.bias.tolist()
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for place in np.ndindex(values.shape[:-1]):
        operands = x.forms[place].tolist()
        for j, column in enumerate(columns):
            result.forms[(*place, j)] = expressions.dot(column, operands) + bias[j]
    return result
