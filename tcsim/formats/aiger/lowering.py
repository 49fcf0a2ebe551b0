"""Threshold gates as ANDs of two literals.

Gates of at most two operands become one AND each where one AND can express them; what is left is
built of two-input gates by `tcsim.lowering`, where inversion is free.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tcsim import lowering
from tcsim.circuit import FALSE
from tcsim.errors import LimitError
from tcsim.formats.aiger.graph import Graph
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

MOST_ANDS = 1 << 28
"""More ANDs are not built."""

Pattern: TypeAlias = tuple[int, int, int]
"""An AND of two of the literals 0, 1, a, NOT a, b, NOT b, by position, and 1 if it is inverted."""


def _patterns() -> dict[tuple[tuple[int, ...], int], Pattern]:
    """What one AND can express, by the weights and the threshold that a reader gives it."""
    patterns: dict[tuple[tuple[int, ...], int], Pattern] = {}
    for inverted in (0, 1):
        for pair in combinations_with_replacement(range(6), 2):
            weights: dict[int, int] = {}
            for literal in pair:
                if literal > 1:
                    operand = literal >> 1
                    weights[operand] = weights.get(operand, 0) + 1 - 2 * (literal & 1)
            if list(weights) == [2]:
                continue  # b alone is a
            threshold = 2 - (pair[0] & 1) - (pair[1] & 1)
            signed = tuple(-w if inverted else w for w in weights.values())
            patterns.setdefault(
                (signed, 1 - threshold if inverted else threshold), (*pair, inverted)
            )
    return patterns


_PATTERNS = _patterns()


class Ands:
    """ANDs of literals, in order; the `TwoInputGates` of `tcsim.lowering`.

    Args:
        n_inputs: number of inputs; their variables are 1 .. n_inputs.
    """

    def __init__(self, n_inputs: int) -> None:
        self.left: list[int] = []
        self.right: list[int] = []
        self.levels = [0] * (n_inputs + 1)

    def conjunction(self, a: int, b: int) -> int:
        """AND of two literals: a new variable."""
        levels = self.levels
        self.left.append(max(a, b))
        self.right.append(min(a, b))
        levels.append(1 + max(levels[a >> 1], levels[b >> 1]))
        return 2 * len(levels) - 2

    def disjunction(self, a: int, b: int) -> int:
        """OR of two literals: an AND with all literals inverted."""
        return self.conjunction(a ^ 1, b ^ 1) ^ 1

    def negation(self, a: int) -> int:
        """NOT of a literal, which costs nothing."""
        return a ^ 1

    def level(self, a: int) -> int:
        """Level of a literal, in ANDs."""
        return self.levels[a >> 1]


def and_graph(circuit: Circuit) -> Graph:
    """The graph of a circuit; outputs and functions are kept, gate by gate.

    Args:
        circuit: any circuit.

    Raises:
        LimitError: it would take more than `MOST_ANDS`.
    """
    flat = flat_forms(circuit)
    start, operand, weight = flat.start.tolist(), flat.operand.tolist(), flat.weight.tolist()
    ands = Ands(circuit.n_inputs)
    literals = list(range(2, 2 * circuit.n_inputs + 2, 2))
    adders: dict[int, list[int | None]] = {}
    for form, threshold in zip(
        circuit.gate_form.tolist(), circuit.thresholds.tolist(), strict=True
    ):
        first, stop = start[form], start[form + 1]
        weights = tuple(weight[first:stop])
        pattern = _PATTERNS.get((weights, threshold))
        mine = [literals[wire] for wire in operand[first:stop]]
        if pattern is not None:
            known = [0, 1, *(literal ^ sign for literal in mine for sign in (0, 1))]
            left, right, inverted = pattern
            literals.append(ands.conjunction(known[left], known[right]) ^ inverted)
            continue
        literals.append(_lower(ands, mine, weights, threshold, form, adders))
        if len(ands.left) > MOST_ANDS:
            raise LimitError(f"the circuit takes more than {MOST_ANDS:,} ANDs in AIGER")
    wires = circuit.output_wire.tolist()
    outputs = [wire - FALSE if wire < 0 else literals[wire] for wire in wires]
    return Graph(
        input_names=list(circuit.input_names),
        left=np.array(ands.left, np.int64),
        right=np.array(ands.right, np.int64),
        outputs=np.array(outputs, np.int64),
        output_names=list(circuit.output_names),
    )


def _lower(
    ands: Ands,
    literals: list[int],
    weights: tuple[int, ...],
    threshold: int,
    form: int,
    adders: dict[int, list[int | None]],
) -> int:
    """A gate of any weights and threshold; `adders` keeps the sums of forms."""
    terms = [
        (literal ^ (weight < 0), abs(weight))
        for literal, weight in zip(literals, weights, strict=True)
        if weight
    ]
    limit = threshold - sum(weight for weight in weights if weight < 0)
    total = sum(weight for _, weight in terms)
    if limit <= 0 or limit > total:
        deepest = max(literals, key=ands.level, default=0)
        return ands.conjunction(deepest, 0) ^ (limit <= 0)
    least = min(weight for _, weight in terms)
    wires = [literal for literal, _ in terms]
    if len(wires) == 1:
        return ands.conjunction(wires[0], 1)
    if limit > total - least:
        return lowering.conjunction(ands, wires)
    if limit <= least:
        return lowering.disjunction(ands, wires)
    if form not in adders:
        adders[form] = lowering.add_up(ands, terms)
    result = lowering.compare(ands, adders[form], limit)
    assert result is not None, "a limit in range leaves a digit to decide"  # noqa: S101
    return result
