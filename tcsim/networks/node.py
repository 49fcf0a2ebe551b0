"""Node: one operation of a network and where its operands come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.operations.operation import Operation


@dataclass(frozen=True)
class Node:
    """One operation of a network.

    Attributes:
        operation: what it does.
        sources: its operands: numbers of the network's values. Inputs come first, from 0; then each
            node makes one.
        scope: the layer that it belongs to, such as ``"block1/attention"``.
    """

    operation: Operation
    sources: tuple[int, ...]
    scope: str
