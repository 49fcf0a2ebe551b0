"""Cost of a `Lengthwise`: that of its example, as a formula of the shapes of its operands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tcsim.networks.catalog import module_of

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.importers.onnx.lengthwise import Lengthwise


def cost(
    operation: Lengthwise, quantity: Quantities, origin: int, *operands: Operands
) -> tuple[Operands, list[Part]]:
    """Whether that holds at other lengths is tried where the network is opened."""
    made = import_module(module_of(operation.example, "costs")).cost
    found: tuple[Operands, list[Part]] = made(operation.example, quantity, origin, *operands)
    return found
