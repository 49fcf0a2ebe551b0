"""Vote: several networks on one input, and the class that most of them say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.procedures.looped import check_unrolled
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork


def vote(networks: Iterable[IntegerNetwork]) -> IntegerNetwork:
    """Plurality of classifiers: the class that most of them say, the lowest on a tie.

    They run side by side: the depth is that of the deepest and two levels more, whatever k is.

    Args:
        networks: networks of one output that ends with `Argmax`, with equal inputs.

    Raises:
        NetworkError: none, or networks that are not alike.
        LimitError: so many that they do not fit into memory.

    Example:
        >>> from tcsim.networks import Argmax, Affine, Code, Inputs, IntegerNetwork
        >>> from tcsim.networks.procedures import vote
        >>> def voter(bias):
        ...     layers = [Affine([[0, 1]], [bias, 0]), Argmax(2)]
        ...     return IntegerNetwork(Inputs(1, Code(0, 3)), layers)
        >>> vote([voter(0), voter(1), voter(2)])([[0], [1], [2], [3]]).tolist()
        [0, 0, 1, 1]
    """
    voters = tuple(networks)
    if not voters:
        raise NetworkError("a vote has at least one network")
    check_unrolled(sum(len(one.nodes) + 1 for one in voters), f"{len(voters):,} voters")
    first = voters[0]
    sketch = Sketch()
    edges = [sketch.input(one.name, one.axes, one.code) for one in first.sources]
    ballots = []
    for number, network in enumerate(voters, 1):
        if not network.classify or network.output_code != first.output_code:
            raise NetworkError(f"voter {number} is no classifier of the same classes: {network!r}")
        with sketch.scope(f"voter{number}"):
            (said,) = sketch.inline(network, *edges)
            ballots.append(sketch.add(Indicators(network.output_code.steps + 1), said))
    with sketch.scope("vote"):
        counts = sketch.add(Combine([1] * len(ballots)), *ballots)
        winner = sketch.add(Argmax(first.output_code.steps + 1), counts)
    return sketch.network(winner, labels=first.labels)
