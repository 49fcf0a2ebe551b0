"""Prediction of Rule 110 to threshold circuits by look-up: s steps of the automaton in depth 2.

A cell after s steps is a function of 2 s + 1 cells: one AND for each row of its table that is 1,
and an OR. Depth 2 ceil(T / s); with s about half of lg T the tables stay polynomial, so that all of
this saves a logarithmic factor of the depth, not more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.codec import integer
from reductions.problems.circuit_value import CircuitValue
from reductions.problems.rule110 import RULE110, Prediction
from reductions.problems.threshold_circuits import THRESHOLD
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.boards import rule110_cone
from reductions.rules.rule110_cone import STATEMENT, back, holds, images, layers, neighborhoods
from tcsim.circuit import Circuit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from tcsim.typing import Integers

STRIDE = 2
"""s of `RULE`."""

MOST = 8
"""Largest s: a table has 2**(2 s + 1) rows."""


@cache
def ones(s: int) -> Integers:
    """The rows of 2 s + 1 cells, as numbers, from which the middle cell is 1 after s steps.

    Example:
        >>> [len(ones(s)) for s in range(1, 6)]
        [5, 17, 66, 274, 1058]
    """
    width = 2 * s + 1
    table = (np.arange(2**width)[:, None] >> np.arange(width)[::-1]) & 1
    row = [column.copy() for column in table.T]
    for _ in range(s):
        row = [(b | c) & ~(a & b & c) for a, b, c in zip(row, row[1:], row[2:], strict=False)]
    return np.flatnonzero(row[0] & 1)


def forward(source: Prediction, stride: int = STRIDE) -> Mapped[CircuitValue]:
    """Layer by layer, cell by cell: the ANDs of its table, then their OR."""
    steps, n = source.steps, 2 * source.steps + 1
    cells = images(steps, stride, lambda s: len(ones(s)) + 1)
    operands, weights, counts, thresholds = [], [], [], []
    origin = [np.arange(n)]
    before = 0
    for t, s in layers(steps, stride):
        rows, width = ones(s), 2 * s + 1
        bits = (rows[:, None] >> np.arange(width)[::-1]) & 1
        windows = np.lib.stride_tricks.sliding_window_view(cells[before], width)
        own = cells[t][:, None] - len(rows) + np.arange(len(rows))
        read = np.repeat(windows[:, None, :], len(rows), axis=1).reshape(len(windows), -1)
        operands.append(np.concatenate((read, own), axis=1).reshape(-1))
        weight = np.concatenate(((2 * bits - 1).reshape(-1), np.ones(len(rows), np.int64)))
        weights.append(np.tile(weight, len(windows)))
        counts.append(np.tile([*[width] * len(rows), len(rows)], len(windows)))
        thresholds.append(np.tile([*bits.sum(axis=1), 1], len(windows)))
        origin.append(np.repeat(t * n + t + np.arange(len(windows)), len(rows) + 1))
        before = t
    none = np.zeros(0, np.int64)
    count = np.concatenate((none, *counts))
    circuit = Circuit(
        input_names=[f"x[{i}]" for i in range(n)],
        form_start=np.concatenate(([0], np.cumsum(count))),
        form_operand=np.concatenate((none, *operands)),
        form_weight=np.concatenate((none, *weights)),
        gate_form=np.arange(len(count)),
        gate_threshold=np.concatenate((none, *thresholds)),
        output_wire=[int(cells[steps][0])],
        output_names=["y"],
    )
    provenance = Provenance("wire", "step and cell of the cone", np.concatenate(origin))
    return Mapped(CircuitValue(circuit, bytes(source.cone())), provenance, cells)


def formulas(steps: Size, stride: int = STRIDE) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    import sympy

    whole = sympy.floor(steps / sympy.Integer(stride))
    cells = whole * (2 * steps + 1) - stride * whole * (whole + 1)
    gates, edges, depth = cells * (len(ones(stride)) + 1), cells * len(ones(stride)), 2 * whole
    edges *= 2 * stride + 2
    rest = steps - stride * whole
    for s in range(1, stride):  # the last layer has one cell, and s steps if s is the rest
        is_rest = 1 - sympy.Min(1, sympy.Max(rest - s, s - rest))
        gates += is_rest * (len(ones(s)) + 1)
        edges += is_rest * len(ones(s)) * (2 * s + 2)
        depth += 2 * is_rest
    return {"inputs": 2 * steps + 1, "gates": gates, "edges": edges, "depth": depth}


def second(source: Prediction) -> CircuitValue:
    """Two threshold gates a cell, step by step: all three of l, c and r; c or r, but not that."""
    n = 2 * source.steps + 1
    start: list[int] = [0]
    operands: list[int] = []
    weights: list[int] = []
    thresholds: list[int] = []
    row = list(range(n))

    def add(terms: list[tuple[int, int]], threshold: int) -> int:
        operands.extend(wire for wire, _ in terms)
        weights.extend(weight for _, weight in terms)
        start.append(len(operands))
        thresholds.append(threshold)
        return n + len(thresholds) - 1

    for _ in range(source.steps):
        new = []
        for a, b, c in zip(row, row[1:], row[2:], strict=False):
            every = add([(a, 1), (b, 1), (c, 1)], 3)
            new.append(add([(b, 1), (c, 1), (every, -2)], 1))
        row = new
    circuit = Circuit(
        input_names=[f"x[{i}]" for i in range(n)],
        form_start=start,
        form_operand=np.array(operands, np.int64),
        form_weight=np.array(weights, np.int64),
        gate_form=np.arange(len(thresholds)),
        gate_threshold=np.array(thresholds, np.int64),
        output_wire=[row[0]],
        output_names=["y"],
    )
    return CircuitValue(circuit, bytes(source.cone()))


def rule(stride: int) -> Reduction[Prediction, str, CircuitValue, Any]:
    """The rule with tables of s steps.

    Raises:
        ArgumentError: s is not 1 .. `MOST`.
    """
    integer(stride, "stride", 1, MOST)

    def mapped(source: Prediction) -> Mapped[CircuitValue]:
        return forward(source, stride)

    def steps() -> Iterator[tuple[str, bool]]:
        for s in range(1, min(stride, 3) + 1):
            yield from neighborhoods(mapped, s)

    return Reduction(
        name="rule110_threshold_cvp" if stride == STRIDE else f"rule110_threshold_cvp_{stride}",
        source=RULE110,
        target=THRESHOLD,
        summary=f"The light cone by look-up tables: {stride} steps in depth 2.",
        forward=mapped,
        formulas=lambda steps, **_: formulas(steps, stride),
        resources="logspace",
        why="the tables are constants; gates are written in loops over layers and cells",
        reference="membership; P-hardness of the source: Neary and Woods 2006",
        back=back,
        invariant=Invariant(STATEMENT, holds, steps),
        metered=rule110_cone(stride),
        second=second,
    )


RULE = rule(STRIDE)
