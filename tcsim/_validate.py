"""Checks that arrays describe a circuit: run once, when a Circuit is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import CircuitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_BLOCK = 1 << 15
"""Forms that are checked at a time, so that what is in between stays in the cache."""


def validate(circuit: Circuit) -> None:
    """Check every rule of the Circuit's arrays.

    Raises:
        CircuitError: names the form, gate, output or name at fault.
    """
    _check_forms(circuit)
    _check_gates(circuit)
    _check_order(circuit)
    validate_ports(circuit)


def validate_ports(circuit: Circuit) -> None:
    """Check the outputs and the names alone.

    Raises:
        CircuitError: names the output or name at fault.
    """
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
    """Operands increase and come before their readers: no cycle can be written down."""
    highest = np.maximum.accumulate(c.gate_form)
    for first in range(0, c.n_forms, _BLOCK):
        start = c.form_start[first : first + _BLOCK + 1]
        length = np.diff(start)
        form = np.arange(first, first + len(length))
        # A form is born with the first gate that uses it or a later form; its wires must exist.
        born = np.searchsorted(highest, form)
        terms = slice(start[0], start[-1])
        _check_operands(c, c.form_operand[terms], np.repeat(form, length), np.repeat(born, length))


def _check_operands(c: Circuit, operand: Integers, form: Integers, born: Integers) -> None:
    """Check the operands of some forms, each with its form and the gate that needs it first."""
    fallen = (operand[1:] <= operand[:-1]) & (form[1:] == form[:-1])
    if fallen.any():
        term = int(np.argmax(fallen)) + 1
        raise CircuitError(
            f"form {form[term]}: operand {operand[term]} follows {operand[term - 1]}; "
            "the operands of a form must strictly increase"
        )
    late = (operand < 0) & (~operand >= form)
    if late.any():
        term = int(np.argmax(late))
        raise CircuitError(f"form {form[term]} uses form {~operand[term]}, which is not earlier")
    late = operand >= c.n_inputs + born
    if late.any():
        term = int(np.argmax(late))
        wire = int(operand[term])
        if wire >= c.n_inputs + c.size:
            raise CircuitError(
                f"form {form[term]} reads wire {wire}, but the last is {c.n_inputs + c.size - 1}"
            )
        raise CircuitError(
            f"form {form[term]} reads gate {wire - c.n_inputs}, which comes at or after the gate "
            "that needs the form: gates must be numbered before their readers, and there is no "
            "cycle"
        )


def _check_outputs(c: Circuit) -> None:
    if len(c.output_wire) != len(c.output_names):
        raise CircuitError(
            f"{len(c.output_wire)} output_wire but {len(c.output_names)} output_names"
        )
    last = c.n_inputs + c.size - 1
    outside = (c.output_wire < -2) | (c.output_wire > last)
    _refuse(outside, f"output {{}} is wire {{}}, but the last is {last}", c.output_wire)


def _check_names(c: Circuit) -> None:
    _check_distinct(c.input_names, "input")
    _check_distinct(c.output_names, "output")
    _check_distinct(c.scope_names, "scope")
    if not c.scope_names or c.scope_names[0] != "":
        raise CircuitError("scope_names[0] must be the root scope ''")
    if not (c.gate_names or c.form_names):
        return
    for kind, names, count in (("gate", c.gate_names, c.size), ("form", c.form_names, c.n_forms)):
        for number, name in names.items():
            if not 0 <= number < count:
                raise CircuitError(f"the name {name!r} is given to {kind} {number} of {count}")
    _check_distinct(
        [*c.input_names, *c.gate_names.values(), *c.form_names.values()], "wire or form"
    )


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


def _refuse(bad: object, message: str, values: Integers | None = None) -> None:
    bad = np.asarray(bad)
    if bad.any():
        where = int(np.argmax(bad))
        raise CircuitError(message.format(where, None if values is None else values[where]))
