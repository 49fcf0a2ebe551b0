"""A plain list of operations as nodes: each reads what the one before it made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import NetworkError
from tcsim.networks.node import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.operations.operation import Operation


def chain(operations: Sequence[Operation | Node], inputs: int) -> tuple[Node, ...]:
    """The nodes of a chain, in layers ``"hidden1"``, ``"hidden2"``, ..., ``"output"``.

    A layer goes up to an operation whose values stand on wires.

    Raises:
        NetworkError: several inputs, or something that is no operation.
    """
    if inputs != 1:
        raise NetworkError(f"a plain list of operations reads one array, not {inputs}")
    layers: list[list[Any]] = [[]]
    for number, operation in enumerate(operations, 1):
        if isinstance(operation, Node) or not callable(getattr(operation, "infer", None)):
            raise NetworkError(f"operation {number} is no operation of a network: {operation!r}")
        layers[-1].append(operation)
        if getattr(operation, "code", None) is not None:
            layers.append([])
    groups = [layer for layer in layers if layer]
    names = [*(f"hidden{number}" for number in range(1, len(groups))), "output"]
    nodes = (
        [
            (operation, name)
            for layer, name in zip(groups, names[-len(groups) :], strict=True)
            for operation in layer
        ]
        if groups
        else []
    )
    return tuple(Node(one, (place,), name) for place, (one, name) in enumerate(nodes))
