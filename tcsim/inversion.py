"""Inverted outputs: an inverted output complements its gate, and the gate's readers absorb it.

A NOT gate appears only where an output is an inverted input, or where both polarities of one gate
are outputs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tcsim.circuit import Circuit
from tcsim.integers import from_list

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.typing import AnyIntegers, Integers


def settle_outputs(inverted: npt.NDArray[np.bool_], **fields: Any) -> Circuit:  # noqa: ANN401
    """The circuit of the given arrays, in which the marked outputs are complemented.

    Args:
        inverted: bool, shape (outputs,): which entries of ``output_wire`` are read inverted; no
            constant may be.
        fields: the arguments of `Circuit`; ``form_weight`` and ``gate_threshold`` are integer
            arrays (int64 or object).
    """
    if inverted.any():
        wires = np.array(fields["output_wire"], np.int64)
        plan = plan_outputs(inverted, wires, len(fields["input_names"]), len(fields["gate_form"]))
        _complement_gates(fields, plan.complemented)
        _append_not_gates(fields, plan.negated)
        fields["output_wire"] = plan.output_wire
    return Circuit(**fields)


class OutputPlan(NamedTuple):
    """What becomes of inverted outputs.

    Attributes:
        complemented: int64, the gates to replace by their complements, increasing.
        negated: int64, the wires that get a NOT gate behind the last gate, in this order.
        output_wire: int64, shape (outputs,): the outputs then.
    """

    complemented: Integers
    negated: Integers
    output_wire: Integers


def plan_outputs(
    inverted: npt.NDArray[np.bool_], wires: Integers, n_inputs: int, size: int
) -> OutputPlan:
    """Which gates are complemented and which wires get a NOT gate.

    Args:
        inverted: bool, shape (outputs,): which outputs are read inverted; no constant may be.
        wires: int64, shape (outputs,).
        n_inputs: number of inputs.
        size: number of gates.
    """
    plain = np.unique(wires[~inverted])
    complemented = np.setdiff1d(wires[inverted & (wires >= n_inputs)], plain)
    needs_not = inverted & ~np.isin(wires, complemented)
    negated, which = np.unique(wires[needs_not], return_inverse=True)
    outputs = wires.copy()
    outputs[needs_not] = n_inputs + size + which
    return OutputPlan(complemented - n_inputs, negated, outputs)


def _complement_gates(fields: dict[str, Any], gates: Integers) -> None:
    """Replace each gate by its complement and flip the weights of its readers."""
    _give_own_forms(fields, gates)
    n_inputs, start = len(fields["input_names"]), fields["form_start"]
    operand: Integers = fields["form_operand"]
    gate_form: Integers = fields["gate_form"]
    exact = _exact_type(fields)
    weight: AnyIntegers = fields["form_weight"].astype(exact)
    threshold: AnyIntegers = fields["gate_threshold"].astype(exact)
    row = np.repeat(np.arange(len(start) - 1), np.diff(start))
    flipped = np.zeros(len(gate_form) + n_inputs, bool)
    flipped[gates + n_inputs] = True
    read = (operand >= 0) & flipped[np.maximum(operand, 0)]
    # w * g = w - w * (1 - g): the reader's form loses the constant w, to its gates' thresholds.
    weight[read] = -weight[read]
    shift: AnyIntegers = np.zeros(len(start) - 1, dtype=exact)
    np.add.at(shift, row[read], -weight[read])
    for term in np.flatnonzero(operand < 0):
        shift[row[term]] += weight[term] * shift[~operand[term]]
    threshold = threshold - shift[gate_form]
    # form >= t fails iff -form >= 1 - t; these forms belong to their gate alone.
    mine = np.zeros(len(start) - 1, bool)
    mine[gate_form[gates]] = True
    weight[mine[row]] = -weight[mine[row]]
    threshold[gates] = 1 - threshold[gates]
    fields["form_weight"] = weight if exact is np.int64 else from_list(weight.tolist())
    fields["gate_threshold"] = threshold if exact is np.int64 else from_list(threshold.tolist())
    # A name names a value: it goes with the complemented gates, and with forms off by a constant.
    gone, off = set(gates.tolist()), set(np.flatnonzero(shift).tolist())
    for key, changed in (("gate_names", gone), ("form_names", off)):
        names = fields.get(key, {})
        fields[key] = {number: name for number, name in names.items() if number not in changed}


def _give_own_forms(fields: dict[str, Any], gates: Integers) -> None:
    """Give each of the gates a form that no other gate or form uses."""
    start, operand, gate_form = fields["form_start"], fields["form_operand"], fields["gate_form"]
    forms = len(start) - 1
    uses = np.bincount(gate_form, minlength=forms)
    uses += np.bincount(~operand[operand < 0], minlength=forms)
    for form in fields.get("form_names", {}):
        uses[form] += 1  # a form with a name keeps its meaning
    shared = gates[uses[gate_form[gates]] > 1]
    if not len(shared):
        return
    # A one-term form ~f is put right behind each such form f, one per gate.
    source = np.sort(gate_form[shared], kind="stable")
    shared = shared[np.argsort(gate_form[shared], kind="stable")]
    added = np.bincount(source, minlength=forms)
    moved = np.arange(forms) + np.concatenate(([0], np.cumsum(added)[:-1]))
    target = np.ones(forms + len(shared), bool)
    target[moved] = False
    copies = np.flatnonzero(target)
    ends = start[source + 1]
    renamed = operand.copy()
    renamed[operand < 0] = ~moved[~operand[operand < 0]]
    lengths = np.ones(forms + len(shared), np.int64)
    lengths[moved] = np.diff(start)
    fields["form_start"] = np.concatenate(([0], np.cumsum(lengths)))
    fields["form_operand"] = np.insert(renamed, ends, ~moved[source])
    fields["form_weight"] = np.insert(fields["form_weight"], ends, 1)
    gate_form = moved[gate_form]
    gate_form[shared] = copies
    fields["gate_form"] = gate_form
    if "form_names" in fields:
        names = fields["form_names"].items()
        fields["form_names"] = {int(moved[form]): name for form, name in names}


def _append_not_gates(fields: dict[str, Any], sources: Integers) -> None:
    """Add one NOT gate per source wire."""
    count, forms = len(sources), len(fields["form_start"]) - 1
    last_term = fields["form_start"][-1]
    grown = {
        "form_start": last_term + 1 + np.arange(count),
        "form_operand": sources,
        "form_weight": np.full(count, -1),
        "gate_form": forms + np.arange(count),
        "gate_threshold": np.zeros(count, np.int64),
        "gate_scope": np.zeros(count, np.int64),
    }
    for name, more in grown.items():
        if name in fields:
            fields[name] = np.concatenate((fields[name], more))


def _exact_type(fields: dict[str, Any]) -> type:
    """int64 where no sum of weights and thresholds can leave it, else Python integers."""
    largest = 0.0
    for name in ("form_weight", "gate_threshold"):
        values = fields[name]
        if values.dtype == object:
            return object
        largest += float(np.abs(values).sum(dtype=np.float64))
    nested = bool((fields["form_operand"] < 0).any())
    return object if nested or largest >= 2.0**62 else np.int64
