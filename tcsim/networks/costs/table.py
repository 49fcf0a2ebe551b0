"""Table: no gate. Every form reads the wires of its value, also those of equal entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.table import Table


def cost(
    operation: Table, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """The weights are steps of the table, or its entries where the code is one-hot."""
    del origin
    if x.kind == "one_hot":
        weight = quantity("D", operation.largest, "largest entry of a table")
    else:
        weight = quantity("D", operation.largest_step, "largest step of a table")
    return Operands(x.shape, x.supports, weight, x.level, exact=x.exact), []
