"""Indicators: no gate; each value stands on one wire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.indicators import Indicators


def cost(
    operation: Indicators, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """The wires are those of the operand."""
    del operation, quantity, origin
    supports = tuple(replace(one, wires=1, mixed=frozenset()) for one in x.supports)
    shape = (*x.shape[:-1], x.steps + 1)
    return Operands(shape, supports, 1, x.level, "thermometer", 1, x.exact), []
