"""Smallest and shallowest circuits: known sizes, and lower bounds by another way."""

from __future__ import annotations

import itertools
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError, MissingExtraError
from tcsim.search import Refutation, is_threshold, shallowest, smallest
from tcsim.search.counting import positive_functions
from tcsim.search.model import weight_bound
from tcsim.search.synthesis import Synthesis


def parity(n: int) -> list[int]:
    return [x.bit_count() & 1 for x in range(2**n)]


def values(circuit: tc.Circuit) -> list[int]:
    return circuit.truth_table()[:, 0].tolist()


def questions(found: Synthesis) -> list[tuple[int, int, bool | None]]:
    return [(step.size, step.depth, step.exists) for step in found.steps]


@pytest.mark.parametrize("n", [2, 3, 4])
def test_parity(n: int) -> None:
    """floor(n / 2) + 1 gates where the last one may read the inputs (Minsky, Papert 1969)."""
    found = smallest(parity(n))
    assert (found.circuit.size, found.circuit.depth, found.is_least) == (n // 2 + 1, 2, True)
    assert values(found.circuit) == parity(n)
    assert isinstance(found.steps[0].refutation, Refutation)
    assert found.steps[0].refutation.holds(parity(n))


def test_no_two_gates_are_the_parity_of_four() -> None:
    """Otherwise it is a threshold function of the inputs and of one threshold function of them."""
    table = parity(4)
    threshold = {
        tuple(f >> (x ^ flipped) & 1 for x in range(16))
        for f in positive_functions(4)
        for flipped in range(16)
        if is_threshold([f >> x & 1 for x in range(16)])
    }
    assert len(threshold) == 1882
    for gate in threshold:
        # Points of five inputs that do not occur are left out: two points that occur, and are
        # told apart by neither x nor the gate, would do; so look for opposite sums.
        ones = [(x, gate[x]) for x in range(16) if table[x]]
        zeros = [(x, gate[x]) for x in range(16) if not table[x]]
        sums = {_sum(pair) for pair in itertools.combinations_with_replacement(ones, 2)}
        assert sums & {_sum(pair) for pair in itertools.combinations_with_replacement(zeros, 2)}


def _sum(points: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    vectors = [[*(x >> i & 1 for i in range(4)), bit] for x, bit in points]
    return tuple(sum(column) for column in zip(*vectors, strict=True))


def test_every_function_of_two_inputs() -> None:
    """Sizes 0, 1 or, for XOR and its complement, 2."""
    for table in itertools.product((0, 1), repeat=4):
        found = smallest(table)
        assert found.is_least
        assert values(found.circuit) == list(table)
        if table in ((0, 1, 1, 0), (1, 0, 0, 1)):
            assert found.circuit.size == 2
        elif table in ((0,) * 4, (1,) * 4, (0, 1, 0, 1), (0, 0, 1, 1)):
            assert found.circuit.size == 0
        else:
            assert found.circuit.size == 1


@given(st.lists(st.integers(0, 1), min_size=8, max_size=8))
@settings(max_examples=30)
def test_functions_of_three_inputs(table: list[int]) -> None:
    found = smallest(table)
    assert found.is_least
    assert values(found.circuit) == table
    assert found.circuit.depth <= 2
    assert (found.circuit.size <= 1) == is_threshold(table)
    # One gate more never hurts, and a deeper circuit is never larger.
    deeper = smallest(table, depth=3)
    assert deeper.is_least
    assert deeper.circuit.size <= found.circuit.size
    flat = shallowest(table, size=found.circuit.size + 1)
    assert flat.is_least
    assert flat.circuit.depth <= 2
    assert values(flat.circuit) == table


def test_depth_against_size() -> None:
    """With 3 gates the parity of four takes two levels; with 2 gates there is no circuit."""
    found = shallowest(parity(4), size=3)
    assert questions(found) == [(1, 1, False), (3, 2, True)]
    assert found.is_least
    none = shallowest(parity(4), size=2)
    assert questions(none) == [(1, 1, False), (2, 2, False)]
    assert none.circuit is None
    assert smallest(parity(4), max_size=2).circuit is None


def test_out_of_time() -> None:
    found = smallest(parity(5), time_limit=0, max_size=3)
    assert found.circuit is None
    assert not found.is_least
    assert questions(found) == [(1, 1, False), (2, 2, None), (3, 2, None)]


def test_the_bound_of_weights() -> None:
    """At least the largest of the least weights of that many inputs: 1, 1, 2, 3, 5, 9."""
    bounds = [weight_bound(m) for m in range(1, 7)]
    assert bounds == [1, 1, 2, 3, 6, 14]


def test_a_missing_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """One gate is decided without it."""
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    assert smallest([0, 0, 0, 1]).circuit.size == 1
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[sat\]'"):
        smallest(parity(2))


def test_errors() -> None:
    with pytest.raises(LimitError, match="7 inputs, at most 6"):
        smallest(parity(7))
    with pytest.raises(ArgumentError, match="depth must be a positive integer, not 0"):
        smallest(parity(2), depth=0)
    for limit in (-1, "3", float("nan")):
        with pytest.raises(ArgumentError, match=r"time_limit is .*: seconds, or None"):
            smallest(parity(2), time_limit=limit)
    with pytest.raises(ArgumentError, match="depth must be a positive integer, not '3'"):
        smallest(parity(2), depth="3")
    with pytest.raises(ArgumentError, match="max_size must be a positive integer, not 0"):
        smallest(parity(2), max_size=0)
    with pytest.raises(ArgumentError, match="size must be a positive integer, not True"):
        shallowest(parity(2), size=True)
