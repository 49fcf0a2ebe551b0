"""Argmax: V(V-1)/2 comparisons, then V ANDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, Support, half, latest, most, product
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
    pairs = count * half(classes * (classes - 1))
    wires = most(x.pair(-1))
    level = latest(x.level, len(rest), len(x.shape))
    parts = [
        Part(pairs, pairs * wires, wires, 2 * x.weight, level + 1, x.exact),
        Part(count * classes, count * classes * (classes - 1), classes - 1, 1, level + 2),
    ]
    support = Support(origin, classes)
    shape = (*rest, 1)
    return Operands(shape, (support,), classes - 1, level + 2, "one_hot", classes - 1), parts
