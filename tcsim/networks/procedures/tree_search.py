"""Tree search and beam search: what is expanded side by side, and what has to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.arrangement import Concatenate, Gather, Reshape
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.top_k import TopK
from tcsim.networks.procedures.looped import LARGEST, check_count, check_unrolled
from tcsim.networks.sketch import Edge, Sketch

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.integer import IntegerNetwork


def tree_search(
    step: IntegerNetwork, depth: int, *, width: int | None = None, children: int | None = None
) -> IntegerNetwork:
    """The best state that a tree of expansions reaches.

    Total work grows with the tree, depth with the path.

    Every round expands all states that are kept. Without `width` all children are kept and the best
    of the last round is chosen once: serial depth is that of `depth` expansions and one choice, the
    number of expansions exponential. With it, each round keeps the best `width` (beam search), and
    pays for choosing: three levels to find them, two to write them down.

    Args:
        step: reads a state, one axis, and gives its children, shape (children, state), in the code
            of the state, and their scores on wires, shape (children,).
        depth: rounds.
        width: states that are kept from round to round; None keeps all.
        children: checked against the step if given.

    Returns:
        A network that reads the first state and gives the best state of the last round; the first
        of equals.

    Raises:
        NetworkError: a step of other shapes or codes.
        LimitError: so many expansions that they do not fit into memory.
    """
    check_count(depth, "depth")
    if width is not None:
        check_count(width, "width")
    source = step.inputs
    code, size, branches = source.code, source.features, _branches(step)
    if children is not None and children != branches:
        raise NetworkError(f"a step of {branches} children, not {children}")
    kept = width or LARGEST
    expansions = sum(min(kept, branches ** min(one, 64)) for one in range(min(depth, LARGEST)))
    check_unrolled(expansions * len(step.nodes), f"{depth:,} rounds")
    sketch = Sketch()
    states = [sketch.input(source.name, source.axes, code)]
    for number in range(1, depth + 1):
        last = number == depth
        with sketch.scope(f"round{number}"):
            made, scores = [], []
            for place, state in enumerate(states, 1):
                with sketch.scope(f"expansion{place}"):
                    some, score = sketch.inline(step, state)
                made.append(some)
                scores.append(score)
            every = _joined(sketch, made)
            kept = 1 if last else len(states) * branches if width is None else width
            count = len(states) * branches
            if kept < count:
                with sketch.scope("choice"):
                    every = _best(sketch, every, _joined(sketch, scores), kept, code, size)
            states = [
                sketch.add(Gather(np.array(one), 0), every) for one in range(min(kept, count))
            ]
    return sketch.network(states[0])


def _branches(step: IntegerNetwork) -> int:
    source, outputs = step.inputs, step.output_values
    fits = (
        len(outputs) == 2
        and len(source.axes) == 1
        and len(outputs[0].shape) == 2
        and outputs[0].shape[1:] == source.axes
        and outputs[0].code == source.code
        and outputs[1].shape == outputs[0].shape[:1]
    )
    if not fits or source.code.kind == "one_hot":
        raise NetworkError(
            "a step reads a state and gives (children, state) in its code, thermometer or binary, "
            "and (children,) scores"
        )
    return outputs[0].shape[0]


def _joined(sketch: Sketch, parts: list[Edge]) -> Edge:
    return parts[0] if len(parts) == 1 else sketch.add(Concatenate(0), *parts)


def _best(sketch: Sketch, every: Edge, scores: Edge, kept: int, code: Code, size: int) -> Edge:
    """The states with the largest scores, on wires again."""
    count = scores.known.shape[0]
    places = sketch.add(TopK(count, kept), scores)
    wide = sketch.add(Reshape((kept, 1)), places)
    chosen = sketch.add(Indicators(count), wide)
    picked = sketch.add(MatrixProduct(), chosen, every)
    cuts = np.arange(code.lo + 1, code.hi + 1)[None]
    return sketch.add(Requantize(cuts, code), sketch.add(Reshape((kept, size)), picked))
