"""CVP to linear programming: under the inequalities of all gates, the output is to be large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.problems.circuits import CVP, AndOrNot
from reductions.problems.linear_inequalities import LinearInequalities
from reductions.problems.linear_program import LINEAR_PROGRAM, LinearProgram
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.cvp_linear_inequalities import only_the_values
from reductions.rules.gate_inequalities import row_count, rows_by_forcing, rows_of, term_count
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_rules import linear_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.exact_feasibility import Point


def forward(source: AndOrNot) -> Mapped[LinearProgram]:
    """Wires are variables; the objective is the output, the threshold 1."""
    rows, wires = rows_of(source)
    system = LinearInequalities(len(source.values) + source.circuit.size, tuple(rows))
    result = LinearProgram(system, ((source.output, 1),), 1)
    return Mapped(result, Provenance("row", "wire", wires))


def back(source: AndOrNot, _: Mapped[LinearProgram], point: Point) -> str:
    """Each gate is claimed to be what the point says."""
    return "".join("1" if value == 1 else "0" for value in point[len(source.values) :])


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, nots: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "variables": inputs + gates,
        "rows": row_count(inputs, ands, ors, nots, buffers),
        "terms": term_count(inputs, ands, ors, nots, buffers) + 1,
    }


def holds(source: AndOrNot, mapped: Mapped[LinearProgram]) -> bool:
    """Whether one point satisfies the inequalities: the values of the wires."""
    return only_the_values(source, mapped.instance.system)


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(AndOrNot, forward, holds)


def second(source: AndOrNot) -> LinearProgram:
    """By the sets of operands that force a gate, with all numbers doubled, and twice the output."""
    variables = len(source.values) + source.circuit.size
    system = LinearInequalities(variables, tuple(reversed(rows_by_forcing(source))))
    return LinearProgram(system, ((source.output, 2),), 2)


RULE: Reduction[AndOrNot, str, LinearProgram, Point] = Reduction(
    name="cvp_linear_program",
    source=CVP,
    target=LINEAR_PROGRAM,
    summary="The inequalities of all inputs and gates leave one point, the values of the wires; so "
    "the optimum of the output variable is the value of the output.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each inequality is read off one gate or input",
    reference="Dobkin, Lipton, Reiss 1979, Linear programming is log-space hard for P",
    back=back,
    invariant=Invariant(
        "one point satisfies the inequalities: the values of the wires", holds, steps
    ),
    metered=linear_program(),
    second=second,
)
