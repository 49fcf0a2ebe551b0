"""SoftmaxAttention: products, comparisons of scores, ANDs of comparisons and values, outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.averaging import average, nearness, weight_sum
from tcsim.networks.circuits.factors import Factor, ands
from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.tables.factors import linear_weights

if TYPE_CHECKING:
    from tcsim.expressions import Expression
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention
    from tcsim.networks.values import Values


def build(
    operation: SoftmaxAttention, name: str, values: Values, q: Tensor, k: Tensor, v: Tensor
) -> Tensor:
    """Query by query; what all of its scores have in common is left out of them."""
    builder, code = q.builder, operation.code
    queries = Factor(*linear_weights(q.code), q.words, None)
    keys = Factor(*linear_weights(k.code), k.words, k.forms if queries.constant else None)
    share = q.shape[-3] // k.shape[-3]
    visible = operation.visible(q.shape[:-2], q.shape[-2], k.shape[-2])
    result = Tensor(builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for *rest, head, i in np.ndindex(values.shape[:-1]):
        group = (*rest, head // share)
        seen = np.flatnonzero(visible[(*rest, head, i)]).tolist()
        sums = [_score(queries, (*rest, head, i), keys, (*group, j), q.shape[-1]) for j in seen]
        places = [",".join(map(str, (*rest, head, i, j))) for j in seen]
        scores = [
            builder.form(one, f"{name}.score[{place}]")
            for one, place in zip(sums, places, strict=True)
        ]
        near = nearness(builder, scores, operation.table)
        below = weight_sum(builder, operation.table, near)
        for d in range(values.shape[-1]):
            words = [v.words[(*group, j, d)].tolist() for j in seen]
            word = average(builder, operation, near, below, words, v.code)
            result.words[(*rest, head, i, d)] = word
    return result


def _score(
    queries: Factor, i: tuple[int, ...], keys: Factor, j: tuple[int, ...], width: int
) -> Expression:
    """``q_i . k_j`` less what does not depend on j."""
    total = expressions.sum([ands(queries, (*i, d), keys, (*j, d)) for d in range(width)])
    if keys.forms is not None and queries.constant:
        total = total + queries.constant * expressions.sum(
            [keys.forms[(*j, d)] for d in range(width)]
        )
    return total
