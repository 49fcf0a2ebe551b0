"""Compare: the sign of a difference of linear forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.expressions import Signal
    from tcsim.networks.operations.compare import Compare
    from tcsim.networks.values import Values


def build(operation: Compare, name: str, values: Values, x: Tensor, y: Tensor) -> Tensor:
    """A gate each, three for ``==`` and ``!=``."""
    left, right = (np.broadcast_to(one.forms, values.shape) for one in (x, y))
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, 1)))
    for place in result.places():
        difference = left[place] - right[place]
        made: Signal
        match operation.relation:
            case ">=":
                made = difference >= 0
            case ">":
                made = difference > 0
            case "<=":
                made = difference <= 0
            case "<":
                made = difference < 0
            case "==":
                made = (difference >= 0) & (difference <= 0)
            case "!=":
                made = (difference > 0) | (difference < 0)
        result.words[(*place, 0)] = made
    return result
