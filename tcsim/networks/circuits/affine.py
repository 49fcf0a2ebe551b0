"""Affine: linear forms alone, no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.affine import Affine
    from tcsim.networks.values import Values
    from tcsim.typing import Integers


def build(operation: Affine, name: str, values: Values, x: Tensor) -> Tensor:
    """Sums of stored forms, themselves not stored: a difference of two keeps its weights of 0."""
    columns = [_terms(column, fold=x.builder.fold) for column in operation.weights.T]
    bias = operation.bias.tolist()
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for place in np.ndindex(values.shape[:-1]):
        operands = x.forms[place].tolist()
        for j, (rows, column) in enumerate(columns):
            terms = [operands[row] for row in rows]
            result.forms[(*place, j)] = expressions.dot(column, terms) + bias[j]
    return result


def _terms(column: Integers, *, fold: bool) -> tuple[list[int], list[int]]:
    """The rows that a column reads and its weights there; folding leaves out those of 0."""
    rows = np.flatnonzero(column) if fold else np.arange(len(column))
    return rows.tolist(), column[rows].tolist()
