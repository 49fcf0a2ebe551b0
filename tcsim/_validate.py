"""Checks that arrays describe a circuit: run once, when a Circuit is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import CircuitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers


def validate(circuit: Circuit) -> None:
    """Check every rule of the Circuit's arrays.

    Raises:
        CircuitError: names the form, gate, output or name at fault.
    """
    _check_forms(circuit)
    _check_gates(circuit)
    _check_order(circuit)
    _check_outputs(circuit)
    _check_names(circuit)


def _check_forms(c: Circuit) -> None:
    start, terms = c.form_start, len(c.form_operand)
    if len(start) == 0 or start[0] != 0 or start[-1] != terms:
        raise CircuitError(f"form_start must run from 0 to {terms}, the number of form_operand")
    if len(c.form_weight) != terms:
        raise CircuitError(f"{terms} form_operand but {len(c.form_weight)} form_weight")
    # Compared and not subtracted: differences of hostile values would wrap around.
    _refuse(start[1:] < start[:-1], "form {} ends before it starts")
    first = np.zeros(terms, bool)
    first[start[:-1][start[:-1] < terms]] = True
    unsorted = np.zeros(terms, bool)
    unsorted[1:] = (c.form_operand[1:] <= c.form_operand[:-1]) & ~first[1:]
    if unsorted.any():
        term = int(np.argmax(unsorted))
        raise CircuitError(
            f"form {_form_of(start, term)}: operand {c.form_operand[term]} follows "
            f"{c.form_operand[term - 1]}; the operands of a form must strictly increase"
        )


def _check_gates(c: Circuit) -> None:
    gates, forms = len(c.gate_form), len(c.form_start) - 1
    if len(c.gate_threshold) != gates or len(c.gate_scope) != gates:
        raise CircuitError(
            f"{gates} gate_form, {len(c.gate_threshold)} gate_threshold and "
            f"{len(c.gate_scope)} gate_scope: there must be one of each per gate"
        )
    outside = (c.gate_form < 0) | (c.gate_form >= forms)
    _refuse(outside, f"gate {{}} uses form {{}}, but the last is {forms - 1}", c.gate_form)
    outside = (c.gate_scope < 0) | (c.gate_scope >= len(c.scope_names))
    _refuse(outside, "gate {} has the unknown scope {}", c.gate_scope)


def _check_order(c: Circuit) -> None:
    """Operands come before their readers: no cycle can be written down."""
    forms, gates = len(c.form_start) - 1, len(c.gate_form)
    row = np.repeat(np.arange(forms), np.diff(c.form_start))
    nested = c.form_operand < 0
    late = nested & (~c.form_operand >= row)
    if late.any():
        term = int(np.argmax(late))
        raise CircuitError(
            f"form {row[term]} uses form {~c.form_operand[term]}, which is not earlier"
        )
    # A form is born with the first gate that uses it or a later form; its wires must exist then.
    born = np.searchsorted(np.maximum.accumulate(c.gate_form), np.arange(forms)) if gates else 0
    limit = c.n_inputs + (np.broadcast_to(born, forms) if forms else np.zeros(0, np.int64))
    late = ~nested & (c.form_operand >= limit[row])
    if late.any():
        term = int(np.argmax(late))
        wire, form = int(c.form_operand[term]), int(row[term])
        if wire >= c.n_inputs + gates:
            raise CircuitError(
                f"form {form} reads wire {wire}, but the last is {c.n_inputs + gates - 1}"
            )
        raise CircuitError(
            f"form {form} reads gate {wire - c.n_inputs}, which comes at or after the gate that "
            f"needs the form: gates must be numbered before their readers, and there is no cycle"
        )


def _check_outputs(c: Circuit) -> None:
    if len(c.output_wire) != len(c.output_names):
        raise CircuitError(
            f"{len(c.output_wire)} output_wire but {len(c.output_names)} output_names"
        )
    last = c.n_inputs + len(c.gate_form) - 1
    outside = (c.output_wire < -2) | (c.output_wire > last)
    _refuse(outside, f"output {{}} is wire {{}}, but the last is {last}", c.output_wire)


def _check_names(c: Circuit) -> None:
    _check_distinct(c.input_names, "input")
    _check_distinct(c.output_names, "output")
    _check_distinct(c.scope_names, "scope")
    if not c.scope_names or c.scope_names[0] != "":
        raise CircuitError("scope_names[0] must be the root scope ''")
    for kind, names, count in (
        ("gate", c.gate_names, len(c.gate_form)),
        ("form", c.form_names, len(c.form_start) - 1),
    ):
        for number, name in names.items():
            if not 0 <= number < count:
                raise CircuitError(f"the name {name!r} is given to {kind} {number} of {count}")
    inner = [*c.input_names, *c.gate_names.values(), *c.form_names.values()]
    if c.gate_names or c.form_names:
        _check_distinct(inner, "wire or form")


def _check_distinct(names: Sequence[str], what: str) -> None:
    for name in names:
        if not isinstance(name, str):
            raise CircuitError(f"the {what} name {name!r} is not a string")
    if len(set(names)) == len(names):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CircuitError(f"two {what}s are named {name!r}")
        seen.add(name)


def _form_of(start: Integers, term: int) -> int:
    return int(np.searchsorted(start, term, side="right")) - 1


def _refuse(bad: object, message: str, values: Integers | None = None) -> None:
    bad = np.asarray(bad)
    if bad.any():
        where = int(np.argmax(bad))
        raise CircuitError(message.format(where, None if values is None else values[where]))
