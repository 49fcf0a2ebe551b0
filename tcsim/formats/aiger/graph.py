"""An and-inverter graph as arrays, and the circuit that it stands for.

Variables are numbered as in a binary file: 0 is the constant 0, then come the inputs, then the ANDs
in an order in which operands come first. The literal of variable v is 2v, inverted 2v + 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.formats.aiger.draft import Draft

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
        draft = Draft(len(self.input_names), len(self.left), self.outputs)
        draft.fill(self.left, self.right)
        return draft.circuit(self.input_names, self.output_names)
