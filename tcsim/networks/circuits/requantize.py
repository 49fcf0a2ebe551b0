"""Requantize: a gate ``[sum >= cut]`` a step; in binary code a second level, a gate a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.tensor import Tensor, digits, empty, stored, thermometer

if TYPE_CHECKING:
    from tcsim.networks.operations.requantize import Requantize
    from tcsim.networks.values import Values


def build(operation: Requantize, name: str, values: Values, x: Tensor) -> Tensor:
    """Digit k of a number v is ``[v >= 2^k] - [v >= 2*2^k] + [v >= 3*2^k] - ...``."""
    code = operation.code
    cuts = np.broadcast_to(operation.cuts, (*values.shape, code.steps))
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for place in result.places():
        form = stored(x.builder, name, x.forms[place], place)
        steps = thermometer(form, cuts[place].tolist())
        result.words[place] = digits(steps, code.wires) if code.kind == "binary" else steps
    return result
