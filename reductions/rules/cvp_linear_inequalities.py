"""CVP to linear inequalities: without that for the output, one point satisfies them, the values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import CVP, AndOrNot
from reductions.problems.linear_inequalities import (
    LINEAR_INEQUALITIES,
    LinearInequalities,
    forced,
    verify,
)
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gate_inequalities import row_count, rows_by_forcing, rows_of, term_count
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_rules import linear_inequalities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.exact_feasibility import Point


def forward(source: AndOrNot) -> Mapped[LinearInequalities]:
    """Wires are variables; the last row says that the output is at least 1."""
    rows, wires = rows_of(source)
    rows.append((((source.output, -1),), -1))
    result = LinearInequalities(len(source.values) + source.circuit.size, tuple(rows))
    return Mapped(result, Provenance("row", "wire", np.append(wires, source.output)))


def back(source: AndOrNot, _: Mapped[LinearInequalities], point: Point) -> str:
    """Each gate is claimed to be what the point says."""
    return "".join("1" if value == 1 else "0" for value in point[len(source.values) :])


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, nots: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "variables": inputs + gates,
        "rows": row_count(inputs, ands, ors, nots, buffers) + 1,
        "terms": term_count(inputs, ands, ors, nots, buffers) + 1,
    }


def only_the_values(source: AndOrNot, system: LinearInequalities) -> bool:
    """Whether the values of the wires satisfy inequalities, and no other point does."""
    values = tuple(Fraction(value) for value in wire_values(source))
    return forced(system) == values and verify(system, values)


def holds(source: AndOrNot, mapped: Mapped[LinearInequalities]) -> bool:
    """Whether one point satisfies all rows but the last: the values of the wires."""
    one = mapped.instance
    return only_the_values(source, LinearInequalities(one.variables, one.rows[:-1]))


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(AndOrNot, forward, holds)


def second(source: AndOrNot) -> LinearInequalities:
    """By the sets of operands that force a gate, with all numbers doubled, in reverse order."""
    rows = [*rows_by_forcing(source), (((source.output, -2),), -2)]
    variables = len(source.values) + source.circuit.size
    return LinearInequalities(variables, tuple(reversed(rows)))


RULE: Reduction[AndOrNot, str, LinearInequalities, Point] = Reduction(
    name="cvp_linear_inequalities",
    source=CVP,
    target=LINEAR_INEQUALITIES,
    summary="Inequalities for each gate y: NOT y = 1 - x; AND y <= a, y <= b, y >= a + b - 1, y >= "
    "0; OR y >= a, y >= b, y <= a + b, y <= 1. Only the values of the wires satisfy them.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each inequality is read off one gate or input",
    reference="Dobkin, Lipton, Reiss 1979; Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel "
    "Computation, A.4.2",
    back=back,
    invariant=Invariant(
        "one point satisfies all rows but the last: the values of the wires", holds, steps
    ),
    metered=linear_inequalities(),
    second=second,
)
