"""Thresholds and symmetric functions: as parts, at larger parameters, and against what is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, BuilderError
from tcsim.library import check, get
from tcsim.library.counting import count
from tcsim.library.majority import k_of_n, majority, padding
from tcsim.library.modulo import congruent
from tcsim.library.parity import parity, parity_bits, parity_skip
from tcsim.library.small_weights import weighted_threshold_small
from tcsim.library.symmetric import symmetric
from tcsim.library.weighted_threshold import weighted_threshold

PARITIES = {"parity": parity, "parity-skip": parity_skip, "parity-bits": parity_bits}


@given(st.integers(0, 40), st.integers(-2, 43))
def test_padding_makes_a_strict_majority(n: int, k: int) -> None:
    ones, zeros = padding(k, n)
    for s in range(n + 1):
        assert (2 * (s + ones) > n + ones + zeros) == (s >= k)
    assert ones + zeros <= abs(2 * k - 1 - n)
    assert min(ones, zeros) == 0


@given(st.lists(st.integers(-(2**20), 2**20) | st.integers(-3, 3), max_size=7), st.data())
def test_formulas_of_small_weights(weights: list[int], data: st.DataObject) -> None:
    t = data.draw(st.integers(-sum(map(abs, weights)) - 1, sum(map(abs, weights)) + 1))
    point = {"weights": weights, "t": t}
    for verdict in check("weighted-threshold-small", [point], samples=20, vectors=20):
        assert verdict.passed, verdict.failure


def test_padding_is_what_the_majority_basis_counts() -> None:
    """At n = 5, k = 2: two constants, MAJ of 7 operands."""
    circuit = get("k-of-n").circuit(n=5, k=2)
    assert padding(2, 5) == (2, 0)
    assert tc.measure.majority(circuit).max_fan_in == 7


@pytest.mark.parametrize("function", [weighted_threshold, weighted_threshold_small])
@given(st.data())
def test_weighted_threshold(function: object, data: st.DataObject) -> None:
    """Any weights, inverted and repeated wires, conditions as operands."""
    weights = data.draw(st.lists(st.integers(-(2**70), 2**70) | st.integers(-3, 3), max_size=6))
    total = sum(map(abs, weights))
    t = data.draw(st.integers(-total - 2, total + 2))
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", len(weights))
    signs = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    literals = [~wire if sign else wire for wire, sign in zip(x, signs, strict=True)]
    b.output("fires", function(weights, t, literals))
    circuit = b.build()
    vector = data.draw(st.lists(st.integers(0, 1), min_size=len(weights), max_size=len(weights)))
    value = sum(w * (bit ^ sign) for w, bit, sign in zip(weights, vector, signs, strict=True))
    assert circuit(np.array(vector, int)).tolist() == [value >= t]


@given(st.lists(st.integers(0, 1), min_size=1, max_size=60), st.randoms())
def test_symmetric(values: list[int], random: object) -> None:
    n = len(values) - 1
    circuit = get("symmetric").circuit(values=values)
    counts = random.choices(range(n + 1), k=5)
    rows = [random.sample([1] * s + [0] * (n - s), n) for s in counts]
    batch = np.array(rows, int).reshape(5, n)
    assert circuit(batch)[:, 0].tolist() == [values[s] for s in counts]


@pytest.mark.parametrize("name", PARITIES)
@given(st.lists(st.integers(0, 1), min_size=1, max_size=80))
def test_parity(name: str, bits: list[int]) -> None:
    b = tc.Builder()
    x = b.inputs("x", len(bits))
    b.output("odd", PARITIES[name](x))
    assert b.build()(bits).tolist() == [sum(bits) % 2]


def test_parity_of_no_wires_is_even() -> None:
    b = tc.Builder()
    for name, function in PARITIES.items():
        b.output(name, function([]))
    assert b.build()([]).tolist() == [0, 0, 0]


@given(st.lists(st.integers(0, 1), min_size=1, max_size=80), st.integers(2, 9), st.data())
def test_congruent(bits: list[int], m: int, data: st.DataObject) -> None:
    r = data.draw(st.integers(0, m - 1))
    b = tc.Builder()
    b.output("f", congruent(m, r, b.inputs("x", len(bits))))
    assert b.build()(bits).tolist() == [sum(bits) % m == r]


@given(st.lists(st.integers(0, 1), min_size=1, max_size=100))
def test_count(bits: list[int]) -> None:
    b = tc.Builder()
    b.output("count", count([~wire for wire in b.inputs("x", len(bits))]))
    digits = b.build()(bits).tolist()
    assert sum(digit << place for place, digit in enumerate(digits)) == len(bits) - sum(bits)


def test_known_sizes() -> None:
    """B5 and B4: one layer of n thresholds for all digits; three sizes of parity at n = 100."""
    assert get("binary-count").predicted(n=100)["size"] == 100 + 7
    assert [get(name).predicted(n=100)["size"] for name in PARITIES] == [101, 51, 7]


def test_bad_input() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    with pytest.raises(ArgumentError, match="values must be 4 zeros and ones for 3 wires"):
        symmetric([0, 1, 0], x)
    with pytest.raises(ArgumentError, match="zeros and ones"):
        symmetric([0, 1, 2, 0], x)
    with pytest.raises(ArgumentError, match="2 weights for 3 wires"):
        weighted_threshold([1, 2], 1, x)
    with pytest.raises(ArgumentError, match="m must be at least 2 and r in"):
        congruent(3, 3, x)
    with pytest.raises(ArgumentError, match="x must be a sequence of wires, not Wire"):
        k_of_n(1, x[0])
    with pytest.raises(BuilderError, match="majority takes wires"):
        majority([1, 0])
    with pytest.raises(ArgumentError, match=r"k must be at most n \+ 1 = 6, not 7"):
        get("k-of-n").circuit(n=5, k=7)
    with pytest.raises(ArgumentError, match="values must not be empty"):
        get("symmetric").circuit(values=())
