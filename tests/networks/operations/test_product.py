"""Product: any codes, tables on either side, shapes that broadcast."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Argmax, Code, Combine, Product, Requantize, Table
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    rows_of,
)

KINDS = ["thermometer", "binary", "one_hot"]
CODES = [
    Code(0, 3),
    Code(0, 3, "binary"),
    Code(-2, 1),
    Code(-2, 3, "binary"),
    Code(-1, 1, "one_hot"),
]


def rounded(bound: int, step: int = 1, at: int = 0) -> Requantize:
    """Every value of -bound..bound that is a multiple of step, on wires of its own."""
    cuts = list(range(-bound + at, bound + 1, step))
    return Requantize([cuts], Code(0, len(cuts)))


def table_of(code: Code, seed: int) -> Table:
    return Table(np.random.default_rng(seed).integers(-4, 5, code.steps + 1), code.lo)


@pytest.mark.parametrize(("left", "right"), list(itertools.product(CODES, CODES)))
def test_every_pair_of_values(left: Code, right: Code) -> None:
    network = alone(Product(), (1, left), (1, right), extra=[rounded(9)])
    rows = rows_of(network, 200)
    products = [int(a) * int(b) for (a,), (b,) in zip(*rows, strict=True)]
    expected = [[sum(value >= cut for cut in range(-9, 10))] for value in products]
    assert network(*rows).tolist() == expected
    for option in (True, False):
        assert assert_circuit_is_the_network(network, share=option, fold=option) > 2
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.depth == 2
    ands = circuit.size - 19
    assert ands == left.wires * right.wires


@pytest.mark.parametrize("kinds", list(itertools.product(["thermometer", "one_hot"], repeat=2)))
@pytest.mark.parametrize("sides", [(True, True), (True, False), (False, True)])
def test_tables_cost_the_same(kinds, sides) -> None:
    codes = [Code(-1, 2, kinds[0]), Code(-2, 1, kinds[1])]
    tables = [
        table_of(code, i) if side else None
        for i, (code, side) in enumerate(zip(codes, sides, strict=True))
    ]
    network = alone(Product(*tables), (1, codes[0]), (1, codes[1]), extra=[rounded(16)])
    rows = rows_of(network, 200)
    f, g = (
        range(code.lo, code.hi + 1) if table is None else table.rows.tolist()
        for code, table in zip(codes, tables, strict=True)
    )
    values = [f[int(a) + 1] * g[int(b) + 2] for (a,), (b,) in zip(*rows, strict=True)]
    assert network(*rows).ravel().tolist() == [
        sum(v >= cut for cut in range(-16, 17)) for v in values
    ]
    assert_circuit_is_the_network(network)
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.measures.levels[1] == codes[0].wires * codes[1].wires


@st.composite
def products(draw):
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    codes, shapes, tables = [], [], []
    for _ in range(2):
        kind = draw(st.sampled_from(KINDS))
        lo = draw(st.integers(-3, 2))
        code = Code(lo, lo + draw(st.integers(1, 4)), kind)
        own = [axis if draw(st.booleans()) else 1 for axis in shape]
        codes.append(code)
        shapes.append(tuple(own[draw(st.integers(0, len(own) - 1)) :]))
        entries = st.lists(st.integers(-5, 5), min_size=code.steps + 1, max_size=code.steps + 1)
        wanted = kind != "binary" and draw(st.booleans())
        tables.append(Table(draw(entries), code.lo) if wanted else None)
    last = draw(st.sampled_from([None, 1]))
    return alone(
        Product(*tables),
        *zip(shapes, codes, strict=True),
        extra=[Combine([2], 3)] * (last is None) + [rounded(50, 5)],
    )


@settings(max_examples=30)
@given(network=products(), share=st.booleans(), fold=st.booleans())
def test_shapes_codes_and_tables(network, share: bool, fold: bool) -> None:
    assert_circuit_is_the_network(network, 60, share=share, fold=fold)
    assert_cost_is_the_circuit(network)


def test_differences_of_products_keep_what_cancels() -> None:
    """Argmax compares products that share a factor: its wires have weight 0 there, and count."""
    network = alone(Product(), ((2, 1), Code(0, 2)), ((3,), Code(1, 3)), extra=[Argmax(3)])
    assert_cost_is_the_circuit(network)
    assert_circuit_is_the_network(network)


def test_a_square_is_a_bound() -> None:
    """x * x reads the same wires twice: the cost says that its edges are a bound."""
    from tcsim.networks import Sketch

    sketch = Sketch()
    x = sketch.input("x", 2, Code(-1, 2))
    network = sketch.network(sketch.add(rounded(5), sketch.add(Product(), x, x)))
    assert_circuit_is_the_network(network)
    circuit = tc.networks.compile(network, share=False, fold=False)
    total = network.cost().numbers().total
    assert not total.exact
    assert total.size == circuit.size
    assert total.edges >= circuit.edges


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Product(left=[0, 1]), "left is a Table"),
        (lambda: Product(right=Table([[1, 2], [3, 4]])), "right table has one row"),
        (lambda: alone(Product(Table([1, 2])), (1, Code(0, 2)), (1, Code(0, 1))), r"0\.\.1 for"),
        (
            lambda: alone(Product(Table([1, 2, 3])), (1, Code(0, 2, "binary")), (1, Code(0, 1))),
            "put Recode in front",
        ),
        (lambda: alone(Product(), (2, Code(0, 2)), (3, Code(0, 1))), "do not broadcast"),
    ],
)
def test_bad_input(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


def test_linear_forms_are_no_factors() -> None:
    from tcsim.networks import Sketch

    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 2))
    with pytest.raises(NetworkError, match="put Requantize in front"):
        sketch.add(Product(), sketch.add(Combine([1]), x), x)
