"""Combine: linear forms alone, no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.combine import Combine
    from tcsim.networks.values import Values


def build(operation: Combine, name: str, values: Values, *operands: Tensor) -> Tensor:
    """Sums of stored forms, themselves not stored."""
    forms = [np.broadcast_to(x.forms, values.shape) for x in operands]
    constant = np.broadcast_to(operation.constant, values.shape)
    result = Tensor(operands[0].builder, name, values, forms=empty(values.shape))
    for place in result.places():
        terms = [one[place] for one in forms]
        result.forms[place] = expressions.dot(operation.factors, terms) + int(constant[place])
    return result
