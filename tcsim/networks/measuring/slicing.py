"""Slicing: one layer of a network as a network of its own."""

from __future__ import annotations

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.inputs import Inputs
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.node import Node
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.operations.requantize import Requantize

SINK = "sink"
"""The layer that puts the results of a slice on wires where they were linear forms."""


def layer_slice(network: IntegerNetwork, layer: str) -> IntegerNetwork:
    """The operations of a layer, on inputs in place of the values on wires that it reads.

    Where it reads linear forms, the operations that make them come along, in their own layers.
    Results that are linear forms go into a gate each, in the layer `SINK`.

    Args:
        network: with a number for every axis.
        layer: a scope, or the start of several, such as ``"block1"``.

    Raises:
        NetworkError: there is no such layer, or it has no operation that reads anything.
    """
    first = len(network.sources)
    inside = {
        number
        for number, node in enumerate(network.nodes, first)
        if node.scope == layer or node.scope.startswith(f"{layer}/")
    }
    if not inside:
        raise NetworkError(f"no layer {layer!r}; there are: {', '.join(network.layers)}")
    needed, inputs = set(inside), set[int]()
    pending = sorted(inside)
    while pending:
        for source in network.nodes[pending.pop() - first].sources:
            if source in needed or source in inputs:
                continue
            if network.values[source].code is not None:
                inputs.add(source)
            else:
                needed.add(source)
                pending.append(source)
    place = {number: at for at, number in enumerate(sorted(inputs))}
    sources = [_input(network, number) for number in sorted(inputs)]
    nodes: list[Node] = []
    for number in sorted(needed):
        node = network.nodes[number - first]
        place[number] = len(sources) + len(nodes)
        nodes.append(Node(node.operation, tuple(place[one] for one in node.sources), node.scope))
    read = {one for node in network.nodes for one in node.sources}
    outer = {
        one
        for number, node in enumerate(network.nodes, first)
        if number not in inside
        for one in node.sources
    }
    ends = [n for n in sorted(inside) if n in outer or n in network.outputs or n not in read]
    outputs = []
    for number in ends:
        values = network.values[number]
        if values.code is None:
            cut = np.full((1, 1), (values.least + values.largest + 1) // 2)
            source = place[number]
            if not values.shape:  # cuts are per feature
                nodes.append(Node(Reshape((1,)), (source,), SINK))
                source = len(sources) + len(nodes) - 1
            nodes.append(Node(Requantize(cut, Code(0, 1)), (source,), SINK))
            outputs.append(len(sources) + len(nodes) - 1)
        else:
            outputs.append(place[number])
    return IntegerNetwork(sources, nodes, outputs)


def _input(network: IntegerNetwork, number: int) -> Inputs:
    values = network.values[number]
    assert values.code is not None  # noqa: S101 - it was chosen for its code
    return Inputs(values.shape, values.code, f"v{number}")
