"""One operation at a time: its circuit against its meaning, its formula against its circuit."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

import tcsim as tc
from tcsim.networks import Code, IntegerNetwork, Requantize, Sketch
from tests.networks.operations.sequences import assert_circuit_is_the_network

KINDS = ("thermometer", "binary", "one_hot")


def network_of(build, *sources) -> IntegerNetwork:
    """What ``build(add, *inputs)`` makes of inputs (shape, code)."""
    sketch = Sketch()
    edges = [sketch.input(f"x{i}", shape, code) for i, (shape, code) in enumerate(sources)]
    return sketch.network(build(sketch.add, *edges))


def rounded(steps: int = 3, kind: str = "thermometer") -> Requantize:
    """Odd cuts for all features: what puts a linear form on wires."""
    return Requantize(np.arange(1, 2 * steps, 2)[None], Code(0, steps, kind))


def check(
    build, *sources, exact: bool = True, symbols: bool = True, levels: bool = True
) -> tc.Circuit:
    """Circuit and meaning agree, shared and folded or not; formulas and circuit agree.

    Without `exact` edges and fan-in are upper bounds that say so; without `symbols` those in
    symbols are. Without `levels` places differ in theirs, and in symbols all count as the latest.
    """
    network = network_of(build, *sources)
    assert_circuit_is_the_network(network, 40)
    assert_circuit_is_the_network(network, 25, share=False, fold=False)
    circuit = tc.networks.compile(network, share=False, fold=False)
    found, cost = circuit.measures, network.cost()
    numbers = cost.numbers().total
    for total, sharp in (
        (numbers, exact),
        (cost.total.at(cost.values), exact and symbols),
    ):
        if levels or total is numbers:
            assert (0, *total.levels) == found.levels
        # Gates that no output needs count too.
        assert (total.size, total.depth) == (found.size, len(found.levels) - 1)
        assert total.exact == sharp
        assert total.max_weight >= found.max_weight
        if sharp:
            assert (total.edges, total.max_fan_in) == (found.edges, found.max_fan_in)
        else:
            assert total.edges >= found.edges
            assert total.max_fan_in >= found.max_fan_in
    return circuit


def check_named(build, axes: dict[str, int], *sources) -> None:
    """Costs in the names of axes, with numbers put in, are those of the bound network."""
    sketch = Sketch()
    edges = [sketch.input(f"x{i}", shape, code) for i, (shape, code) in enumerate(sources)]
    network = sketch.network(build(sketch.add, *edges))
    total = network.cost().numbers(axes).total
    bound = network.at(**axes).cost().numbers().total
    assert (total.levels, total.edges, total.max_fan_in) == (
        bound.levels,
        bound.edges,
        bound.max_fan_in,
    )
    assert total.exact


@st.composite
def arrays(draw, shape: tuple[int, ...], low: int = -3, high: int = 3) -> np.ndarray:
    """Integers of a shape."""
    size = int(np.prod(shape))
    values = draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
    return np.array(values, np.int64).reshape(shape)
