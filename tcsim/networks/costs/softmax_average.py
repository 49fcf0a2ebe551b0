"""SoftmaxAverage: as `softmax_attention` behind its scores, or by way of their maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.attention_levels import joined
from tcsim.networks.costs.factors import factor, separate
from tcsim.networks.costs.operands import Operands, later, latest, most, product
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import coded
from tcsim.networks.costs.softmax_attention import average_weight
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.softmax_average import SoftmaxAverage


def cost(
    operation: SoftmaxAverage, quantity: Quantities, origin: int, scores: Operands, v: Operands
) -> tuple[Operands, list[Part]]:
    """Of m keys for each query."""
    *rest, m = scores.shape
    outputs = v.shape[-1]
    fv = factor(v, None, quantity)
    steps = quantity("E", operation.table.steps, "steps of the table of weights")
    grades = quantity("N", operation.code.steps, "steps of a value")
    queries, held = product(rest), steps * fv.wires
    score = latest(scores.level, len(rest), len(scores.shape))
    # Constants are no operands: what would read them has fewer.
    exact = separate(scores, v) and v.separate and bool(scores.supports and v.supports)
    pairs = scores.count * outputs * held
    if operation.maximum == "or":
        grid = scores.steps
        last = len(rest)
        alike = any(last in one.mixed | one.overlapping for one in scores.supports)
        apart = scores.exact and bool(scores.supports) and not alike
        best = Part(queries * grid, scores.count * grid, m, 1, score + 1, apart)
        near = scores.count * steps
        alone = Part(near, near * 2 * grid, 2 * grid, 1, score + 2, exact)
        ready, reads, weight = score + 2, 2, 1
        if operation.fused:
            ready, reads = score + 1, 2 * grid + 1
            weight = grid + 1
        parts = [best, alone]
        reads = reads - 1 + fv.reads
    else:
        wires = scores.pair(-1)
        exact = exact and scores.apart(-1) and not isinstance(wires, np.ndarray | Uneven)
        compared = scores.count * (m - 1) * steps
        parts = [
            Part(
                compared, compared * most(wires), most(wires), 2 * scores.weight, score + 1, exact
            ),
            Part(scores.count * steps, compared, m - 1, 1, score + 2),
        ]
        ready, reads, weight = score + 1, m - 1 + fv.reads, 1
    together, latest_value = joined(ready, v, scores.shape, _share(scores, v))
    made = later(latest_value, score + 2) + 1
    parts.append(Part(pairs, pairs * reads, reads, weight, together, exact))
    wires = m * (held + steps + (fv.wires * fv.reads if operation.table.tail else 0))
    count = queries * outputs * grades
    weight = average_weight(operation, quantity, fv)
    parts.append(Part(count, count * wires, wires, weight, made, exact))
    shape = (*rest, outputs)
    return coded(operation.code.kind, grades, quantity, origin, parts, shape)


def _share(scores: Operands, v: Operands) -> int:
    """How many heads read a group of values; formulas have no levels that differ."""
    heads, groups = scores.shape[-3], v.shape[-3]
    return heads // groups if isinstance(heads, int) and isinstance(groups, int) else 1
