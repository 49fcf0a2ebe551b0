"""SoftmaxAttention: products, comparisons, ANDs of comparisons alone and with values, outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.attention_levels import (
    AttentionLevels,
    Shares,
    even_levels,
    uneven_levels,
)
from tcsim.networks.costs.factors import factor, separate
from tcsim.networks.costs.operands import Operands, Support, largest, product
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import digit_edges
from tcsim.networks.costs.visible import number_of, visible

if TYPE_CHECKING:
    from tcsim.networks.costs.factors import Factor
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.costs.visible import Visible
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention


@dataclass(frozen=True)
class Gates:
    """Gates of one kind at each of some places: how many there, and what all of them read."""

    each: Formula
    edges: Formula
    fan_in: Formula
    weight: Formula
    exact: bool = True

    def parts(self, shares: Shares, quantity: Quantities) -> list[Part]:
        """They at each level; all of their edges are with the first."""
        left, parts = self.edges, []
        for level, places in shares.items():
            if number_of(quantity, places * self.each) == 0:
                continue
            gates = places * self.each
            parts.append(Part(gates, left, self.fan_in, self.weight, level, self.exact))
            left = 0
        return parts


def cost(
    operation: SoftmaxAttention,
    quantity: Quantities,
    origin: int,
    q: Operands,
    k: Operands,
    v: Operands,
) -> tuple[Operands, list[Part]]:
    """A query that sees one key compares nothing: behind its score are copies of v and outputs.

    With numbers, its outputs are known to be two levels earlier. With symbols, what stands behind
    them is put on the level that it has for other queries.
    """
    fq, fk, fv = (factor(x, None, quantity) for x in (q, k, v))
    steps = quantity("E", operation.table.steps, "steps of the table of weights")
    grades = quantity("N", operation.code.steps, "steps of a value")
    seen = visible(operation, quantity, q.shape[:-1], k.shape[-2])
    at = _levels(operation, quantity, seen, q, k, v)
    outputs = v.shape[-1]
    grid, held = fq.wires * fk.wires, steps * fv.wires
    score = q.shape[-1] * (grid + (fk.wires * fk.reads if fq.constant else 0))
    score_weight = largest(fq.weight * fk.weight, abs(fq.constant) * fk.weight)
    pairs, others = seen.pairs - seen.single, seen.squares - seen.pairs
    exact = separate(q, k) and all(x.separate for x in (q, k, v))
    reads = fq.reads + fk.reads
    wires = held + (fv.wires * fv.reads if operation.table.tail else 0)
    result = pairs * (wires + steps) + seen.single * wires
    alone = number_of(quantity, pairs) == 0  # every query sees one key
    kinds = [
        (at.products, Gates(grid, seen.pairs * q.shape[-1] * grid * reads, reads, 1, exact)),
        (
            at.comparisons,
            Gates(steps, others * steps * 2 * score, 2 * score, score_weight, exact),
        ),
        (at.alone, Gates(steps, others * steps, seen.most - 1, 1)),
        (
            at.together,
            Gates(
                held,
                (others + pairs * fv.reads) * outputs * held,
                seen.most - 1 + fv.reads,
                1,
                exact,
            ),
        ),
        (at.copies, Gates(held, seen.single * outputs * held * fv.reads, fv.reads, 1, exact)),
        (
            at.outputs,
            Gates(
                grades,
                result * outputs * grades,
                wires if alone else seen.most * (wires + steps),
                average_weight(operation, quantity, fv),
                exact,
            ),
        ),
    ]
    parts = [part for shares, gates in kinds for part in gates.parts(shares, quantity)]
    shape = (*q.shape[:-1], outputs)
    return coded_outputs(operation, quantity, origin, shape, at, grades, parts)


def coded_outputs(
    operation: SoftmaxAttention,
    quantity: Quantities,
    origin: int,
    shape: tuple[Formula, ...],
    at: AttentionLevels,
    steps: Formula,
    parts: list[Part],
) -> tuple[Operands, list[Part]]:
    """What is made, with the gates of its digits in binary code."""
    kind, level = operation.code.kind, at.made
    wires, weight = quantity.word(kind, steps)
    if kind == "binary":
        level = level + 1
        each = digit_edges(steps, wires, symbolic=quantity.symbolic)
        shares = {above + 1: places for above, places in at.outputs.items()}
        digits = Gates(wires, product(shape) * each, steps, 1)
        parts = [*parts, *digits.parts(shares, quantity)]
    return Operands(shape, (Support(origin, wires),), weight, level, kind, steps), parts


def _levels(
    operation: SoftmaxAttention,
    quantity: Quantities,
    seen: Visible,
    q: Operands,
    k: Operands,
    v: Operands,
) -> AttentionLevels:
    if quantity.symbolic:
        alone = number_of(quantity, seen.pairs - seen.single) == 0
        return even_levels(seen, q, k, v, np.array(alone))
    shown = operation.visible(q.shape[:-2], q.shape[-2], k.shape[-2])
    if any(isinstance(x.level, np.ndarray) for x in (q, k, v)):
        return uneven_levels(shown, q, k, v)
    return even_levels(seen, q, k, v, shown.sum(axis=-1) == 1)


def average_weight(operation: SoftmaxAttention, quantity: Quantities, value: Factor) -> Formula:
    """An upper bound of the weights in ``A sum a v - B sum a``."""
    fall = max(*operation.table.drops, operation.table.tail)
    ratio = max(a for a, _ in operation.thresholds)
    offset = max(abs(a * value.constant - b) for a, b in operation.thresholds)
    return largest(
        quantity("C", fall * ratio, "largest factor of a value in an average") * value.weight,
        quantity("D", max(fall * offset, 1), "largest weight of a step in an average"),
    )
