"""Inequalities that leave a gate no value but its own, if its operands are 0 or 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.rules.induction import forcing_sets

if TYPE_CHECKING:
    from reductions.overhead import Size
    from reductions.problems.circuits import AndOrNot
    from reductions.problems.exact_feasibility import Row
    from tcsim.typing import Integers

A, B, Y = range(3)
"""Places of the two operands and of the gate."""

SHAPES: dict[int, tuple[tuple[tuple[tuple[int, int], ...], int], ...]] = {
    AND: (
        (((A, -1), (Y, 1)), 0),
        (((B, -1), (Y, 1)), 0),
        (((A, 1), (B, 1), (Y, -1)), 1),
        (((Y, -1),), 0),
    ),
    OR: (
        (((A, 1), (Y, -1)), 0),
        (((B, 1), (Y, -1)), 0),
        (((A, -1), (B, -1), (Y, 1)), 0),
        (((Y, 1),), 1),
    ),
    NOT: ((((A, 1), (Y, 1)), 1), (((A, -1), (Y, -1)), -1)),
    BUFFER: ((((A, 1), (Y, -1)), 0), (((A, -1), (Y, 1)), 0)),
}
"""Of each kind the inequalities: places with coefficients, and a bound."""


def rows_of(source: AndOrNot) -> tuple[list[Row], Integers]:
    """The inequalities of inputs and gates.

    Returns:
        Two rows an input, which fix its value, then those of `SHAPES` for each gate; and for each
        row the wire that it is made for.
    """
    n = len(source.values)
    rows: list[Row] = []
    for wire, value in enumerate(source.values):
        rows += [(((wire, 1),), value), (((wire, -1),), -value)]
    kinds, operands = source.gates.kind.tolist(), source.gates.operands[:, :2].tolist()
    for gate, (kind, wires) in enumerate(zip(kinds, operands, strict=True), n):
        at = (*wires, gate)
        for shape, bound in SHAPES[kind]:
            rows.append((tuple([(at[place], c) for place, c in shape]), bound))
    count = np.array([len(SHAPES[kind]) for kind in range(BUFFER + 1)])
    gates = n + np.repeat(np.arange(len(kinds)), count[source.gates.kind])
    return rows, np.concatenate((np.repeat(np.arange(n), 2), gates))


def row_count(inputs: Size, ands: Size, ors: Size, nots: Size, buffers: Size) -> Size:
    """Number of the rows."""
    return 2 * inputs + 4 * ands + 4 * ors + 2 * nots + 2 * buffers


def term_count(inputs: Size, ands: Size, ors: Size, nots: Size, buffers: Size) -> Size:
    """Number of their coefficients."""
    return 2 * inputs + 8 * ands + 8 * ors + 4 * nots + 4 * buffers


def rows_by_forcing(source: AndOrNot) -> list[Row]:
    """Others, with all numbers doubled: what forces a gate to 1 or 0 is 1 only where the gate is.

    For each least set that forces 1: the gate is at least 1 less the sum of what the set lacks; for
    each that forces 0: at most the sum of what it lacks. What lacks of x = 1 is 1 - x.
    """
    rows: list[Row] = [((), 0)]
    for wire, value in enumerate(source.values):
        rows += [(((wire, -2),), -2 * value), (((wire, 2),), 2 * value)]
    for gate, (terms, threshold) in enumerate(source.rows, len(source.values)):
        rows += [(((gate, -2),), 0), (((gate, 2),), 2)]
        for result in (1, 0):
            own = -2 if result else 2
            for pairs in forcing_sets(terms, threshold, result):
                lacking = [(wire, 2 if wanted else -2) for wire, wanted in pairs]
                ones = sum(wanted for _, wanted in pairs)
                bound = 2 * (ones - 1) if result else 2 * ones
                rows.append(((*lacking, (gate, own)), bound))
    return rows
