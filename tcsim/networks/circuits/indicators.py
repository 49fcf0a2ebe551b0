"""Indicators: the wires of a one-hot code, each as a value of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.indicators import Indicators
    from tcsim.networks.values import Values


def build(operation: Indicators, name: str, values: Values, x: Tensor) -> Tensor:
    """No gate."""
    result = Tensor(x.builder, name, values, words=empty((*values.shape, 1)))
    for place in np.ndindex(values.shape[:-1]):
        for label in range(operation.classes):
            result.words[(*place, label, 0)] = x.words[(*place, 0, label)]
    return result
