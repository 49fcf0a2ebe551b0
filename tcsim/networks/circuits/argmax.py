"""Argmax: one comparison a pair, then the AND of each class's comparisons.

Class i wins iff it is larger than every earlier class and at least as large as every later one.
``[x_i >= x_j]`` for i < j serves both: its complement is ``[x_j > x_i]``, which the AND takes with
a negative weight. So V classes need V(V-1)/2 comparisons and V ANDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.expressions import Signal
    from tcsim.networks.operations.argmax import Argmax
    from tcsim.networks.values import Values


def build(operation: Argmax, name: str, values: Values, x: Tensor) -> Tensor:
    """See the module."""
    classes = range(operation.classes)
    result = Tensor(x.builder, name, values, words=empty((*values.shape, operation.classes)))
    for place in np.ndindex(values.shape[:-1]):
        sums = x.forms[place]
        first: list[dict[int, Signal]] = [
            {j: sums[i] - sums[j] >= 0 for j in classes[i + 1 :]} for i in classes
        ]
        for i in classes:
            wins = [first[i][j] if i < j else ~first[j][i] for j in classes if j != i]
            result.words[(*place, 0, i)] = expressions.all(wins)
    return result
