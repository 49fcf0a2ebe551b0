"""Prediction of Rule 110 to CVP: five gates for each cell of the light cone, depth 4 a step."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import CVP, AndOrNot
from reductions.problems.gate_kinds import AND, NOT, OR
from reductions.problems.rule110 import RULE110, Prediction
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.boards import rule110_cone
from reductions.rules.rule110_cone import STATEMENT, back, holds, images, neighborhoods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from tcsim.typing import Integers

GATES = 5
"""Of a cell: AND(l, c), AND(that, r), NOT(that), OR(c, r), AND(the last two)."""


def forward(source: Prediction) -> Mapped[AndOrNot]:
    """Cell by cell, row by row."""
    cells = images(source.steps, 1, lambda _: GATES)
    kinds, operands = [np.zeros(0, np.int64)], [np.zeros((0, 2), np.int64)]
    for t in range(1, source.steps + 1):
        block = _cells(cells[t - 1], cells[t])
        kinds.append(np.tile([AND, AND, NOT, OR, AND], len(cells[t])))
        operands.append(block)
    kind = np.concatenate(kinds)
    result = AndOrNot.of_gates(
        bytes(source.cone()), kind, np.concatenate(operands), int(cells[source.steps][0])
    )
    origin = [np.arange(2 * source.steps + 1)]
    for t in range(1, source.steps + 1):
        number = t * (2 * source.steps + 1) + t + np.arange(len(cells[t]))
        origin.append(np.repeat(number, GATES))
    provenance = Provenance("wire", "step and cell of the cone", np.concatenate(origin))
    return Mapped(result, provenance, cells)


def _cells(before: Integers, after: Integers) -> Integers:
    """Operands of the gates of a row: shape (5 * cells, 2)."""
    left, middle, right = before[:-2], before[1:-1], before[2:]
    first = after - (GATES - 1)
    none = np.full(len(after), -1)
    rows = [(left, middle), (first, right), (first + 1, none), (middle, right)]
    rows.append((first + 2, first + 3))
    return np.array(rows).transpose(2, 0, 1).reshape(-1, 2)


def formulas(steps: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    cells = steps**2
    return {
        "inputs": 2 * steps + 1,
        "gates": 5 * cells,
        "edges": 9 * cells,
        "depth": 4 * steps,
        "ands": 3 * cells,
        "ors": cells,
        "nots": cells,
        "buffers": 0,
    }


def steps() -> Iterator[tuple[str, bool]]:
    """The eight neighborhoods, and two steps from all rows of five cells."""
    yield from neighborhoods(forward, 1)
    yield from neighborhoods(forward, 2)


def second(source: Prediction) -> AndOrNot:
    """From the last cell backwards: r and not c, or c and not both neighbors."""
    gates: list[tuple[int, ...]] = []
    n = 2 * source.steps + 1

    def add(*row: int) -> int:
        gates.append(row)
        return n + len(gates) - 1

    @cache
    def cell(t: int, place: int) -> int:
        if t == 0:
            return place
        left, middle, right = (cell(t - 1, place + k) for k in range(3))
        rises = add(AND, right, add(NOT, middle))
        both = add(AND, left, right)
        return add(OR, rises, add(AND, middle, add(NOT, both)))

    for t in range(source.steps + 1):  # rows in order, so that recursion stays shallow
        for place in range(2 * (source.steps - t) + 1):
            output = cell(t, place)
    return AndOrNot.of_gates(bytes(source.cone()), *table_of(gates), output)


RULE: Reduction[Prediction, str, AndOrNot, Any] = Reduction(
    name="rule110_cvp",
    source=RULE110,
    target=CVP,
    summary="The light cone of the cell, row by row; five gates a cell.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="gates are written in loops over rows and cells; the first row by remainders of positions",
    reference="membership; P-hardness of the source: Neary and Woods 2006",
    back=back,
    invariant=Invariant(STATEMENT, holds, steps),
    metered=rule110_cone(),
    second=second,
)
