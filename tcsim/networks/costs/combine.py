"""Combine: no gate. Every form reads the wires of its operands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, broadcast, largest, later, total_of

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.combine import Combine


def cost(
    operation: Combine, quantity: Quantities, origin: int, *operands: Operands
) -> tuple[Operands, list[Part]]:
    """Where two operands read the same wires, they are counted twice: an upper bound."""
    del origin
    aligned = broadcast(operands, operation.constant.shape)
    factor = quantity("C", max(map(abs, operation.factors)), "largest factor")
    supports = tuple(one for x in aligned for one in x.supports)
    origins = [one.origin for one in supports]
    apart = len(origins) == len(set(origins))
    weights = [x.weight for x in aligned]
    return Operands(
        aligned[0].shape,
        supports,
        factor * (largest(*weights) if apart else total_of(weights)),
        later(*(x.level for x in aligned)),
        exact=apart and all(x.exact for x in aligned),
    ), []
