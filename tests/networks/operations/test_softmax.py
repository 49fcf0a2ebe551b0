"""Softmax and SoftmaxAverage: rounded probabilities, rounded scores, the maximum by OR."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import (
    Argmax,
    Code,
    ExpTable,
    MatrixProduct,
    Requantize,
    Sketch,
    Softmax,
    SoftmaxAttention,
    SoftmaxAverage,
    SoftmaxProduct,
    Transpose,
    fused,
)
from tests.networks.operations.attention_oracle import table_rows
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)
from tests.networks.operations.test_product import KINDS, rounded
from tests.networks.operations.test_softmax_attention import TABLES


@st.composite
def softmaxes(draw):
    m = draw(st.integers(2, 4))
    lo = draw(st.integers(-2, 1))
    source = Code(lo, lo + draw(st.integers(1, 4)), draw(st.sampled_from(KINDS)))
    top = draw(st.integers(1, 6))
    code = Code(0, draw(st.integers(1, top)), draw(st.sampled_from(["thermometer", "binary"])))
    operation = Softmax(
        draw(st.sampled_from(TABLES)),
        code,
        scale=draw(st.sampled_from([Fraction(top), Fraction(2 * top + 1, 2)])),
        rounding=draw(st.sampled_from(["half_up", "floor"])),
    )
    return alone(operation, ((*draw(st.sampled_from([(), (2,)])), m), source)), operation


@settings(max_examples=20, deadline=None)
@given(made=softmaxes(), share=st.booleans(), fold=st.booleans())
def test_probabilities(made, share: bool, fold: bool) -> None:
    network, operation = made
    (rows,) = rows_of(network, 60)
    weights = table_rows(operation.table)
    half = Fraction(1, 2) if operation.rounding == "half_up" else 0
    for row, found in zip(
        rows.reshape(-1, rows.shape[-1]).tolist(),
        network(rows).reshape(-1, rows.shape[-1]).tolist(),
        strict=True,
    ):
        a = [weights[max(row) - x] for x in row]
        exact = [math.floor(operation.scale * Fraction(one, sum(a)) + half) for one in a]
        assert found == [min(one, operation.code.hi) for one in exact]
    assert_circuit_is_the_network(network, 60, share=share, fold=fold)
    assert assert_cost_is_the_circuit(network).depth == 3 + (operation.code.kind == "binary")


def test_weights_that_cancel_are_operands() -> None:
    """p = scale needs A = B: the score's own steps have weight 0 then."""
    network = alone(Softmax(TABLES[0], Code(0, 2), scale=2, rounding="floor"), (3, Code(0, 2)))
    assert_cost_is_the_circuit(network)


@st.composite
def averages(draw, maximum: str):
    groups, share, n, m = (draw(st.integers(1, 2)) for _ in range(4))
    m += 1
    lo = draw(st.integers(-2, 1))
    kind = "thermometer" if maximum == "or" else draw(st.sampled_from(KINDS))
    scores = Code(lo, lo + draw(st.integers(1, 4)), kind)
    value = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(KINDS)))
    code = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(["thermometer", "binary"])))
    operation = SoftmaxAverage(
        draw(st.sampled_from(TABLES)),
        code,
        rounding=draw(st.sampled_from(["floor", "half_up"])),
        scale=draw(st.sampled_from([1, Fraction(3, 2)])),
        maximum=maximum,
        fused=draw(st.booleans()),
    )
    outputs = draw(st.integers(1, 2))
    shapes = [((groups * share, n, m), scores), ((groups, m, outputs), value)]
    return alone(operation, *shapes), operation


@pytest.mark.parametrize("maximum", ["pairs", "or"])
@settings(max_examples=15, deadline=None)
@given(data=st.data(), share=st.booleans(), fold=st.booleans())
def test_averages(maximum: str, data, share: bool, fold: bool) -> None:
    network, operation = data.draw(averages(maximum))
    rows = rows_of(network, 40)
    weights = table_rows(operation.table)
    half = Fraction(1, 2) if operation.rounding == "half_up" else 0
    found = network(*rows)
    for scores, v, result in zip(*rows, found, strict=True):
        for head, i, d in np.ndindex(result.shape):
            row = scores[head, i].tolist()
            a = [weights[max(row) - x] for x in row]
            values = v[head // (len(scores) // len(v)), :, d].tolist()
            total = Fraction(sum(x * y for x, y in zip(a, values, strict=True)), sum(a))
            exact = math.floor(operation.scale * total + half)
            assert result[head, i, d] == min(max(exact, operation.code.lo), operation.code.hi)
    assert_circuit_is_the_network(network, 40, share=share, fold=fold)
    circuit = assert_cost_is_the_circuit(network)
    levels = 4 if maximum == "or" and not operation.fused else 3
    assert circuit.depth == levels + (operation.code.kind == "binary")


def attention(rounded: bool, maximum: str, *, fused: bool = False):
    """q k^T, rounded or not, and the average."""
    sketch = Sketch()
    q, k, v = (sketch.input(name, (2, 3, 2), Code(0, 2)) for name in "qkv")
    scores = sketch.add(MatrixProduct(), q, sketch.add(Transpose((0, 2, 1)), k))
    if rounded:
        scores = sketch.add(Requantize([[2, 4, 6]], Code(0, 3)), scores)
    average = SoftmaxAverage(TABLES[1], Code(0, 2), maximum=maximum, fused=fused)
    return sketch.network(sketch.add(average, scores, v))


def test_depths_of_the_variants() -> None:
    """4 with exact scores; rounded: 5, by the maximum 6, and 5 again with the AND fused."""
    for options, depth in [
        ((False, "pairs"), 4),
        ((True, "pairs"), 5),
        ((True, "or"), 6),
    ]:
        assert assert_cost_is_the_circuit(attention(*options)).depth == depth
    assert assert_cost_is_the_circuit(attention(True, "or", fused=True)).depth == 5
    rounded = [attention(True, "pairs"), attention(True, "or"), attention(True, "or", fused=True)]
    rows = rows_of(rounded[0], 100)
    for one in rounded:
        assert np.array_equal(one(*rows), rounded[0](*rows))
        assert_circuit_is_the_network(one, 60)


def test_exact_scores_are_softmax_attention() -> None:
    network = attention(False, "pairs")
    whole = alone(SoftmaxAttention(TABLES[1], Code(0, 2)), *[((2, 3, 2), Code(0, 2))] * 3)
    rows = rows_of(whole, 200)
    assert np.array_equal(network(*rows), whole(*rows))
    one, other = network.cost().numbers().total, whole.cost().numbers().total
    assert (one.levels, one.edges) == (other.levels, other.edges)


def test_the_maximum_saves_comparisons() -> None:
    """n (R + m E) gates in place of n m (m - 1) E."""
    m, e, r = 6, 2, 3
    sizes = {}
    for maximum in ("pairs", "or"):
        operation = SoftmaxAverage(TABLES[1], Code(0, 1), maximum=maximum)
        network = alone(operation, ((1, 4, m), Code(0, r)), ((1, m, 1), Code(0, 1)))
        sizes[maximum] = assert_cost_is_the_circuit(network).size
    assert sizes["pairs"] - sizes["or"] == 4 * (m * (m - 1) * e + m * e) - 4 * (r + m * e)


@st.composite
def products(draw):
    n, m, outputs = draw(st.integers(1, 2)), draw(st.integers(2, 3)), draw(st.integers(1, 2))
    lo = draw(st.integers(-2, 1))
    scores = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(KINDS)))
    value = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(KINDS)))
    softmax = Softmax(
        draw(st.sampled_from(TABLES)),
        Code(0, draw(st.integers(1, 3)), draw(st.sampled_from(["thermometer", "binary"]))),
        scale=draw(st.integers(1, 4)),
        rounding=draw(st.sampled_from(["floor", "half_up"])),
    )
    sketch = Sketch()
    rest = draw(st.sampled_from([(), (2,)]))
    x = sketch.input("x", (*rest, n, m), scores)
    v = sketch.input("v", (*rest, m, outputs), value)
    mixed = sketch.add(MatrixProduct(), sketch.add(softmax, x), v)
    last = Argmax(outputs) if outputs > 1 and draw(st.booleans()) else rounded(6, 2)
    return sketch.network(sketch.add(last, mixed))


@settings(max_examples=15, deadline=None)
@given(network=products(), share=st.booleans(), fold=st.booleans())
def test_fused_products(network, share: bool, fold: bool) -> None:
    flat = fused(network)
    assert type(flat.operations[0]) is SoftmaxProduct
    rows = rows_of(network, 60)
    assert np.array_equal(network.run(*rows)[0], flat.run(*rows)[0])
    assert_circuit_is_the_network(flat, 60, share=share, fold=fold)
    binary = network.operations[0].code.kind == "binary"
    assert assert_cost_is_the_circuit(flat).depth == network.cost().total.depth - 1 - binary


@pytest.mark.parametrize("late", ["scores", "v", "both"])
def test_levels_that_differ(late: str) -> None:
    """Behind a causal attention, whose first token is two levels earlier."""
    sketch = Sketch()
    edges = [sketch.input(name, (2, 3, 3), Code(0, 2)) for name in "qkv"]
    causal = sketch.add(SoftmaxAttention(TABLES[0], Code(0, 2), causal=True), *edges)
    scores = edges[0] if late == "v" else causal
    v = edges[2] if late == "scores" else causal
    softmax = Softmax(TABLES[1], Code(0, 2), scale=2)
    for maximum, joint in [("pairs", False), ("or", False), ("or", True)]:
        average = SoftmaxAverage(TABLES[1], Code(0, 2), maximum=maximum, fused=joint)
        network = sketch.network(sketch.add(average, scores, v))
        assert_cost_is_the_circuit_where_apart(network, late)
    for made in [
        sketch.add(SoftmaxProduct(softmax), scores, v),
        sketch.add(MatrixProduct(), sketch.add(softmax, scores), v),
    ]:
        network = sketch.network(sketch.add(rounded(4, 2), made))
        assert_cost_is_the_circuit_where_apart(network, late)


def assert_cost_is_the_circuit_where_apart(network, late: str) -> None:
    """Gates that read the same wires as score and as value are counted by a bound."""
    circuit = tc.networks.compile(network, share=False, fold=False)
    total = network.cost().numbers().total
    assert (0, *total.levels) == circuit.measures.levels
    assert total.exact or late == "both"
    if total.exact:
        assert (total.edges, total.max_fan_in) == (circuit.edges, circuit.measures.max_fan_in)
    assert total.edges >= circuit.edges


def test_bad_products() -> None:
    softmax = Softmax(TABLES[0], Code(-1, 1), scale=1)
    with pytest.raises(NetworkError, match="begin at 0"):
        SoftmaxProduct(softmax)
    with pytest.raises(NetworkError, match="come from a Softmax"):
        SoftmaxProduct(TABLES[0])
    product = SoftmaxProduct(Softmax(TABLES[0], Code(0, 1), scale=1))
    with pytest.raises(NetworkError, match="different axes"):
        alone(product, ((2, 1, 2), Code(0, 1)), ((1, 2, 1), Code(0, 1)))


def test_named_axes() -> None:
    for maximum in ("pairs", "or"):
        operation = SoftmaxAverage(TABLES[1], Code(0, 2, "binary"), maximum=maximum)
        named = alone(operation, ((2, "n", "m"), Code(0, 2)), ((1, "m", 2), Code(0, 3)))
        assert_named_axis_is_its_number(named, n=2, m=3)
    softmax = Softmax(TABLES[1], Code(0, 2), scale=2)
    assert_named_axis_is_its_number(alone(softmax, (("n", "m"), Code(0, 3))), n=2, m=3)
    sources = ((("n", "m"), Code(0, 3)), (("m", 2), Code(0, 3)))
    named = alone(SoftmaxProduct(softmax), *sources, extra=[rounded(4)])
    assert_named_axis_is_its_number(named, n=2, m=3)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Softmax(3, Code(0, 1), scale=1), "ExpTable"),
        (lambda: Softmax(TABLES[0], Code(0, 1), scale=-1), "positive"),
        (lambda: Softmax(TABLES[0], Code(0, 1), scale=1, rounding="up"), "half_up"),
        (lambda: Softmax(TABLES[0], Code(0, 1, "one_hot"), scale=1), "thermometer or binary"),
        (lambda: alone(Softmax(TABLES[0], Code(0, 1), scale=1), (1, Code(0, 1))), "two scores"),
        (
            lambda: alone(Softmax(ExpTable([0], [2**60]), Code(0, 1), scale=9), (2, Code(0, 1))),
            r"2\*\*62",
        ),
        (lambda: SoftmaxAverage(TABLES[0], Code(0, 1), maximum="max"), "pairs or by or"),
        (lambda: averaged((1, 2, 1), (1, 1, 1)), "two keys"),
        (lambda: averaged((1, 2, 2), (1, 3, 1)), "do not fit"),
        (lambda: averaged((2, 2), (2, 2)), "heads, n, m"),
        (lambda: averaged((1, 2, 2), (1, 2, 1), "binary", maximum="or"), "put Recode in front"),
    ],
)
def test_bad_input(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


def averaged(scores, values, kind="thermometer", **options):
    operation = SoftmaxAverage(TABLES[0], Code(0, 1), **options)
    return alone(operation, (scores, Code(0, 1, kind)), (values, Code(0, 1)))
