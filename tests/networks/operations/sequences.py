"""Networks over sequences: how the tests of recurrences check meaning, circuit and cost at once."""

from __future__ import annotations

import itertools
import random

import numpy as np

import tcsim as tc
from tcsim.networks import IntegerNetwork, Sketch


def alone(operation, *sources, extra=()) -> IntegerNetwork:
    """A network of one operation, and others after it, on inputs (shape, code)."""
    sketch = Sketch()
    edges = [sketch.input(f"x{i}", shape, code) for i, (shape, code) in enumerate(sources)]
    edge = sketch.add(operation, *edges)
    for one in extra:
        edge = sketch.add(one, edge)
    return sketch.network(edge)


def rows_of(network: IntegerNetwork, limit: int) -> list[np.ndarray]:
    """All inputs of a network, one array per source; `limit` random ones where there are more."""
    counts = [one.code.steps + 1 for one in network.sources for _ in range(one.features)]
    total = int(np.prod([float(count) for count in counts]))
    if total <= limit:
        table = np.array(list(itertools.product(*map(range, counts))), np.int64)
    else:
        source = random.Random(0)
        table = np.array([[source.randrange(k) for k in counts] for _ in range(limit)], np.int64)
    parts, start = [], 0
    for one in network.sources:
        part = table[:, start : start + one.features] + one.code.lo
        parts.append(part.reshape(len(table), *one.axes))
        start += one.features
    return parts


def assert_circuit_is_the_network(network: IntegerNetwork, limit: int = 150, **options) -> int:
    """The circuit, bit for bit, on all or `limit` inputs; how many different results there were."""
    circuit = tc.networks.compile(network, **options)
    rows = rows_of(network, limit)
    expected = network.run(*rows)
    bits = circuit(network.encode(*rows))
    assert np.array_equal(bits, network.encode_outputs(*expected))
    for value, one in zip(expected, network.output_values, strict=True):
        lo, hi = one.full()
        assert (value >= lo).all()
        assert (value <= hi).all()
    return len(np.unique(bits, axis=0))


def assert_cost_is_the_circuit(
    network: IntegerNetwork, *, symbols: bool = True, exact: bool = True
) -> tc.Circuit:
    """Formula and circuit, built without sharing and folding, in every measure.

    Without `exact` the formula says itself that its edges are an upper bound.
    """
    circuit = tc.networks.compile(network, share=False, fold=False)
    found, total = circuit.measures, network.cost().numbers().total
    assert (0, *total.levels) == found.levels
    assert total.exact == exact
    assert (total.depth, total.size, total.width) == (found.depth, found.size, found.width)
    if exact:
        assert (total.edges, total.max_fan_in) == (found.edges, found.max_fan_in)
    else:
        assert total.edges >= found.edges
        assert total.max_fan_in >= found.max_fan_in
    assert total.max_weight >= found.max_weight
    if symbols:
        # In symbols, all places of an array count as the latest; the levels below may differ.
        cost = network.cost()
        numbers = cost.total.at(cost.values)
        assert (numbers.depth, numbers.size, numbers.edges) == (
            total.depth,
            total.size,
            total.edges,
        )
        assert (numbers.max_fan_in, numbers.max_weight) == (total.max_fan_in, total.max_weight)
    return circuit


def assert_named_axis_is_its_number(named: IntegerNetwork, **axes: int) -> None:
    """A cost in the symbol of an axis, with its number put in, is that of the bound network."""
    total = named.cost().numbers(axes).total
    bound = named.at(**axes).cost().numbers().total
    assert (total.depth, total.size) == (bound.depth, bound.size)
    assert (total.edges, total.max_fan_in) == (bound.edges, bound.max_fan_in)
    assert total.max_weight >= bound.max_weight
