"""Recurrent: one step after the other, each on the state that the last one left."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.operations.arrangement import Gather, Stack
from tcsim.networks.operations.constant import Constant
from tcsim.networks.procedures.looped import check_count, check_unrolled
from tcsim.networks.sketch import Edge, Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.inputs import Inputs


def recurrent(
    step: IntegerNetwork,
    steps: int,
    *,
    states: int = 1,
    initial: Sequence[object] | None = None,
    every: bool = False,
) -> IntegerNetwork:
    """A network unrolled over a sequence: serial depth ``steps`` times its slope, plus a constant.

    Args:
        step: its first `states` inputs and outputs are the state, of equal shapes and codes; it
            reads one element of each sequence in its further inputs. Its further outputs are what
            it says; without any, it says its state.
        steps: the length of the sequences.
        states: how many arrays the state is.
        initial: integers for each array of the first state; None makes it an input.
        every: whether the outputs of all steps are given, stacked along a new first axis, and not
            only those of the last.

    A call of the result gives its first output; `IntegerNetwork.run` gives all.

    Returns:
        A network that reads the first state, unless `initial` says it, and sequences of shape
        ``(steps, *shape)``. The scopes are ``"step1"``, ``"step2"``, ...

    Raises:
        NetworkError: a state that comes out in another shape or code than it went in.
        LimitError: so many steps that the copies do not fit into memory.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.networks import Affine, Code, Combine, Requantize, Sketch
        >>> from tcsim.networks.procedures import recurrent
        >>> sketch = Sketch()
        >>> state, x = sketch.input("state", 1, Code(0, 3)), sketch.input("x", 1, Code(0, 1))
        >>> total = sketch.add(Combine([1, 1]), state, x)
        >>> step = sketch.network(sketch.add(Requantize([[1, 2, 3]], Code(0, 3)), total))
        >>> counter = recurrent(step, 4, initial=[[0]])
        >>> counter([[[1], [0], [1], [0]], [[1], [1], [1], [1]]]).tolist()
        [[2], [3]]
        >>> tc.networks.compile(counter).depth
        4
    """
    check_count(steps, "steps")
    check_states(step, states)
    check_unrolled(steps * (len(step.nodes) + len(step.sources) - states), f"{steps:,} steps")
    sketch = Sketch()
    held, read = step.sources[:states], step.sources[states:]
    if initial is not None and not read:
        raise NetworkError("a step that reads no sequence is looped: use looped")
    given = [] if initial is not None else [_input(sketch, one) for one in held]
    sequences = [sketch.input(one.name, (steps, *one.axes), one.code) for one in read]
    state = given if initial is None else _constants(sketch, held, initial, sequences[0])
    said: list[tuple[Edge, ...]] = []
    for number in range(steps):
        with sketch.scope(f"step{number + 1}"):
            element = [sketch.add(Gather(np.array(number), 0), one) for one in sequences]
            results = sketch.inline(step, *state, *element)
        state, spoken = list(results[:states]), results[states:]
        said.append(spoken or results[:states])
    if not every:
        return sketch.network(*said[-1])
    with sketch.scope("all"):
        outputs = [sketch.add(Stack(0), *steps_) for steps_ in zip(*said, strict=True)]
    return sketch.network(*outputs)


def check_states(step: IntegerNetwork, states: int) -> None:
    """Refuse a step whose state does not come out as it went in.

    Raises:
        NetworkError: it does not.
    """
    if not isinstance(step, IntegerNetwork):
        raise NetworkError(f"a step is an IntegerNetwork, not {type(step).__name__}")
    if not isinstance(states, int) or not 1 <= states <= min(len(step.sources), len(step.outputs)):
        raise NetworkError(
            f"a step of {len(step.sources)} inputs and {len(step.outputs)} outputs has no "
            f"{states!r} arrays of state"
        )
    for number in range(states):
        source, result = step.sources[number], step.output_values[number]
        if source.axes != result.shape or source.code != result.code:
            raise NetworkError(
                f"state {number} goes in as {source.name}, {source.axes} in {source.code}, and "
                f"comes out as {result.shape} in {result.code}: a step's first inputs and outputs "
                "are its state, of equal shapes and codes"
            )


def _input(sketch: Sketch, source: Inputs) -> Edge:
    return sketch.input(source.name, source.axes, source.code)


def _constants(
    sketch: Sketch, held: Sequence[Inputs], initial: Sequence[object], beside: Edge
) -> list[Edge]:
    if not isinstance(initial, list | tuple) or len(initial) != len(held):
        raise NetworkError(
            f"initial is a list of one array for each of the {len(held)} of the state, "
            f"not {initial!r}"
        )
    edges = []
    with sketch.scope("initial"):
        for source, integers in zip(held, initial, strict=True):
            shape = cast("tuple[int, ...]", source.axes)
            whole = np.broadcast_to(np.asarray(integers), shape)
            edges.append(sketch.add(Constant(whole, source.code), beside))
    return edges
