"""SoftmaxProduct: as `softmax`, a gate for each step of a probability and each wire of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.attention_levels import joined
from tcsim.networks.costs.factors import factor, separate
from tcsim.networks.costs.operands import (
    Operands,
    Support,
    largest,
)
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.softmax import weights_cost

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.softmax_product import SoftmaxProduct


def cost(
    operation: SoftmaxProduct, quantity: Quantities, origin: int, x: Operands, v: Operands
) -> tuple[Operands, list[Part]]:
    """Of n rows of m scores, and m rows of values."""
    softmax = operation.softmax
    *_, m = x.shape
    outputs = v.shape[-1]
    fv = factor(v, None, quantity)
    grades = quantity("N", softmax.code.steps, "steps of a probability")
    parts, steps, weight = weights_cost(softmax, quantity, x)
    ready = parts[-1].level
    levels, level = joined(ready, v, x.shape)
    exact = separate(x, v)
    reads, held = m * steps, grades * fv.wires
    top, thresholds = softmax.table.top, softmax.thresholds
    factor_a = quantity("A", top * max(a for a, _ in thresholds), "largest weight of one score")
    factor_b = quantity("B", top * max(abs(b) for _, b in thresholds), "its share in the sum")
    reach = factor_a + factor_b * m + 1  # what a wire is added with is at most that
    count = x.count * outputs * held
    parts.append(
        Part(
            count,
            count * (reads + fv.reads),
            reads + fv.reads,
            largest(weight, reach),
            levels,
            exact,
        )
    )
    shape = (*x.shape[:-1], outputs)
    supports = [Support(origin, m * held)]
    if fv.constant:
        alone = x.count * grades
        parts.append(Part(alone, alone * reads, reads, weight, ready + 1))
        # Other gates of the same value: as of an origin of its own.
        supports.append(Support(~origin, m * grades, frozenset({len(shape) - 1})))
    made = Operands(
        shape, tuple(supports), largest(fv.weight, abs(fv.constant)), level, exact=exact
    )
    return made, parts
