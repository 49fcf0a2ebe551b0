"""The oracle: one vector after another, in Python integers, straight from the definition.

Every other engine is checked against this one, so it shares no code with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Integers


def reference(circuit: Circuit, batch: Bits, wires: Integers) -> Bits:
    """The values of some wires.

    Args:
        circuit: any circuit.
        batch: 0/1, shape (vectors, inputs).
        wires: shape (wires,): wire numbers, or `FALSE` or `TRUE`.

    Returns:
        0/1, shape (vectors, wires).
    """
    forms = [circuit.terms(form) for form in range(circuit.n_forms)]
    gates = [
        (form, circuit.threshold(gate)) for gate, form in enumerate(circuit.gate_form.tolist())
    ]
    wanted = wires.tolist()
    result = np.empty((len(batch), len(wanted)), np.uint8)
    for row, vector in enumerate(batch.tolist()):
        # FALSE is wire -2 and TRUE wire -1, where Python finds the last two values of a list.
        values = [*_wire_values(forms, gates, vector), 0, 1]
        result[row] = [values[wire] for wire in wanted]
    return result


def _wire_values(
    forms: list[list[tuple[int, int]]], gates: list[tuple[int, int]], vector: list[int]
) -> list[int]:
    """Values of the inputs and of all gates, in order."""
    values = list(vector)
    sums: list[int] = []
    for form, threshold in gates:
        # When a gate may use a form, all wires of that form and of every earlier one are known.
        for terms in forms[len(sums) : form + 1]:
            total = 0
            for operand, weight in terms:
                total += weight * (values[operand] if operand >= 0 else sums[~operand])
            sums.append(total)
        values.append(int(sums[form] >= threshold))
    return values
