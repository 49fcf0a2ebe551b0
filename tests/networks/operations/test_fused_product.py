"""FusedProduct and the rewrite that puts it in: the same values, one level less."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import (
    Affine,
    Code,
    Combine,
    FusedProduct,
    MatrixProduct,
    Product,
    Requantize,
    Sketch,
    Table,
    fused,
)
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    rows_of,
)
from tests.networks.operations.test_product import KINDS, rounded


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lo", [-2, 0, 1])
@pytest.mark.parametrize("cuts", [[1, 2, 4], [-50, -9, 3], [-9, 99, 100], [-9, -9, -9]])
def test_against_the_two_operations(kind: str, lo: int, cuts: list[int]) -> None:
    grid = Code(-1, 2)
    network = alone(
        FusedProduct(Requantize([cuts], grid)),
        ((2,), Code(-3, 4)),
        ((1,), Code(lo, lo + 2, kind)),
        extra=[rounded(9)],
    )
    rows = rows_of(network, 200)
    expected = [
        [sum((sum(a >= cut for cut in cuts) - 1) * int(b) >= t for t in range(-9, 10)) for a in x]
        for x, (b,) in zip(*rows, strict=True)
    ]
    assert network(*rows).tolist() == expected
    for option in (True, False):
        assert_circuit_is_the_network(network, 200, share=option, fold=option)
    assert assert_cost_is_the_circuit(network).depth == 2


@st.composite
def fusible(draw):
    """Sums rounded and multiplied with inputs, with rounded inputs, and with each other."""
    sketch = Sketch()
    n = draw(st.integers(1, 2))
    lo = draw(st.integers(-2, 1))
    kind = draw(st.sampled_from(KINDS))
    x = sketch.input("x", 2, Code(-1, 1, draw(st.sampled_from(KINDS))))
    y = sketch.input("y", n, Code(lo, lo + draw(st.integers(1, 3)), kind))
    number = st.integers(-3, 3)

    def rounded_sum(edge, features: int):
        weights = [[draw(number) for _ in range(n)] for _ in range(features)]
        total = sketch.add(Affine(weights, [draw(number) for _ in range(n)]), edge)
        cuts = [sorted(draw(number) * 2 for _ in range(3)) for _ in range(n)]
        low = draw(st.integers(-2, 1))
        wires = draw(st.sampled_from(["thermometer", "binary"]))
        return sketch.add(Requantize(cuts, Code(low, low + 3, wires)), total)

    u = rounded_sum(x, 2)
    pairs = [(u, y), (y, u), (u, rounded_sum(u, n)), (u, rounded_sum(x, 2)), (u, u)]
    left, right = draw(st.sampled_from(pairs))

    def table(edge):
        code = edge.known.code
        if code.kind == "binary" or draw(st.booleans()):
            return None
        return Table([draw(number) for _ in range(code.steps + 1)], code.lo)

    product = sketch.add(Product(table(left), table(right)), left, right)
    result = sketch.add(rounded(12, 3), sketch.add(Combine([1, 2]), product, y))
    return sketch.network(result, *([u] if draw(st.booleans()) else []))


@settings(max_examples=30)
@given(network=fusible(), share=st.booleans(), fold=st.booleans())
def test_rewritten_networks(network, share: bool, fold: bool) -> None:
    flat = fused(network)
    rows = rows_of(network, 60)
    for one, other in zip(network.run(*rows), flat.run(*rows), strict=True):
        assert np.array_equal(one, other)
    assert_circuit_is_the_network(flat, 60, share=share, fold=fold)
    before, after = network.cost().numbers().total, flat.cost().numbers().total
    assert after.depth <= before.depth
    assert after.max_weight >= 1


@pytest.mark.parametrize("swapped", [True, False])
def test_one_level_less(swapped: bool) -> None:
    """Where the other factor is there already; not where both are made on one level."""
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 3))
    y = sketch.input("y", 2, Code(-1, 2, "binary"))
    u = sketch.add(rounded(3), x)
    pair = (y, u) if swapped else (u, y)
    table = Table.from_function(lambda v: v * v, u.known.code)
    product = Product(None, table) if swapped else Product(table)
    network = sketch.network(sketch.add(rounded(30, 7), sketch.add(product, *pair)))
    flat = fused(network)
    assert (network.cost().total.depth, flat.cost().total.depth) == (3, 2)
    assert [type(one) for one in flat.operations] == [FusedProduct, Requantize]
    assert_cost_is_the_circuit(flat)
    assert_circuit_is_the_network(flat)
    assert np.array_equal(network(*rows_of(network, 300)), flat(*rows_of(flat, 300)))


def test_nothing_to_gain() -> None:
    sketch = Sketch()
    x = sketch.input("x", (2, 2), Code(0, 2))
    u, w = sketch.add(rounded(3), x), sketch.add(rounded(2), x)
    product = sketch.add(Product(), u, w)
    scores = sketch.add(MatrixProduct(), u, x)
    network = sketch.network(sketch.add(rounded(9), sketch.add(Combine([1, 1]), product, scores)))
    assert [type(one) for one in fused(network).operations] == [
        type(one) for one in network.operations
    ]


def test_fan_in_is_the_price() -> None:
    """A gate reads the whole sum and one wire, N * b of them, where a product's read two."""
    network = alone(
        FusedProduct(rounded(2)),
        (3, Code(0, 3)),
        (3, Code(0, 7, "binary")),
        extra=[Requantize([[1]], Code(0, 1))],
    )
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.measures.levels == (0, 3 * 5 * 3, 3)
    first = [gate.fan_in for gate in itertools.islice(circuit.gates, 45)]
    assert set(first) == {4}


def test_bad_input() -> None:
    with pytest.raises(NetworkError, match="rounds with a Requantize"):
        FusedProduct(Code(0, 1))
    sketch = Sketch()
    x = sketch.input("x", 1, Code(0, 1))
    form = sketch.add(Combine([1]), x)
    with pytest.raises(NetworkError, match="linear form without wires"):
        sketch.add(FusedProduct(rounded(1)), x, form)
