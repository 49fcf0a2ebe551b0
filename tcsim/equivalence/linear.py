"""Equivalence as one model of OR-tools' CP-SAT: every gate is a reified linear constraint.

No gate is taken apart, so a weighted gate of a thousand inputs is two constraints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import LimitError, MissingExtraError
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

CpSat: TypeAlias = Any
"""Something of OR-tools' CP-SAT, which is not imported for its types."""

_LARGEST_SUM = 2**52
"""Sums of absolute weights beyond this are refused; CP-SAT computes in int64."""


@dataclass(frozen=True)
class Answer:
    """What the solver said.

    Attributes:
        equal: None at the time limit.
        inputs: where it is False: an input, 0/1, shape (inputs,).
        constraints: of the model.
        conflicts: of the solver.
    """

    equal: bool | None
    inputs: list[int] | None
    constraints: int
    conflicts: int


def require_cp_sat() -> CpSat:
    """OR-tools' module of CP-SAT.

    Raises:
        MissingExtraError: OR-tools is not installed.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError as error:
        raise MissingExtraError("ortools", "sat", "solving linear constraints") from error
    return cp_model


def differing_input(
    a: Circuit,
    b: Circuit,
    inputs: Integers,
    outputs: Integers,
    *,
    time_limit: float = float("inf"),
) -> Answer:
    """An input on which two circuits differ, or that there is none.

    Args:
        a: the one circuit.
        b: the other.
        inputs: int64: input k of A is input ``inputs[k]`` of B.
        outputs: the same of outputs.
        time_limit: seconds.

    Raises:
        MissingExtraError: OR-tools is not installed.
        LimitError: a gate's weights are too large for the solver.
    """
    cp_model = require_cp_sat()
    model = cp_model.CpModel()
    mine = [model.new_bool_var("") for _ in range(a.n_inputs)]
    theirs: list[Any] = [None] * a.n_inputs
    for place, variable in zip(inputs.tolist(), mine, strict=True):
        theirs[place] = variable
    weighted_sum = cp_model.LinearExpr.weighted_sum
    ends_a, ends_b = _gates(model, weighted_sum, a, mine), _gates(model, weighted_sum, b, theirs)
    some = []
    for k, x in enumerate(ends_a):
        y = ends_b[int(outputs[k])]
        if x is not y:
            differs = model.new_bool_var("")
            model.add(x + y == 1).only_enforce_if(differs)
            some.append(differs)
    model.add_bool_or(some)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same run every time
    if time_limit < float("inf"):
        solver.parameters.max_time_in_seconds = max(time_limit, 0.0)
    status = solver.solve(model)
    size, conflicts = len(model.proto.constraints), solver.num_conflicts
    if status == cp_model.INFEASIBLE:
        return Answer(True, None, size, conflicts)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = [int(solver.value(variable)) for variable in mine]
        return Answer(False, found, size, conflicts)
    return Answer(None, None, size, conflicts)


def _gates(model: CpSat, weighted_sum: CpSat, circuit: Circuit, inputs: list[Any]) -> list[Any]:
    """Add the gates of a circuit; the variables of its outputs."""
    flat = flat_forms(circuit)
    start, operand, weight = flat.start.tolist(), flat.operand.tolist(), flat.weight.tolist()
    wires = list(inputs)
    for form, threshold in zip(
        circuit.gate_form.tolist(), circuit.thresholds.tolist(), strict=True
    ):
        part = slice(start[form], start[form + 1])
        weights = weight[part]
        if sum(map(abs, weights)) + abs(threshold) > _LARGEST_SUM:
            raise LimitError(
                "a gate has weights beyond what the solver computes with: take method sat"
            )
        y = model.new_bool_var("")
        total = weighted_sum([wires[wire] for wire in operand[part]], weights)
        model.add(total >= threshold).only_enforce_if(y)
        model.add(total <= threshold - 1).only_enforce_if(y.negated())
        wires.append(y)
    constants = {wire: model.new_constant(wire + 2) for wire in (-2, -1)}
    return [wires[wire] if wire >= 0 else constants[wire] for wire in circuit.output_wire.tolist()]
