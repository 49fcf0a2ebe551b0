"""LinearRecurrence: a gate a step of each output, over one form in all inputs so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, digits, empty, stored, thermometer

if TYPE_CHECKING:
    from tcsim.networks.operations.linear_recurrence import LinearRecurrence
    from tcsim.networks.values import Values


def build(operation: LinearRecurrence, name: str, values: Values, x: Tensor) -> Tensor:
    """Weights are those of `LinearRecurrence.rows`."""
    code = operation.code
    rows = operation.rows(values.shape[-2])
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for place in np.ndindex(values.shape[:-2]):
        for t, outputs in enumerate(rows):
            operands = x.forms[place][: t + 1].ravel().tolist()
            for o, (weights, thresholds) in enumerate(outputs):
                where = (*place, t, o)
                flat = [weight for row in weights for weight in row]
                form = stored(x.builder, name, expressions.dot(flat, operands), where)
                steps = thermometer(form, thresholds)
                word = digits(steps, code.wires) if code.kind == "binary" else steps
                result.words[where] = word
    return result
