"""Multiply-accumulates: the usual measure of a network's work, beside the circuit's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork


def macs(network: IntegerNetwork) -> dict[str, int]:
    """Multiplications of two numbers, as profilers count them, per scope that has any.

    An operation counts them itself, in its method ``macs(result, *operands)``; those without one,
    such as tables and roundings, have none, and a weight of 0 counts like any other.
    """
    network.require_numbers()
    found: dict[str, int] = {}
    first = len(network.sources)
    for node, result in zip(network.nodes, network.values[first:], strict=True):
        count = getattr(node.operation, "macs", None)
        if count is not None:
            operands = [network.values[source] for source in node.sources]
            found[node.scope] = found.get(node.scope, 0) + int(count(result, *operands))
    return found
