"""Argmax: V(V-1)/2 comparisons, then V ANDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, Support, product
from tcsim.networks.costs.pairs import pairs
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.argmax import Argmax


def cost(
    operation: Argmax, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Each comparison reads the wires of two forms."""
    del operation, quantity  # the number of classes has its symbol already
    *rest, classes = x.shape
    count = product(rest)
    compares, level = pairs(x)
    ands = Part(count * classes, count * classes * (classes - 1), classes - 1, 1, level + 1)
    support = Support(origin, classes)
    shape = (*rest, 1)
    made = Operands(shape, (support,), classes - 1, level + 1, "one_hot", classes - 1)
    return made, [compares, ands]
