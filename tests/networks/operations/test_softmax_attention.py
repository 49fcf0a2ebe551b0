"""SoftmaxAttention: meaning, circuit and cost, with masks, groups of heads and cross attention."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import (
    Code,
    ExpTable,
    HardAttention,
    Requantize,
    Sketch,
    SoftmaxAttention,
    padding_mask,
)
from tests.networks.operations.attention_oracle import attention, counts, table_rows
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)
from tests.networks.operations.test_product import KINDS

TABLES = [
    ExpTable([0], [1]),
    ExpTable([0, 2], [2, 1]),
    ExpTable([1], [3], tail=1),
    ExpTable.from_scale(0.4, 4),
]


def test_table_of_a_scale() -> None:
    for scale in (0.01, 0.3, 2.0):
        for top in (1, 2, 15, 255):
            table = ExpTable.from_scale(scale, top)
            for d in range(40):
                assert int(table(d)) == math.floor(top * math.exp(-scale * d) + 0.5)
            assert table.steps <= top


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ExpTable([], []), "at least one step"),
        (lambda: ExpTable([1, 1], [1, 1]), "increase"),
        (lambda: ExpTable([1], [0]), "a drop is at least 1"),
        (lambda: ExpTable([-1], [1]), "0..2"),
        (lambda: ExpTable.from_scale(0, 4), "positive"),
        (lambda: ExpTable.from_scale(float("nan"), 4), "positive number, not nan"),
        (lambda: ExpTable.from_scale("x", 4), "positive number, not 'x'"),
        (lambda: ExpTable.from_scale(1e-300, 4), r"beyond 2\*\*62"),
        (lambda: ExpTable.from_scale(1, 0), "largest weight is"),
    ],
)
def test_bad_tables(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


def check_meaning(network, operation, limit: int) -> None:
    rows = rows_of(network, limit)
    rows_table = table_rows(operation.table)
    found = network(*rows)
    for at in range(len(found)):
        q, k, v = (one[at].tolist() for one in rows)
        mask = operation.mask
        shape = (*found.shape[1:3], rows[1].shape[2])
        expected = attention(
            q,
            k,
            v,
            rows_table,
            operation.code,
            rounding=operation.rounding,
            causal=operation.causal,
            mask=None if mask is None else np.broadcast_to(mask, shape).tolist(),
            scale=operation.scale,
        )
        assert found[at].tolist() == expected


@st.composite
def attentions(draw):
    groups, share = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    n, m = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    width, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    codes = []
    for _ in range(3):
        lo = draw(st.integers(-2, 1))
        codes.append(Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(KINDS))))
    lo = draw(st.integers(-2, 1))
    out = Code(lo, lo + draw(st.integers(1, 4)), draw(st.sampled_from(["thermometer", "binary"])))
    heads = groups * share
    mask = None
    if draw(st.booleans()):
        cells = st.lists(st.booleans(), min_size=n * m, max_size=n * m)
        mask = np.array(draw(cells)).reshape(n, m)
        mask[:, 0] = True
        if draw(st.booleans()):
            mask = np.stack([mask, np.ones((n, m), bool)] * heads)[:heads]
    operation = SoftmaxAttention(
        draw(st.sampled_from(TABLES)),
        out,
        rounding=draw(st.sampled_from(["floor", "half_up"])),
        causal=m >= n and draw(st.booleans()),
        mask=mask,
        scale=draw(st.sampled_from([1, 2, 3])),
    )
    shapes = [(heads, n, width), (groups, m, width), (groups, m, outputs)]
    return alone(operation, *zip(shapes, codes, strict=True)), operation


@settings(max_examples=25, deadline=None)
@given(made=attentions(), share=st.booleans(), fold=st.booleans())
def test_random(made, share: bool, fold: bool) -> None:
    network, operation = made
    check_meaning(network, operation, 25)
    assert_circuit_is_the_network(network, 60, share=share, fold=fold)
    assert_cost_is_the_circuit(network)


@pytest.mark.parametrize("rounding", ["floor", "half_up"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("causal", [True, False])
def test_exhaustive(rounding, table: ExpTable, causal: bool) -> None:
    operation = SoftmaxAttention(table, Code(-1, 2), rounding=rounding, causal=causal)
    network = alone(
        operation, ((1, 2, 1), Code(-1, 1)), ((1, 2, 1), Code(0, 3)), ((1, 2, 1), Code(-1, 2))
    )
    check_meaning(network, operation, 3000)
    assert assert_circuit_is_the_network(network, 3000) > 6
    assert assert_circuit_is_the_network(network, 3000, share=False, fold=False) > 6


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize(("n", "heads", "width"), [(2, 1, 2), (3, 2, 1), (4, 1, 1)])
def test_gates_and_levels(kind: str, causal: bool, n: int, heads: int, width: int) -> None:
    """Per kind of gate, as counted by hand; 2 levels where there is one key, else 4."""
    bits, steps = Code(0, 3, kind).wires, 3
    table = ExpTable([0, 1, 4], [2, 1, 1])
    operation = SoftmaxAttention(table, Code(0, 3), causal=causal)
    network = alone(
        operation,
        ((heads, n, width), Code(0, 3, kind)),
        ((heads, n, width), Code(0, 3, kind)),
        ((heads, n, width), Code(0, 3)),
    )
    circuit = assert_cost_is_the_circuit(network)
    pairs, squares, single = counts(n, n, causal=causal)
    e = table.steps
    first = pairs * width * bits * bits + single * e * width * steps
    second = (squares - pairs) * e + single * width * steps
    third = (pairs - single) * e * (1 + width * steps)
    fourth = (n - single) * width * steps
    assert circuit.measures.levels == (0, *(heads * one for one in (first, second, third, fourth)))
    if not causal:
        # ANDs n^2 d N^2, comparisons n^2 (n-1) H E, value ANDs n^2 H E (1 + dh N), then n d N
        d = heads * width
        assert first * heads == n**2 * d * bits**2
        assert second * heads == n**2 * (n - 1) * heads * e
        assert third * heads == n**2 * heads * e * (1 + width * steps)
        assert fourth * heads == n * d * steps
    else:
        # Pairs n (n+1) / 2, comparisons H E (n^3 - n) / 3, and E fewer ANDs for the first token.
        assert first == n * (n + 1) // 2 * width * bits**2 + e * width * steps
        assert (squares - pairs) * 3 == n**3 - n


def test_port_delays() -> None:
    """q and k take 4 levels to the output, v 2: a v two levels late costs nothing."""
    for late, depth in [
        ((0, 0, 0), 4),
        ((1, 0, 0), 5),
        ((0, 1, 0), 5),
        ((0, 0, 2), 4),
        ((0, 0, 3), 5),
    ]:
        sketch = Sketch()
        edges = [sketch.input(name, (1, 2, 2), Code(0, 2)) for name in "qkv"]
        for place, count in enumerate(late):
            for _ in range(count):
                edges[place] = sketch.add(Requantize([[1, 2]], Code(0, 2)), edges[place])
        operation = SoftmaxAttention(TABLES[1], Code(0, 2))
        network = sketch.network(sketch.add(operation, *edges))
        assert network.cost().total.depth == depth
        assert_cost_is_the_circuit(network)


def test_causal_after_causal() -> None:
    """Levels that differ from token to token go on through a second attention."""
    for binary in (False, True):
        sketch = Sketch()
        kind = "binary" if binary else "thermometer"
        q, k, v = (sketch.input(name, (2, 3, 1), Code(0, 2)) for name in "qkv")
        operation = SoftmaxAttention(TABLES[1], Code(0, 2, kind), causal=True)
        first = sketch.add(operation, q, k, v)
        for operands in [(first, k, v), (q, first, v), (q, k, first), (first, first, first)]:
            if operands[0] is operands[1]:
                continue
            second = sketch.add(operation, *operands)
            network = sketch.network(second)
            assert_cost_is_the_circuit(network, symbols=False)
            assert_circuit_is_the_network(network, 60)


def test_padding() -> None:
    """Per-batch lengths: as if the rest of the keys were not there."""
    random = np.random.default_rng(1)
    mask = padding_mask([1, 3, 2], 3)
    operation = SoftmaxAttention(TABLES[1], Code(0, 3), mask=mask)
    q, k, v = (random.integers(0, 4, (20, 3, 1, 3, 2)) for _ in range(3))
    found = operation(q, k, v)
    plain = SoftmaxAttention(TABLES[1], Code(0, 3))
    for batch, length in enumerate([1, 3, 2]):
        short = plain(q[:, batch], k[:, batch, :, :length], v[:, batch, :, :length])
        assert np.array_equal(found[:, batch], short)
    shape = (3, 1, 3, 1)
    network = alone(operation, (shape, Code(0, 1)), (shape, Code(0, 2)), (shape, Code(0, 3)))
    assert_circuit_is_the_network(network, 60)
    assert_cost_is_the_circuit(network)
    with pytest.raises(NetworkError, match=r"1\.\.3"):
        padding_mask([0], 3)


def test_named_axis() -> None:
    for causal in (True, False):
        operation = SoftmaxAttention(TABLES[1], Code(0, 2), causal=causal)
        named = alone(
            operation,
            *[((2, "n", 2), Code(-1, 1)), ((1, "n", 2), Code(1, 2)), ((1, "n", 1), Code(0, 2))],
        )
        for n in (2, 3, 5):
            assert_named_axis_is_its_number(named, n=n)


def test_a_mask_has_no_named_axes() -> None:
    operation = SoftmaxAttention(TABLES[0], Code(0, 1), mask=np.ones((2, 2), bool))
    named = alone(operation, *[((1, "n", 1), Code(0, 1))] * 3)
    with pytest.raises(NetworkError, match="a mask is of one shape"):
        named.cost()


def test_formulas_are_those_of_the_literature() -> None:
    import sympy

    operation = SoftmaxAttention(TABLES[1], Code(0, 2))
    named = alone(operation, *[((1, "n", 2), Code(0, 2))] * 3)
    levels = named.cost().total.levels
    n = sympy.Symbol("n", integer=True, positive=True)
    values = named.cost().values
    comparisons = sympy.expand(levels[1].subs(values))
    assert comparisons == sympy.expand(n**2 * (n - 1) * 2)


def test_hard_attention() -> None:
    operation = HardAttention(Code(-1, 2), causal=True, rounding="half_up")
    network = alone(operation, *[((1, 3, 1), Code(-1, 2))] * 3)
    rows = rows_of(network, 200)
    for q, k, v, found in zip(*rows, network(*rows), strict=True):
        for i in range(3):
            scores = [int(q[0, i, 0]) * int(k[0, j, 0]) for j in range(i + 1)]
            best = [int(v[0, j, 0]) for j, score in enumerate(scores) if score == max(scores)]
            exact = (2 * sum(best) + len(best)) // (2 * len(best))
            assert found[0, i, 0] == exact
    assert assert_circuit_is_the_network(network, 200) > 6
    assert assert_cost_is_the_circuit(network).depth == 4
    other = network.with_codes(outputs="binary")
    assert type(other.operations[0]) is HardAttention
    assert tc.networks.compile(other, share=False, fold=False).depth == 5


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SoftmaxAttention([1], Code(0, 1)), "ExpTable"),
        (lambda: SoftmaxAttention(TABLES[0], Code(0, 1, "one_hot")), "thermometer or binary"),
        (lambda: SoftmaxAttention(TABLES[0], Code(0, 1), rounding="up"), "half_up or floor"),
        (lambda: SoftmaxAttention(TABLES[0], Code(0, 1), mask=[1, 0]), "booleans"),
        (lambda: SoftmaxAttention(TABLES[0], Code(0, 1), scale=0), "positive"),
        (lambda: shaped((1, 2, 2), (1, 2, 3), (1, 2, 1)), "do not fit"),
        (lambda: shaped((2, 2, 2), (3, 2, 2), (3, 2, 1)), "multiple of groups"),
        (lambda: shaped((2, 2), (2, 2), (2, 1)), "heads, positions"),
        (
            lambda: shaped((1, 3, 1), (1, 2, 1), (1, 2, 1), causal=True),
            r"query \(0, 0\) sees no key",
        ),
        (lambda: shaped((1, 2, 1), (1, 2, 1), (1, 2, 1), mask=[[True] * 3]), "a mask of"),
    ],
)
def test_bad_input(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


def shaped(*shapes, **options):
    return alone(
        SoftmaxAttention(TABLES[0], Code(0, 1), **options),
        *((shape, Code(0, 1)) for shape in shapes),
    )


def test_too_large() -> None:
    with pytest.raises(NetworkError, match=r"2\*\*62"):
        alone(SoftmaxAttention(ExpTable([0], [2**61]), Code(0, 1)), *[((1, 2, 1), Code(0, 1))] * 3)
