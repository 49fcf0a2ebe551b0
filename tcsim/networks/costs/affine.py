"""Affine: no gate. Every output reads every wire of every input."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.affine import Affine


def cost(
    operation: Affine, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Weights of 0 are operands too."""
    del origin  # it makes no wires
    outputs = quantity("m", operation.weights.shape[1], "outputs")
    bits = quantity("B", operation.weight_bits, "bits of a weight, sign included")
    return x.reduced(-1, outputs, 2 ** (bits - 1) - 1), []
