"""A model's scores as one answer: what procedures that feed it back, or vote on it, need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.node import Node
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Reshape, Slice

if TYPE_CHECKING:
    from tcsim.networks.operations.operation import Operation

_TRIED = 2
"""Length of open axes at which shapes are looked at."""


def answering(network: IntegerNetwork) -> IntegerNetwork:
    """The network with its answer as one number of shape (1,), its last operation an `Argmax`.

    Scores of shape (classes,), or of every place of an axis, of which the last one answers; or
    class numbers that an `Argmax` made of those.

    Args:
        network: of one output; at most one of its axes has a name.

    Raises:
        NetworkError: its output is neither.

    Example:
        >>> from tcsim.networks import Affine, Code, Inputs, IntegerNetwork, Requantize
        >>> scores = [Affine([[1, 2]], [0, 0]), Requantize([[3, 5], [2, 4]], Code(0, 2))]
        >>> answering(IntegerNetwork(Inputs(1, Code(0, 3)), scores))([[0], [3]]).tolist()
        [0, 1]
    """
    if len(network.outputs) != 1:
        raise NetworkError(
            f"a procedure feeds one output back, or votes on it, and the network has "
            f"{len(network.outputs)}: keep the scores of the answer as the model's only output"
        )
    names = network.named_axes
    tried = network.at(**dict.fromkeys(names, _TRIED)) if names else network
    first = len(network.sources)
    (number,) = network.outputs
    while number >= first and isinstance(tried.nodes[number - first].operation, Reshape):
        (number,) = network.nodes[number - first].sources
    answers = number >= first and isinstance(tried.nodes[number - first].operation, Argmax)
    if answers:
        (number,) = network.nodes[number - first].sources
    shape = tried.values[number].shape
    classes = shape[-1] if shape else 1
    places = math.prod(shape[:-1])
    last: list[Operation] = []
    if places > 1 and shape[-2] == places:
        last.append(Slice(-2, -1, None))
    elif places != 1:
        raise NetworkError(f"the output of shape {shape} is no score of each class: no one answer")
    scope = network.nodes[-1].scope
    nodes = list(network.nodes)
    for operation in (*last, Reshape((classes,)), Argmax(classes)):
        nodes.append(Node(operation, (number,), scope))
        number = first + len(nodes) - 1
    return IntegerNetwork(network.sources, _needed(nodes, first), labels=network.labels)


def _needed(nodes: list[Node], first: int) -> list[Node]:
    """Without nodes that the last one does not need."""
    wanted = {first + len(nodes) - 1}
    for number in range(first + len(nodes) - 1, first - 1, -1):
        if number in wanted:
            wanted.update(nodes[number - first].sources)
    kept = [number for number in range(first, first + len(nodes)) if number in wanted]
    place = {number: number for number in range(first)}
    place.update({number: first + at for at, number in enumerate(kept)})
    return [
        Node(one.operation, tuple(place[source] for source in one.sources), one.scope)
        for one in (nodes[number - first] for number in kept)
    ]
