"""Convolution: linear forms alone, no gate, no level. What lies outside is no operand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.convolution import Convolution
    from tcsim.networks.values import Values


def build(operation: Convolution, name: str, values: Values, x: Tensor) -> Tensor:
    """Sums of the operand's forms, themselves not stored."""
    windows = operation.windows
    patches = windows.of_padded(windows.padded(x.forms, None))
    outputs, channels = operation.weights.shape[:2]
    share = outputs // operation.groups
    kernels = operation.weights.reshape(outputs, -1).tolist()
    bias = operation.bias.tolist()
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    rank = windows.rank
    lead = values.shape[: len(values.shape) - rank - 1]
    for place in np.ndindex((*lead, operation.groups, *values.shape[-rank:])):
        before, group, where = place[: len(lead)], place[len(lead)], place[len(lead) + 1 :]
        part = slice(group * channels, (group + 1) * channels)
        found = patches[(*before, part, *where)].reshape(-1).tolist()
        inside = [at for at, form in enumerate(found) if form is not None]
        forms = [found[at] for at in inside]
        for o in range(group * share, (group + 1) * share):
            weights = [kernels[o][at] for at in inside]
            result.forms[(*before, o, *where)] = expressions.dot(weights, forms) + bias[o]
    return result
