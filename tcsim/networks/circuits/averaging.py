"""Weighted averages whose weights are staircases: the last two levels of attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim import expressions
from tcsim.networks.circuits.tensor import digits
from tcsim.networks.tables.factors import linear_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.builder import Builder
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.codes import Code
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention
    from tcsim.networks.tables.exp_table import ExpTable


@dataclass(frozen=True)
class Indicator:
    """A 0/1 value that is a gate ``[form >= threshold]``, alone or together with a wire.

    Attributes:
        gate: the gate alone; None for the value 1.
        form: its form, where a gate together with a wire is to be one gate; else None.
        threshold: what the form is compared with.
        reach: more than the form can exceed the threshold by.
    """

    gate: Signal | None
    form: Expression | None = None
    threshold: int = 0
    reach: int = 1

    def with_wire(self, wire: Signal) -> Signal:
        """The AND with a wire, one gate."""
        if self.gate is None:
            return wire.linear() >= 1
        if self.form is None:
            return self.gate & wire
        return self.form + self.reach * wire >= self.threshold + self.reach


def nearness(
    builder: Builder, scores: Sequence[Expression], table: ExpTable
) -> list[list[Indicator]]:
    """For each score and step, whether the score is no more than the step below the largest.

    That is the AND of its comparisons with all others, so that no maximum need be computed.
    """
    if len(scores) == 1:
        return [[Indicator(None) for _ in table.cuts]]
    found = []
    for j, score in enumerate(scores):
        behind = [builder.form(score - other) for i, other in enumerate(scores) if i != j]
        steps = []
        for cut in table.cuts:
            form = builder.form(expressions.sum([one >= -cut for one in behind]))
            steps.append(Indicator(form >= len(behind), form, len(behind)))
        found.append(steps)
    return found


def nearness_to_maximum(
    builder: Builder,
    words: Sequence[Sequence[Signal]],
    table: ExpTable,
    *,
    fused: bool,
) -> list[list[Indicator]]:
    """Like `nearness`, of thermometers, by way of the thermometer of their maximum."""
    best = [expressions.any(steps) for steps in zip(*words, strict=True)]
    found = []
    for word in words:
        behind = builder.form(expressions.sum(word) - expressions.sum(best))
        steps = []
        for cut in table.cuts:
            # No score is further behind than its code is long.
            reach = min(cut, len(best)) + 1
            gate = behind >= 1 - reach
            steps.append(Indicator(gate, behind if fused else None, 1 - reach, reach))
        found.append(steps)
    return found


def weight_sum(
    builder: Builder, table: ExpTable, near: Sequence[Sequence[Indicator]]
) -> Expression | int:
    """The sum of all weights, stored; a number where there is one key."""
    weights = [
        drop * (1 if one.gate is None else one.gate)
        for key in near
        for drop, one in zip(table.drops, key, strict=True)
    ]
    total = expressions.sum([*weights, len(near) * table.tail])
    return builder.form(total) if total.terms else total.constant


def average(
    builder: Builder,
    operation: SoftmaxAttention,
    near: Sequence[Sequence[Indicator]],
    below: Expression | int,
    words: Sequence[Sequence[Signal]],
    code: Code,
) -> list[Signal]:
    """The word of one output.

    Args:
        builder: the circuit under construction.
        operation: whose table, thresholds and code these are.
        near: for each key and step, whether the step applies.
        below: the sum of all weights.
        words: the wires of each key's value.
        code: of those values.
    """
    table = operation.table
    constant, weights = linear_weights(code)
    terms: list[Expression] = []
    for key, word in zip(near, words, strict=True):
        for weight, wire in zip(weights, word, strict=True):
            terms += [
                drop * weight * one.with_wire(wire)
                for drop, one in zip(table.drops, key, strict=True)
            ]
            if table.tail:
                terms.append(table.tail * weight * wire)
    above = builder.form(expressions.sum(terms))
    steps: list[Signal] = [
        a * above + (a * constant - b) * below >= 0 for a, b in operation.thresholds
    ]
    return digits(steps, operation.code.wires) if operation.code.kind == "binary" else steps
