"""MatrixProduct against triple loops, in circuit and cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Argmax, Code, MatrixProduct
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
)
from tests.networks.operations.test_product import KINDS, rounded, table_of


def test_against_loops() -> None:
    random = np.random.default_rng(0)
    x, y = random.integers(-3, 4, (5, 2, 3, 4)), random.integers(-3, 4, (5, 4, 2))
    found = MatrixProduct()(x[:, 0], y)
    for row in range(5):
        for i in range(3):
            for j in range(2):
                expected = sum(int(x[row, 0, i, k]) * int(y[row, k, j]) for k in range(4))
                assert found[row, i, j] == expected


@st.composite
def matrices(draw):
    n, k, m = (draw(st.integers(1, 3)) for _ in range(3))
    rest = [draw(st.sampled_from([(), (1,), (2,)])) for _ in range(2)]
    if rest[0] == (2,) and draw(st.booleans()):
        rest = [(2,), (2,)]
    codes, tables = [], []
    for seed in range(2):
        lo = draw(st.integers(-2, 1))
        code = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(KINDS)))
        codes.append(code)
        table = code.kind != "binary" and draw(st.booleans())
        tables.append(table_of(code, seed) if table else None)
    product = MatrixProduct(*tables)
    sources = [((*rest[0], n, k), codes[0]), ((*rest[1], k, m), codes[1])]
    last = Argmax(m) if m > 1 and draw(st.booleans()) else rounded(20, 4)
    return alone(product, *sources, extra=[last])


@settings(max_examples=30)
@given(network=matrices(), share=st.booleans(), fold=st.booleans())
def test_random(network, share: bool, fold: bool) -> None:
    assert_circuit_is_the_network(network, 60, share=share, fold=fold)
    assert_cost_is_the_circuit(network)


@pytest.mark.parametrize(("kinds", "wires"), [("tt", 9), ("bb", 4), ("tb", 6), ("bt", 6)], ids=str)
def test_gates(kinds: str, wires: int) -> None:
    """n m k products of N * N, b * b or N * b ANDs, at level 1."""
    names = {"t": "thermometer", "b": "binary"}
    left, right = (Code(0, 3, names[kind]) for kind in kinds)
    network = alone(MatrixProduct(), ((2, 4), left), ((4, 3), right), extra=[rounded(2)])
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.measures.levels == (0, 2 * 3 * 4 * wires, 2 * 3 * 5)


def test_the_range_holds_every_value() -> None:
    from tcsim.networks.values import Values

    x, y = (Values.coded((2, 3), Code(-2, 1)), Values.coded((3, 2), Code(-1, 3)))
    found = MatrixProduct().infer(x, y)
    assert (found.least, found.largest) == (3 * -6, 3 * 3)


def test_named_axis() -> None:
    named = alone(
        MatrixProduct(), (("n", 2), Code(-1, 1)), ((2, 2), Code(1, 2)), extra=[rounded(4)]
    )
    assert_named_axis_is_its_number(named, n=3)


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(NetworkError, match="no matrix product"):
        alone(MatrixProduct(), ((2, 3), Code(0, 1)), ((2, 3), Code(0, 1)))
    with pytest.raises(NetworkError, match="do not broadcast"):
        alone(MatrixProduct(), ((2, 2, 3), Code(0, 1)), ((3, 3, 2), Code(0, 1)))
