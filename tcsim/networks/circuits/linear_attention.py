"""LinearAttention: ANDs of a literal of q, k and v each; normalized, those of q and k as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.monomials import literals_of, monomials
from tcsim.networks.circuits.tensor import Tensor, digits, empty

if TYPE_CHECKING:
    from tcsim.expressions import Expression
    from tcsim.networks.circuits.monomials import Literals
    from tcsim.networks.operations.linear_attention import LinearAttention
    from tcsim.networks.values import Values


def build(
    operation: LinearAttention, name: str, values: Values, q: Tensor, k: Tensor, v: Tensor
) -> Tensor:
    """One stored numerator per result, one stored denominator per position."""
    queries, keys, read = literals_of(q), literals_of(k), literals_of(v)
    sums = empty(values.shape)
    weights = empty(values.shape[:-1])
    for *place, t, channel in np.ndindex(*values.shape):
        seen = range(t + 1 if operation.causal else k.shape[-2])
        pairs = [
            (queries[(*place, t, j)], keys[(*place, s, j)], read[(*place, s, channel)])
            for s in seen
            for j in range(k.shape[-1])
        ]
        terms = [one for chosen in pairs for one in _terms(*chosen)]
        sums[(*place, t, channel)] = q.builder.form(expressions.sum(terms))
        if operation.code is not None and channel == 0:
            terms = [one for left, right, _ in pairs for one in _terms(left, right)]
            weights[(*place, t)] = q.builder.form(expressions.sum(terms))
    if operation.code is None:
        return Tensor(q.builder, name, values, forms=sums)
    code = operation.code
    result = Tensor(q.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for where in result.places():
        steps = []
        for value in range(code.lo + 1, code.hi + 1):
            a, b, c = operation.cut(value)
            steps.append(a * sums[where] - b * weights[where[:-1]] >= c)
        result.words[where] = digits(steps, code.wires) if code.kind == "binary" else steps
    return result


def _terms(*factors: Literals) -> list[Expression]:
    return [weight * expressions.all(signals) for weight, signals in monomials(*factors)]
