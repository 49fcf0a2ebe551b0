"""Restrict: fix some inputs to constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.transform.rebuild import Copy
from tcsim.transform.simplify import simplify as simplified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.circuit import Circuit


def restrict(circuit: Circuit, values: Mapping[str, int], *, simplify: bool = True) -> Circuit:
    """The circuit in which some inputs are constants; the other inputs stay, in their order.

    Args:
        circuit: any circuit.
        values: {input name: 0 or 1}.
        simplify: remove what the constants make superfluous; else gates stay one to one, with the
            constants moved into their thresholds.

    Returns:
        A circuit with ``n_inputs - len(values)`` inputs and the same outputs; not deeper, and not
        larger, than the given one.

    Raises:
        ArgumentError: an unknown input, or a value that is not 0 or 1.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 3)))
        >>> tc.transform.restrict(b.build(), {"x[0]": 1}).gates[0].kind
        'or'
    """
    wires = {name: wire for wire, name in enumerate(circuit.input_names)}
    for name, value in values.items():
        if name not in wires:
            raise ArgumentError(f"there is no input named {name!r}")
        if value not in (0, 1):
            raise ArgumentError(f"input {name!r} must be fixed to 0 or 1, not {value!r}")
    copy = Copy(circuit)
    for name, wire in wires.items():
        fixed = name in values
        copy.signals[wire] = (
            copy.builder.constant(int(values[name])) if fixed else copy.builder.input(name)
        )
    copy.add_gates()
    result = copy.finish()
    return simplified(result) if simplify else result
