"""Threshold gates and certificates, over all small functions and beyond."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.search import (
    Refutation,
    ThresholdGate,
    count_threshold_functions,
    is_threshold,
    threshold_gate,
)
from tcsim.search.counting import positive_functions
from tcsim.search.simplex import LinearProgram
from tcsim.search.threshold import _integral, _solve

WEIGHTS = st.integers(1, 7).flatmap(lambda n: st.lists(st.integers(-9, 9), min_size=n, max_size=n))


def computed(gate: ThresholdGate) -> list[int]:
    n = len(gate.weights)
    return [
        int(sum(w for i, w in enumerate(gate.weights) if x >> i & 1) >= gate.threshold)
        for x in range(2**n)
    ]


def adds_up(table: list[int], found: Refutation) -> bool:
    """The certificate, checked from scratch."""
    places = [
        [sum(b << i for i, b in enumerate(p)) for p in side] for side in (found.ones, found.zeros)
    ]
    return (
        len(found.ones) == len(found.zeros) > 0
        and all(table[x] for x in places[0])
        and not any(table[x] for x in places[1])
        and [sum(c) for c in zip(*found.ones, strict=True)]
        == [sum(c) for c in zip(*found.zeros, strict=True)]
    )


@pytest.mark.parametrize("n", range(4))
def test_every_small_function(n: int) -> None:
    """A gate that computes it, or points that add up: never both, so each verdict is right."""
    count = 0
    for table in itertools.product((0, 1), repeat=2**n):
        found = threshold_gate(table)
        if isinstance(found, ThresholdGate):
            count += 1
            assert computed(found) == list(table)
        else:
            assert adds_up(list(table), found)
            assert found.holds(table)
    assert count == count_threshold_functions(n)


@given(st.integers(0, 2**32 - 1))
def test_functions_of_five_inputs(number: int) -> None:
    table = [number >> x & 1 for x in range(32)]
    found = threshold_gate(table)
    if isinstance(found, ThresholdGate):  # 94,572 of 4,294,967,296 are
        assert computed(found) == table
    else:
        assert adds_up(table, found)


@given(st.sampled_from(positive_functions(5)), st.integers(0, 31))
def test_unate_functions(number: int, flipped: int) -> None:
    """No two points refute these at once: the linear program decides."""
    table = [number >> (x ^ flipped) & 1 for x in range(32)]
    found = threshold_gate(table)
    if isinstance(found, ThresholdGate):
        assert computed(found) == table
    else:
        assert len(found.ones) > 1
        assert adds_up(table, found)


@given(WEIGHTS, st.integers(-20, 20))
def test_weights_are_found_again_and_are_no_larger(weights: list[int], limit: int) -> None:
    table = computed(ThresholdGate(tuple(weights), limit))
    for least in (True, False):
        found = threshold_gate(table, least=least)
        assert isinstance(found, ThresholdGate)
        assert computed(found) == table
        if least:
            assert sum(map(abs, found.weights)) <= sum(map(abs, weights))
    assert threshold_gate(found.circuit()) == threshold_gate(table)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_least_weights_by_brute_force(n: int) -> None:
    """Of all weights up to 3, the least sum for every function that they give."""
    best: dict[tuple[int, ...], int] = {}
    for weights in itertools.product(range(-3, 4), repeat=n):
        for limit in range(-9, 11):
            table = tuple(computed(ThresholdGate(weights, limit)))
            cost = sum(map(abs, weights))
            best[table] = min(cost, best.get(table, cost))
    assert len(best) == count_threshold_functions(n)
    for table, cost in best.items():
        assert sum(map(abs, threshold_gate(table).weights)) == cost


def test_the_largest_of_the_least_weights() -> None:
    """1, 1, 2, 3, 5 for 1 to 5 inputs (Muroga 1971)."""
    for n, largest in enumerate([1, 1, 2, 3], 1):
        gates = [threshold_gate([f >> x & 1 for x in range(2**n)]) for f in positive_functions(n)]
        assert largest == max(
            max(gate.weights) for gate in gates if isinstance(gate, ThresholdGate)
        )


def test_counts_of_threshold_functions() -> None:
    """https://oeis.org/A000609."""
    counts = [count_threshold_functions(n) for n in range(6)]
    assert counts == [2, 4, 14, 104, 1882, 94572]


def test_the_majority_of_twelve() -> None:
    table = [int(x.bit_count() > 6) for x in range(2**12)]
    assert threshold_gate(table) == ThresholdGate((1,) * 12, 7)
    table[0b111111] = 1  # six ones, in these places, are enough; in others they are not
    found = threshold_gate(table)
    assert isinstance(found, ThresholdGate)
    assert computed(found) == table


def test_a_function_that_needs_more_than_two_points() -> None:
    """Unate, so that no pair of steps refutes it: x0 x1 or x2 x3."""
    table = [int(x & 3 == 3 or x & 12 == 12) for x in range(16)]
    found = threshold_gate(table)
    assert found == Refutation(((1, 1, 0, 0), (0, 0, 1, 1)), found.zeros)
    assert adds_up(table, found)
    assert not is_threshold(table)
    assert is_threshold([0, 1])


def test_a_refutation_is_checked() -> None:
    xor = [0, 1, 1, 0]
    right = threshold_gate(xor)
    assert right.holds(xor)
    assert not right.holds([0, 1, 1, 1])
    assert not Refutation(right.ones[:1], right.zeros).holds(xor)
    assert not Refutation((), ()).holds(xor)
    assert not Refutation(((1, 0),), ((0, 0),)).holds(xor)
    assert not Refutation(((1, 0, 0),), ((0, 0, 1),)).holds(xor)
    assert not Refutation(((-1, 1),), ((-1, 1),)).holds(xor)


def test_circuits() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    b.output("carry", (x[0] & x[1]) | (x[2] & (x[0] ^ x[1])))
    b.output("sum", x[0] ^ x[1] ^ x[2])
    circuit = b.build()
    assert threshold_gate(circuit, "carry") == ThresholdGate((1, 1, 1), 2)
    assert isinstance(threshold_gate(circuit, "sum"), Refutation)
    assert isinstance(threshold_gate(circuit, 1), Refutation)


def test_branch_and_bound() -> None:
    """Every pair of three weights has at least 1: halves are least, or two weights of 1."""
    pairs, none = [0b011, 0b101, 0b110], [0]
    program = LinearProgram([1, 1, 1, 0])
    assert _solve(program, pairs, none, 3)
    assert program.value == Fraction(3, 2)
    weights = _integral(program, pairs, none, 3)
    assert sorted(weights) == [0, 1, 1]


def test_contradictions_are_explained() -> None:
    """x + y >= 3 with x <= 1 and y <= 1: the sum of all three."""
    program = LinearProgram([1, 1])
    assert program.add("sum", [1, 1], 3)
    assert program.add("x", [-1, 0], -1)
    assert not program.add("y", [0, -1], -1)
    assert program.contradiction == {"sum": 1, "x": 1, "y": 1}


def test_errors() -> None:
    with pytest.raises(LimitError, match="13 inputs, at most 12"):
        threshold_gate([0] * 2**13)
    with pytest.raises(ArgumentError, match="0 to 5, not -1"):
        count_threshold_functions(-1)
    with pytest.raises(LimitError, match="to 5 inputs, not 6"):
        count_threshold_functions(6)
