"""Best of k: several runs, each with a score, and the answer of the run with the largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Concatenate, Reshape, Stack
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork


def best_of(networks: Iterable[IntegerNetwork]) -> IntegerNetwork:
    """The class that the run with the largest score says; the first such run on a tie.

    The runs stand side by side: the depth is that of the deepest and five levels more (two to
    compare scores, one to select, two to write the class), whatever k is.

    Args:
        networks: at least 2, with equal inputs and two outputs: a class from `Argmax`, shape (1,),
            and a score on wires, shape (1,), in the same code everywhere.

    Raises:
        NetworkError: fewer than 2, or networks that are not alike.
    """
    runs = tuple(networks)
    if len(runs) < 2:
        raise NetworkError(f"the best is chosen of at least 2 runs, not {len(runs)}")
    first = runs[0]
    sketch = Sketch()
    edges = [sketch.input(one.name, one.axes, one.code) for one in first.sources]
    classes, scores = [], []
    for number, network in enumerate(runs, 1):
        given = [(one.shape, one.code) for one in network.output_values]
        if given != [(one.shape, one.code) for one in first.output_values] or len(given) != 2:
            raise NetworkError(f"run {number} does not give a class and a score as run 1 does")
        with sketch.scope(f"run{number}"):
            said, score = sketch.inline(network, *edges)
            classes.append(said)
            scores.append(score)
    code = first.output_values[0].code
    if code is None or code.kind != "one_hot":
        raise NetworkError("the first output of a run is a class in one-hot code")
    count = code.steps + 1
    with sketch.scope("best"):
        place = sketch.add(Argmax(len(runs)), sketch.add(Concatenate(0), *scores))
        chosen = sketch.add(Reshape((1, len(runs))), sketch.add(Indicators(len(runs)), place))
        said = sketch.add(Stack(0), *(sketch.add(Indicators(count), one) for one in classes))
        picked = sketch.add(MatrixProduct(), chosen, said)
        answer = sketch.add(Argmax(count), sketch.add(Reshape((count,)), picked))
    return sketch.network(answer, labels=first.labels)
