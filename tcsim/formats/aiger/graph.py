"""An and-inverter graph as arrays, and the circuit that it stands for.

Variables are numbered as in a binary file: 0 is the constant 0, then come the inputs, then the ANDs
in an order in which operands come first. The literal of variable v is 2v, inverted 2v + 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import FALSE
from tcsim.inversion import settle_outputs

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers


@dataclass(frozen=True)
class Graph:
    """ANDs of two literals.

    Attributes:
        input_names: one name per input.
        left: int64, shape (ands,): the larger literal of each AND.
        right: int64, shape (ands,): the smaller one.
        outputs: int64, shape (outputs,), literals.
        output_names: one name per output.
    """

    input_names: list[str]
    left: Integers
    right: Integers
    outputs: Integers
    output_names: list[str]

    def circuit(self) -> Circuit:
        """The circuit with one gate per AND, and NOT gates where outputs need them."""
        high, low = self.left >> 1, self.right >> 1
        high_sign, low_sign = 1 - 2 * (self.left & 1), 1 - 2 * (self.right & 1)
        # Literals are ordered, so a constant stands right, unless both are constants.
        merged = high == low
        count = (high > 0).astype(np.int64) + ((low > 0) & ~merged)
        start = np.concatenate(([0], np.cumsum(count)))
        operand, weight = np.zeros(start[-1], np.int64), np.zeros(start[-1], np.int64)
        one, two = count > 0, count == 2
        last = start[1:][one] - 1
        operand[last] = high[one] - 1
        weight[last] = (high_sign + np.where(merged, low_sign, 0))[one]
        first = start[:-1][two]
        operand[first] = low[two] - 1
        weight[first] = low_sign[two]
        # NOT y is 1 - y, and the literal 1 is 1 - 0: each inversion lowers the threshold by one.
        threshold = 2 - (self.left & 1) - (self.right & 1)
        wire, inverted = (self.outputs >> 1) - 1, (self.outputs & 1).astype(bool)
        constant = wire < 0
        return settle_outputs(
            inverted & ~constant,
            input_names=self.input_names,
            form_start=start,
            form_operand=operand,
            form_weight=weight,
            gate_form=np.arange(len(high)),
            gate_threshold=threshold,
            output_wire=np.where(constant, FALSE + inverted, wire),
            output_names=self.output_names,
        )
