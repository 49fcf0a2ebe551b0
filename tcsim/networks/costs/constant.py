"""Constant: no gate, and nothing that a form would read: constants are no wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.constant import Constant


def cost(
    operation: Constant, quantity: Quantities, origin: int, beside: Operands
) -> tuple[Operands, list[Part]]:
    """Forms take constants into their own constant: no operand."""
    del origin, beside
    code = operation.code
    wires, weight = quantity.word(code.kind, code.steps)
    del wires
    return Operands(operation.integers.shape, (), weight, 0, code.kind, code.steps), []
