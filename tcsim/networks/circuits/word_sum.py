"""WordSum: the gates of each column, repeated at every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.circuits.word_arithmetic import repeat
from tcsim.networks.words.functions import sum_template

if TYPE_CHECKING:
    from tcsim.networks.operations.word_sum import WordSum
    from tcsim.networks.values import Values


def build(operation: WordSum, name: str, values: Values, x: Tensor) -> Tensor:
    """Digit by digit; see `tcsim.networks.words.template.Template.digits`."""
    code = operation.code
    columns = [sum_template(weights, bias, code, x.code) for weights, bias in operation.columns()]
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for place in np.ndindex(values.shape[:-1]):
        wires = x.words[place].reshape(-1).tolist()
        for j, gates in enumerate(columns):
            result.words[(*place, j)] = repeat(x.builder, gates, wires)
    return result
