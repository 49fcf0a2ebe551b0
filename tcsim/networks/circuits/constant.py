"""Constant: constant wires, no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.constant import Constant
    from tcsim.networks.values import Values


def build(operation: Constant, name: str, values: Values, beside: Tensor) -> Tensor:
    """The word of each integer, on wires that never change."""
    builder, code = beside.builder, operation.code
    result = Tensor(builder, name, values, words=empty((*values.shape, code.wires)))
    for place in result.places():
        bits = code.encode(operation.integers[place]).tolist()
        result.words[place] = [builder.constant(bit) for bit in bits]
    return result
