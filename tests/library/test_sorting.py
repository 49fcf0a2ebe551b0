"""Sorting, order statistics and selection: against Python, and as parts."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library import check, get
from tcsim.library.order_statistics import largest, maximum, median
from tcsim.library.selection import decode, multiplex
from tcsim.library.sort_bits import sort_bits
from tcsim.library.sorting import ranks, sort_numbers
from tcsim.library.table_look_up import look_up

circuit = cache(lambda name, **values: get(name).circuit(**values))


def bits(number: int, count: int) -> list[int]:
    return [number >> place & 1 for place in range(count)]


def values(digits: object, width: int) -> list[int]:
    """Binary numbers of this many digits, one after another."""
    table = np.asarray(digits, object).reshape(-1, width)
    return [sum(int(bit) << place for place, bit in enumerate(row)) for row in table]


@st.composite
def lists(draw: st.DrawFn) -> tuple[int, int, list[int]]:
    """Numbers of which many are equal."""
    m, b = draw(st.sampled_from([(9, 7), (6, 20), (2, 40)]))
    few = draw(st.lists(st.integers(0, 2**b - 1), min_size=1, max_size=m))
    return m, b, draw(st.lists(st.sampled_from(few), min_size=m, max_size=m))


@given(lists())
def test_sorting_and_order_statistics(case: tuple[int, int, list[int]]) -> None:
    m, b, numbers = case
    vector = [bit for number in numbers for bit in bits(number, b)]
    wanted = sorted(numbers)
    for name, found in {
        "sorting": wanted,
        "sorting-small": wanted,
        "maximum": wanted[-1:],
        "median": [wanted[(m - 1) // 2]],
    }.items():
        assert values(circuit(name, m=m, b=b)(vector), b) == found
    assert values(circuit("top-k", m=m, b=b, k=2)(vector), b) == wanted[:-3:-1]


@pytest.mark.parametrize("name", ["sorting", "sorting-small", "maximum", "median"])
def test_formulas_on_a_grid(name: str) -> None:
    points = [{"m": m, "b": b} for m in range(2, 8) for b in range(1, 6)]
    for verdict in check(name, points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


def test_formulas_of_top_k_on_a_grid() -> None:
    points = [{"m": m, "b": 3, "k": k} for m in range(2, 8) for k in range(1, m + 1)]
    for verdict in check("top-k", points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


@given(st.lists(st.integers(0, 2**70), min_size=1, max_size=5))
def test_tables_of_any_size(entries: list[int]) -> None:
    table = tuple(entries[i % len(entries)] for i in range(8))
    found = circuit("table-look-up", table=table)
    wide = max(*table, 1).bit_length()
    assert values(found.truth_table(), wide) == list(table)
    assert found.depth <= 2


def test_selection_as_it_is() -> None:
    """A multiplexer with 3 digits of address reads 11 inputs; row k is address k."""
    found = circuit("multiplexer", n=3)
    for k in range(8):
        for data in (0, 255, 1 << k, 255 ^ 1 << k, 0b10110010):
            assert found(bits(k, 3) + bits(data, 8)).tolist() == [bool(data >> k & 1)]
    assert (circuit("decoder", n=4).truth_table() == np.eye(16, dtype=bool)).all()


@pytest.mark.parametrize("name", ["decoder", "multiplexer", "table-look-up"])
def test_selection_is_ac0(name: str) -> None:
    parameters = {"table": (3, 5, 6, 7)} if name == "table-look-up" else {"n": 3}
    kinds = {gate.kind for gate in get(name).circuit(**parameters).gates}
    assert kinds <= {"and", "or", "nor"}


def test_equal_numbers_keep_their_order() -> None:
    """Ranks are those of a stable sort, and a permutation even where all numbers are equal."""
    b = tc.Builder()
    rows = [b.inputs(f"x{i}", 2) for i in range(3)]
    before = ranks(rows)
    b.output("rank", [[rank >= k for k in (1, 2)] for rank in before])
    for row, found in enumerate(b.build().truth_table()):
        numbers = [row >> 2 * i & 3 for i in range(3)]
        order = sorted(range(3), key=lambda i: numbers[i])
        assert found.reshape(3, 2).sum(axis=1).tolist() == [order.index(i) for i in range(3)]


def test_parts_take_any_signals() -> None:
    """Conditions, negations and constants; the decoder's rows select among them."""
    b = tc.Builder()
    a, c = b.input("a"), b.input("c")
    numbers = [[a & c, ~a], [b.constant(1), a | c], [c, ~c]]
    b.output("largest", maximum(numbers))
    b.output("middle", median(numbers))
    b.output("order", [bit for row in largest(3, numbers) for bit in row])
    b.output("bits", sort_bits([a ^ c, ~c, b.constant(1)]))
    b.output("chosen", multiplex([a ^ c], [~a, c]))
    b.output("entry", look_up([2, 1], 2, [a & c]))
    b.output("row", decode([~a]))
    table = b.build().truth_table()
    for row, found in enumerate(table):
        x, y = row & 1, row >> 1
        three = [(x & y) + 2 * (1 - x), 1 + 2 * (x | y), y + 2 * (1 - y)]
        down = sorted(three, reverse=True)
        assert values(found[:10], 2) == [down[0], down[1], *down]
        assert found[10:13].tolist() == sorted([bool(x ^ y), not y, True])
        assert found[13] == (y if x ^ y else 1 - x)
        assert values(found[14:16], 2) == [1 if x & y else 2]
        assert found[16:].tolist() == [bool(x), not x]


def test_positions_in_any_order() -> None:
    b = tc.Builder()
    rows = [b.inputs(f"x{i}", 2) for i in range(3)]
    b.output("some", sort_numbers(rows, [2, 0, 2]))
    for row, found in enumerate(b.build().truth_table()):
        ordered = sorted(row >> 2 * i & 3 for i in range(3))
        assert values(found, 2) == [ordered[2], ordered[0], ordered[2]]


def test_bad_input() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    with pytest.raises(ArgumentError, match="8 wires for an address of 3 digits, not 3"):
        multiplex(x, x)
    with pytest.raises(ArgumentError, match="8 entries for an address of 3 digits, not 2"):
        look_up([0, 1], 1, x)
    with pytest.raises(ArgumentError, match="2 has no 1 binary digits"):
        look_up([0, 2], 1, x[:1])
    with pytest.raises(ArgumentError, match=r"2, 4, 8, \.\. entries, not 3"):
        get("table-look-up").circuit(table=(1, 2, 3))
    with pytest.raises(LimitError, match="at most 20"):
        decode(b.inputs("y", 21))
    with pytest.raises(ArgumentError, match="as many digits each, at least one, not 3, 2"):
        sort_numbers([x, x[:2]])
    with pytest.raises(ArgumentError, match=r"positions must be 0 \.\. 1 of 2 numbers, not \[2\]"):
        sort_numbers([x, x], [2])
    for k in (0, 3):
        with pytest.raises(ArgumentError, match=rf"k must be 1 \.\. 2, .* not {k}"):
            largest(k, [x, x])
    with pytest.raises(ArgumentError, match="the number of numbers, not 4"):
        get("top-k").circuit(m=3, b=2, k=4)
