"""LinearAttention: sums of products of three, with and without the sum of the weights below."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Code, LinearAttention, Requantize, SelectiveScan, Sketch
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
)


def plain(operation: LinearAttention, q, k, v) -> list[list[int]]:
    """The definition for one sequence, in exact fractions."""
    found = []
    for t, query in enumerate(q):
        seen = range(t + 1) if operation.causal else range(len(k))
        scores = [sum(a * b for a, b in zip(query, k[s], strict=True)) for s in seen]
        row = []
        for channel in range(len(v[0])):
            total = sum(score * v[s][channel] for score, s in zip(scores, seen, strict=True))
            if operation.code is not None:
                exact = Fraction(total) / (sum(scores) + operation.epsilon)
                code = operation.code
                total = min(max(math.floor(exact + Fraction(1, 2)), code.lo), code.hi)
            row.append(total)
        found.append(row)
    return found


@st.composite
def attentions(draw) -> LinearAttention:
    code = None
    if draw(st.booleans()):
        lo = draw(st.integers(-3, 0))
        kind = draw(st.sampled_from(["thermometer", "binary"]))
        code = Code(lo, lo + draw(st.integers(1, 4)), kind)
    epsilon = draw(st.sampled_from([Fraction(1, 3), 1, 0.125, 2]))
    return LinearAttention(causal=draw(st.booleans()), code=code, epsilon=epsilon)


def network(operation, length: int, keys: int, features: int, channels: int, codes, batch=()):
    widths = [(length, features), (keys, features), (keys, channels)]
    sources = [((*batch, *w), code) for w, code in zip(widths, codes, strict=True)]
    after = [] if operation.code else [Requantize([[-3, 0, 2, 9]], Code(0, 4))]
    return alone(operation, *sources, extra=after)


KINDS = ["thermometer", "binary", "one_hot"]


@st.composite
def networks(draw):
    operation = draw(attentions())
    length = draw(st.integers(1, 3))
    keys = length if operation.causal else draw(st.integers(1, 3))
    lo = 0 if operation.code else -1
    codes = [Code(low, 2, draw(st.sampled_from(KINDS))) for low in (lo, lo, -2)]
    features, channels = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    batch = draw(st.sampled_from([(), (2,)]))
    return network(operation, length, keys, features, channels, codes, batch)


@given(operation=attentions(), length=st.integers(1, 4), seed=st.integers(0, 999))
def test_meaning(operation, length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    lo = 0 if operation.code else -3
    q, k = (random.integers(lo, 4, (2, length, 2)) for _ in range(2))
    v = random.integers(-4, 5, (2, length, 3))
    expected = [plain(operation, *(x[i].tolist() for x in (q, k, v))) for i in range(2)]
    assert operation(q, k, v).tolist() == expected


@settings(max_examples=20)
@given(made=networks(), share=st.booleans(), fold=st.booleans())
def test_circuit(made, share: bool, fold: bool) -> None:
    assert_circuit_is_the_network(made, 60, share=share, fold=fold)


@settings(max_examples=20)
@given(made=networks())
def test_cost(made) -> None:
    assert_cost_is_the_circuit(made)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("length", [1, 2, 4])
def test_two_levels(length: int, causal: bool) -> None:
    """Products, then the rounded quotient: n(n+1)/2 pairs, or n^2, of N^3 and N^2 ANDs."""
    code = Code(0, 2)
    operation = LinearAttention(causal=causal, code=Code(0, 2))
    circuit = assert_cost_is_the_circuit(network(operation, length, length, 2, 3, [code] * 3))
    pairs = length * (length + 1) // 2 if causal else length**2
    assert circuit.depth == 2
    assert circuit.size == pairs * 2 * (3 * 2**3 + 2**2) + length * 3 * 2


def test_exhaustive() -> None:
    operation = LinearAttention(code=Code(-1, 1))
    made = network(operation, 2, 2, 1, 1, [Code(0, 1), Code(0, 1), Code(-1, 1)])
    # Once position 0 gives 1, position 1 cannot give -1, and the other way round.
    assert assert_circuit_is_the_network(made, 200) == 7


def test_it_is_a_scan_without_decay() -> None:
    random = np.random.default_rng(0)
    q, k = (random.integers(-3, 4, (5, 4, 2)) for _ in range(2))
    v, delta = random.integers(-3, 4, (5, 4, 3)), random.integers(0, 4, (5, 4, 3))
    scan = SelectiveScan([[[1], [1]]], [[[1, 1], [1, 1]]])
    assert np.array_equal(LinearAttention()(q, k, v), scan(delta, k, q, v))


def test_a_named_length() -> None:
    code = Code(0, 2)
    for operation in (LinearAttention(), LinearAttention(causal=False, code=Code(0, 2))):
        after = [] if operation.code else [Requantize([[1, 2]], Code(0, 2))]
        named = alone(operation, *[(("n", 2), code)] * 3, extra=after)
        assert_named_axis_is_its_number(named, n=3)


def test_levels_that_differ() -> None:
    for late in range(3):
        for operation in (LinearAttention(), LinearAttention(code=Code(0, 2))):
            sketch = Sketch()
            code = Code(0, 2)
            edges = [sketch.input(f"x{i}", (3, 1), code) for i in range(3)]
            edges[late] = sketch.add(Requantize([[1, 2]], code), edges[late])
            edge = sketch.add(operation, *edges)
            if operation.code is None:
                edge = sketch.add(Requantize([[2, 5]], code), edge)
            made = sketch.network(edge)
            assert_cost_is_the_circuit(made)
            assert_circuit_is_the_network(made, 60)


@pytest.mark.parametrize("epsilon", [0, -1, float("nan"), "x", None, float("inf")])
def test_bad_epsilon(epsilon) -> None:
    with pytest.raises(NetworkError, match="above 0"):
        LinearAttention(epsilon=epsilon)


def test_bad_operands() -> None:
    good = [Code(0, 1)] * 3
    with pytest.raises(NetworkError, match="do not fit"):
        network(LinearAttention(), 2, 3, 1, 1, good)
    with pytest.raises(NetworkError, match="of v must hold 0"):
        network(LinearAttention(), 2, 2, 1, 1, [*good[:2], Code(1, 2)])
    with pytest.raises(NetworkError, match="at least 0"):
        network(LinearAttention(code=Code(0, 1)), 2, 2, 1, 1, [Code(-1, 1), *good[1:]])
    with pytest.raises(NetworkError, match="thermometer or binary"):
        LinearAttention(code=Code(0, 1, "one_hot"))
    huge = np.full((1, 2, 1), 2**31)
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        LinearAttention()(huge, huge, huge)
