"""The description of a circuit, as a machine writes it: records of numbers on the output tape.

``0 n ;`` n inputs. ``1 threshold weight wire weight wire ... ;`` one gate; wires are numbered,
inputs first. ``2 wire ... ;`` the outputs, in order; -2 is the constant 0, -1 the constant 1.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError
from tcsim.measure import flat_forms
from tcsim.uniformity.tape import records, text

if TYPE_CHECKING:
    from collections.abc import Sequence

INPUTS, GATE, OUTPUTS = 0, 1, 2
"""What a record describes: its first number."""


def describe(circuit: Circuit) -> str:
    """The description of a circuit. Names and the sharing of forms are not part of it.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 2)
        >>> b.output("and", x[0] & x[1])
        >>> describe(b.build())
        '0,10,;1,10,1,0,1,1,;10,10,;'
    """
    flat, thresholds = flat_forms(circuit), circuit.thresholds.tolist()
    start, wires, weights = flat.start.tolist(), flat.operand.tolist(), flat.weight.tolist()
    parts = [text([INPUTS, circuit.n_inputs]), ";"]
    for form, threshold in zip(circuit.gate_form.tolist(), thresholds, strict=True):
        row = slice(start[form], start[form + 1])
        pairs = zip(weights[row], wires[row], strict=True)
        parts += [text([GATE, threshold, *(number for pair in pairs for number in pair)]), ";"]
    parts += [text([OUTPUTS, *circuit.output_wire.tolist()]), ";"]
    return "".join(parts)


def read_description(tape: str) -> Circuit:
    """The circuit that a description describes.

    Raises:
        ArgumentError: it is no description; the message names the record.
        CircuitError: it describes no circuit, such as a gate that reads a later one.
    """
    inputs: int | None = None
    outputs: Sequence[int] | None = None
    start, wires, weights, thresholds = [0], [], [], []
    for place, (kind, *numbers) in enumerate(map(_tagged, records(tape))):
        if outputs is not None:
            raise ArgumentError(f"record {place} follows the outputs, which are the last")
        if kind == INPUTS and inputs is None and len(numbers) == 1 and numbers[0] >= 0:
            inputs = numbers[0]
        elif kind == GATE and inputs is not None and len(numbers) % 2:
            thresholds.append(numbers[0])
            pairs = sorted(
                zip(islice(numbers, 2, None, 2), islice(numbers, 1, None, 2), strict=True)
            )
            wires += [wire for wire, _ in pairs]
            weights += [weight for _, weight in pairs]
            start.append(len(wires))
        elif kind == OUTPUTS and inputs is not None:
            outputs = numbers
        else:
            raise ArgumentError(
                f"record {place}, {[kind, *numbers][:6]}, is not the number of inputs, then a gate "
                f"(threshold and pairs of weight and wire) or the outputs"
            )
    if inputs is None or outputs is None:
        raise ArgumentError("a description holds the number of inputs, the gates, and the outputs")
    return Circuit(
        input_names=[f"x[{i}]" for i in range(inputs)],
        form_start=start,
        form_operand=np.array(wires, np.int64),
        form_weight=weights or np.zeros(0, np.int64),
        gate_form=np.arange(len(thresholds)),
        gate_threshold=thresholds or np.zeros(0, np.int64),
        output_wire=np.array(outputs, np.int64),
        output_names=[f"y[{i}]" for i in range(len(outputs))],
    )


def _tagged(record: list[int]) -> list[int]:
    return record or [-1]
