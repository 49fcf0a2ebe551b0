"""The strategy of integer networks as graphs: every operation, several inputs and outputs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.networks import Code, Recode
from tcsim.strategies.growth import ANY, Growth, Limits, Value
from tcsim.strategies.inputs import any_integers
from tcsim.strategies.ranges import Range, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks import IntegerNetwork
    from tcsim.typing import Integers


def graphs(
    *,
    inputs: Range = (1, 3),
    nodes: Range = (1, 5),
    outputs: Range = (1, 2),
    axes: Range = (1, 3),
    steps: Range = (1, 3),
    weights: Range = (-3, 3),
    gates: int = 400,
    operations: Iterable[type[Any]] | None = None,
) -> st.SearchStrategy[IntegerNetwork]:
    """Integer networks of any operations, each on values of any earlier ones.

    Values are read by several operations, and by the same one twice; codes are mixed; layers nest
    and interleave. Where an operation takes another shape or code than there is, `Reshape`,
    `Gather`, `Recode` or `Requantize` come in between.

    Args:
        inputs: number of arrays of inputs.
        nodes: number of operations that are drawn, those in between not counted.
        outputs: number of outputs, as far as there are so many values.
        axes: lengths of axes.
        steps: ``hi - lo`` of codes.
        weights: least and greatest weight, bias and table entry.
        gates: most input wires and gates, and a fortieth of the edges, by the network's cost.
        operations: their classes; None for all. One whose arguments are outside the ranges above,
            or that would take too many gates, is left out of an example.

    Raises:
        ArgumentError: no network fits, or a class that is no operation.

    Example:
        >>> from hypothesis import given, strategies as st
        >>> from tcsim.networks import Maximum, Softmax, compile
        >>> from tcsim.strategies import arrays, graphs
        >>> @given(graphs(operations=[Maximum, Softmax]), st.data())
        ... def test_circuits_of_graphs_are_exact(network, data):
        ...     x = data.draw(arrays(network))
        ...     found = network.decode_all(compile(network)(network.encode(*x)))
        ...     for circuit, meaning in zip(found, network.run(*x), strict=True):
        ...         assert circuit.tolist() == meaning.tolist()
        >>> test_circuits_of_graphs_are_exact()
    """
    from tcsim.strategies.nodes import MAKERS

    chosen = list(MAKERS) if operations is None else list(operations)
    for one in chosen:
        if one not in MAKERS:
            raise ArgumentError(f"{one!r} is no class of operations, such as tcsim.networks.Affine")
    if not chosen:
        raise ArgumentError("operations=[] leaves nothing to draw")
    limits = Limits(
        bounds("inputs", inputs, 1),
        bounds("nodes", nodes, 1),
        bounds("outputs", outputs, 1),
        bounds("axes", axes, 1),
        bounds("steps", steps, 1),
        bounds("weights", weights),
        gates,
    )
    if gates < 2 * (limits.inputs[0] + 1) * limits.axes[0] * limits.steps[0]:
        raise ArgumentError(f"gates={gates!r} are too few for such inputs")
    # Simple ones first, in whatever order they were named: examples shrink toward those.
    return _graphs(limits, [one for one in MAKERS if one in chosen])


def arrays(
    network: IntegerNetwork, *, min_rows: int = 1, max_rows: int = 8
) -> st.SearchStrategy[tuple[Integers, ...]]:
    """Inputs of an integer network: int64, one array per source, of shape ``(rows, *shape)``.

    Args:
        network: what they are for; with a number for every axis.
        min_rows: fewest rows.
        max_rows: most rows.

    Raises:
        ArgumentError: the bounds do not lie in order.
    """
    if not 0 <= min_rows <= max_rows:
        raise ArgumentError(f"there are no {min_rows} to {max_rows} rows")
    row = st.tuples(
        *(
            st.lists(
                any_integers(one.code.lo, one.code.hi),
                min_size=one.features,
                max_size=one.features,
            )
            for one in network.sources
        )
    )

    def made(rows: list[tuple[list[int], ...]]) -> tuple[Integers, ...]:
        return tuple(
            np.array([part[number] for part in rows], np.int64).reshape(len(rows), *one.axes)
            for number, one in enumerate(network.sources)
        )

    return st.lists(row, min_size=min_rows, max_size=max_rows).map(made)


@st.composite
def _graphs(draw: st.DrawFn, limits: Limits, chosen: list[type[Any]]) -> IntegerNetwork:
    from tcsim.strategies.nodes import MAKERS

    growth = Growth(draw, limits)
    for _ in range(limits.inputs[0]):
        if not growth.attempt(_input):
            break
    else:
        for _ in range(growth.integer(*limits.nodes)):
            growth.attempt(MAKERS[growth.pick(chosen)])
    found = _outputs(growth)
    return growth.network(found) if found else _least(draw, limits)


def _input(growth: Growth) -> Value:
    return growth.input(growth.shape(growth.pick([1, 2, 3, 0])), growth.code(ANY))


def _outputs(growth: Growth) -> list[Value]:
    """Some values, on wires, what the last operation made among them; none if that is too large."""
    ends: list[Value] = []
    for _ in range(growth.integer(*growth.limits.outputs)):
        options = [one for one in reversed(growth.made) if one not in ends]
        if not options:
            break
        one = growth.pick(options) if ends else options[0]
        growth.attempt(partial(_end, one, ends))
    return ends


def _end(value: Value, ends: list[Value], growth: Growth) -> None:
    ends.append(growth.coded(value))


def _least(draw: st.DrawFn, limits: Limits) -> IntegerNetwork:
    """The smallest network, for limits that leave room for few others."""
    growth, code = Growth(draw, limits), Code(0, limits.steps[0])
    inputs = [growth.input((limits.axes[0],), code) for _ in range(limits.inputs[0])]
    return growth.network([growth.add(Recode(code), inputs[0])])
