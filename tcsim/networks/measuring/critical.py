"""The critical path of a network, operation by operation, found without building it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.catalog import module_of
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.measuring.cost import walk

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.node import Node
    from tcsim.networks.operations.operation import Operation

_LONG_AGO = -(2**40)
"""A level that decides nothing."""


@dataclass(frozen=True)
class Stage:
    """One operation on the critical path.

    Attributes:
        layer: its scope.
        operation: what it is.
        levels: how many levels it adds.
        level: of its latest gate.
    """

    layer: str
    operation: Operation
    levels: int
    level: int


def critical_path(network: IntegerNetwork) -> list[Stage]:
    """A longest path from inputs to outputs, first operation first.

    It follows, from the deepest output down, the operand that decides when an operation is done:
    the one whose delay makes its level. Operations that add no level are on it too.
    """
    values, _ = walk(network, Quantities(symbolic=False))
    levels = [int(np.max(one.level)) if np.size(one.level) else 0 for one in values]
    first = len(network.sources)
    number = max(network.outputs, key=lambda one: levels[one])
    stages: list[Stage] = []
    while number >= first:
        node = network.nodes[number - first]
        before = _deciding(node, number, values, levels)
        reached = levels[before] if before is not None else 0
        stages.append(Stage(node.scope, node.operation, levels[number] - reached, levels[number]))
        if before is None:
            break
        number = before
    return stages[::-1]


def _deciding(node: Node, number: int, values: list[Operands], levels: list[int]) -> int | None:
    """The operand without which the operation would be done earlier, else its latest operand."""
    if not node.sources:
        return None
    made = import_module(module_of(node.operation, "costs")).cost
    for source in sorted(set(node.sources), key=lambda one: -levels[one]):
        operands = [
            replace(values[one], level=_LONG_AGO if one == source else levels[one])
            for one in node.sources
        ]
        result, _ = made(node.operation, Quantities(symbolic=False), number, *operands)
        if int(np.max(result.level)) < levels[number]:
            return source
    return max(node.sources, key=lambda one: levels[one])
