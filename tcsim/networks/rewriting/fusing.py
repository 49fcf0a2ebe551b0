"""Fusing: a rewrite that rounds and multiplies in one level wherever that makes a network flatter.

See `FusedProduct`. What a network computes stays what it is, bit for bit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.operands import later
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.measuring.cost import input_operands, node_cost
from tcsim.networks.operations.fused_product import FusedProduct
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.softmax import Softmax
from tcsim.networks.operations.softmax_product import SoftmaxProduct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.node import Node


def fused(network: IntegerNetwork) -> IntegerNetwork:
    """The network with `FusedProduct` in place of `Requantize` and `Product` where it pays.

    Likewise `SoftmaxProduct` in place of `Softmax` and `MatrixProduct`. It pays where the product
    is then ready earlier. A rounded value that nothing else reads goes.

    Args:
        network: any; every axis of its inputs has a number.

    Returns:
        The rewritten network, of the same inputs, outputs and values.

    Raises:
        NetworkError: an axis of the inputs has a name and no number.
    """
    network.require_numbers()
    if not any(_candidates(network, node, network.nodes) for node in network.nodes):
        return network
    quantity = Quantities(symbolic=False)
    inputs = len(network.sources)
    operands = input_operands(network, quantity)
    nodes: list[Node] = []
    for number, node in enumerate(network.nodes, inputs):
        best, found = node, _operands(node, quantity, number, operands)
        for candidate in _candidates(network, node, nodes):
            made = _operands(candidate, quantity, number, operands)
            if _earlier(made, found):
                best, found = candidate, made
        nodes.append(best)
        operands.append(found)
    return _needed(network, nodes)


def _candidates(network: IntegerNetwork, node: Node, nodes: Sequence[Node]) -> list[Node]:
    """What could stand in place of a product."""
    inputs = len(network.sources)
    if type(node.operation) is MatrixProduct and _untabled(node.operation):
        return _averages(network, node, nodes)
    if type(node.operation) is not Product:
        return []
    found = []
    product, (first, second) = node.operation, node.sources
    tables = (product.left, product.right)
    # A product is the same with its factors exchanged.
    for rounded, other, (f, g) in ((first, second, tables), (second, first, tables[::-1])):
        if rounded < inputs or rounded == other:
            continue
        before = nodes[rounded - inputs]
        if isinstance(before.operation, Requantize):
            operation = FusedProduct(before.operation, f, g)
            found.append(replace(node, operation=operation, sources=(*before.sources, other)))
    return found


def _averages(network: IntegerNetwork, node: Node, nodes: Sequence[Node]) -> list[Node]:
    """What could stand in place of probabilities times values."""
    (first, second), inputs = node.sources, len(network.sources)
    before = nodes[first - inputs] if first >= inputs else node
    if not isinstance(before.operation, Softmax) or before.operation.code.lo != 0:
        return []
    x, v = network.values[first], network.values[second]
    if x.shape[:-2] != v.shape[:-2]:
        return []
    operation = SoftmaxProduct(before.operation)
    return [replace(node, operation=operation, sources=(*before.sources, second))]


def _untabled(product: Product) -> bool:
    return product.left is None and product.right is None


def _operands(node: Node, quantity: Quantities, number: int, operands: list[Operands]) -> Operands:
    return node_cost(node, quantity, number, [operands[one] for one in node.sources])[0]


def _earlier(x: Operands, y: Operands) -> bool:
    """Whether no value of x is later than that of y, and one is earlier."""
    return bool(np.all(later(x.level, y.level) == y.level) and np.any(x.level != y.level))


def _needed(network: IntegerNetwork, nodes: list[Node]) -> IntegerNetwork:
    """The network of the nodes that its outputs need."""
    inputs = len(network.sources)
    needed = set(network.outputs)
    for number in range(inputs + len(nodes) - 1, inputs - 1, -1):
        if number in needed:
            needed.update(nodes[number - inputs].sources)
    kept = [number for number in range(inputs, inputs + len(nodes)) if number in needed]
    place = {**{number: number for number in range(inputs)}}
    place.update({number: inputs + at for at, number in enumerate(kept)})
    return IntegerNetwork(
        network.sources,
        [
            replace(
                nodes[number - inputs],
                sources=tuple(place[one] for one in nodes[number - inputs].sources),
            )
            for number in kept
        ],
        [place[number] for number in network.outputs],
        labels=network.labels,
        output_scale=network.output_scale,
    )
