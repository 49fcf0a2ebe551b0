"""SoftmaxAverage: as `softmax_attention` behind its scores, or by way of their maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.averaging import (
    average,
    nearness,
    nearness_to_maximum,
    weight_sum,
)
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.softmax_average import SoftmaxAverage
    from tcsim.networks.values import Values


def build(
    operation: SoftmaxAverage, name: str, values: Values, scores: Tensor, v: Tensor
) -> Tensor:
    """Query by query."""
    builder, code, table = v.builder, operation.code, operation.table
    share = scores.shape[-3] // v.shape[-3]
    result = Tensor(builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for *rest, head, i in np.ndindex(values.shape[:-1]):
        query = (*rest, head, i)
        if operation.maximum == "or":
            words = scores.words[query].tolist()
            near = nearness_to_maximum(builder, words, table, fused=operation.fused)
        else:
            near = nearness(builder, scores.forms[query].tolist(), table)
        below = weight_sum(builder, table, near)
        for d in range(values.shape[-1]):
            held = [v.words[(*rest, head // share, j, d)].tolist() for j in range(v.shape[-2])]
            result.words[(*query, d)] = average(builder, operation, near, below, held, v.code)
    return result
