"""SelectiveScan: comparisons of sums of delta, and ANDs of them with literals of C, B and x.

``w(p) = w_E + sum_e (w_{e-1} - w_e) [p < cut_e]``, so that a table that decays to 0 needs no gate
beyond its steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.monomials import literals_of, monomials
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.operations.selective_scan import SelectiveScan
    from tcsim.networks.values import Values


def build(
    operation: SelectiveScan,
    name: str,
    values: Values,
    delta: Tensor,
    b: Tensor,
    c: Tensor,
    x: Tensor,
) -> Tensor:
    """One stored form per position and channel."""
    channels = values.shape[-1]
    cuts, table = (
        np.broadcast_to(one, (channels, *one.shape[1:])).tolist()
        for one in (operation.cuts, operation.table)
    )
    early, late = literals_of(b), literals_of(c)
    rows = None if operation.read is None else operation.read.rows.tolist()
    rest = [literals_of(x, rows), *([literals_of(delta)] if operation.times_delta else [])]
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for *place, t, channel in np.ndindex(*values.shape):
        terms: list[Expression] = []
        for s in range(t + 1):
            between = delta.forms[(*place, slice(s + 1, t + 1), channel)].tolist()
            passed = x.builder.form(expressions.sum(between)) if between else None
            others = [one[(*place, s, channel)] for one in rest]
            for j, (at, weights) in enumerate(zip(cuts[channel], table[channel], strict=True)):
                ands = monomials(late[(*place, t, j)], early[(*place, s, j)], *others)
                if passed is None:
                    terms += _products(weights[0], ands)
                    continue
                for cut, before, after in zip(at, weights, weights[1:], strict=False):
                    if operation.fused:
                        terms += _fused(before - after, ands, passed, cut)
                    else:
                        terms += _products(before - after, ands, passed < cut)
                if operation.tail:
                    terms += _products(weights[-1], ands)
        form = x.builder.form(expressions.sum(terms))
        result.forms[(*place, t, channel)] = form
    return result


def _products(
    factor: int, ands: list[tuple[int, tuple[Signal, ...]]], *more: Signal
) -> list[Expression]:
    return [factor * weight * expressions.all([*more, *signals]) for weight, signals in ands]


def _fused(
    factor: int, ands: list[tuple[int, tuple[Signal, ...]]], passed: Expression, cut: int
) -> list[Expression]:
    """``[passed < cut]`` and k literals in one gate: each that is missing costs `cut`."""
    return [
        factor * weight * (cut * expressions.sum(signals) - passed >= cut * (len(signals) - 1) + 1)
        for weight, signals in ands
    ]
