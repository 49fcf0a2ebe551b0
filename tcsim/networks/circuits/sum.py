"""Sum: linear forms alone, no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.sum import Sum
    from tcsim.networks.values import Values


def build(operation: Sum, name: str, values: Values, x: Tensor) -> Tensor:
    """Sums of the operand's forms, themselves not stored."""
    axes = operation.places(len(x.shape))
    rest = [axis for axis in range(len(x.shape)) if axis not in axes]
    columns = x.forms.transpose([*rest, *axes])
    columns = columns.reshape((*columns.shape[: len(rest)], -1))
    sums = empty(columns.shape[:-1])
    for place in np.ndindex(sums.shape):
        sums[place] = expressions.sum(columns[place].tolist())
    return Tensor(x.builder, name, values, forms=sums.reshape(values.shape))
