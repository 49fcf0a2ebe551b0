"""Multiplication, powers and division: against Python's integers, and as parts."""

from __future__ import annotations

from functools import cache
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library import check, get
from tcsim.library.chinese_remainders import product, reconstruct, reconstruct_small, remainder
from tcsim.library.division import divide, divide_small
from tcsim.library.inner_product import inner_product
from tcsim.library.iterated_multiplication import multiply_up, multiply_up_small
from tcsim.library.multiplication import multiply, multiply_small
from tcsim.library.number_theory import basis, logarithms, moduli, powers
from tcsim.library.powering import power
from tcsim.library.powering_remainders import power_by_remainders
from tcsim.library.weighted_sum import sum_up, sum_up_small

circuit = cache(lambda name, **values: get(name).circuit(**values))

PRODUCTS = ["iterated-multiplication", "iterated-multiplication-small"]


def bits(number: int, count: int) -> list[int]:
    return [number >> place & 1 for place in range(count)]


def value(digits: object) -> int:
    return sum(int(digit) << place for place, digit in enumerate(digits))


def numbers(n: int) -> st.SearchStrategy[int]:
    """Numbers of n digits, often extreme ones."""
    extreme = [0, 1, 2**n - 1, 2**n - 2, 2 ** (n - 1), 2 ** (n - 1) - 1, (2**n - 1) // 3]
    return st.integers(0, 2**n - 1) | st.sampled_from(extreme)


@pytest.mark.parametrize("name", ["multiplication", "multiplication-small"])
@given(x=numbers(14), y=numbers(14))
def test_products(name: str, x: int, y: int) -> None:
    assert value(circuit(name, n=14)(bits(x, 14) + bits(y, 14))) == x * y


@pytest.mark.parametrize(
    ("name", "n", "k"),
    [("squaring", 33, 2), ("powering", 12, 3), ("powering", 6, 6), ("powering-remainders", 6, 8)],
)
@given(data=st.data())
def test_powers(name: str, n: int, k: int, data: st.DataObject) -> None:
    x = data.draw(numbers(n))
    values = {"n": n} if name == "squaring" else {"n": n, "k": k}
    assert value(circuit(name, **values)(bits(x, n))) == x**k


@pytest.mark.parametrize("name", PRODUCTS)
@given(data=st.data())
def test_products_of_many(name: str, data: st.DataObject) -> None:
    m, b = data.draw(st.sampled_from([(5, 4), (9, 2), (3, 7)]))
    factors = data.draw(st.lists(numbers(b), min_size=m, max_size=m))
    vector = [bit for factor in factors for bit in bits(factor, b)]
    assert value(circuit(name, m=m, b=b)(vector)) == prod(factors)


def test_quotients_of_9_digits() -> None:
    """Multiples of the divisor, and one less: there the quotient changes."""
    n, random = 9, np.random.default_rng(0)
    y = random.integers(0, 2**n, 1500) >> random.integers(0, n, 1500)
    multiple = y * (random.integers(0, 2**n, 1500) // np.maximum(y, 1))
    x = np.where(np.arange(1500) % 3 == 0, random.integers(0, 2**n, 1500), multiple)
    x = np.maximum(x - np.arange(1500) % 2, 0)
    places = np.arange(n)
    vectors = np.concatenate([x[:, None] >> places & 1, y[:, None] >> places & 1], axis=1)
    found = np.asarray(circuit("division", n=n)(vectors.astype(np.uint8)))
    assert (found @ (1 << places) == np.where(y > 0, x // np.maximum(y, 1), 0)).all()


@pytest.mark.parametrize(("name", "n"), [("division", 8), ("division-small", 6)])
def test_all_quotients(name: str, n: int) -> None:
    table = circuit(name, n=n).truth_table()
    row = np.arange(4**n)
    x, y = row % 2**n, row >> n
    quotient = np.where(y > 0, x // np.maximum(y, 1), 0)
    assert (table @ (1 << np.arange(n)) == quotient).all()


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("multiplication", [{"n": n} for n in range(1, 15)]),
        ("multiplication-small", [{"n": n} for n in (*range(1, 13), 15, 16)]),
        ("squaring", [{"n": n} for n in range(1, 20)]),
        ("powering", [{"n": n, "k": k} for n in range(1, 7) for k in range(1, 7)]),
        ("powering-remainders", [{"n": n, "k": k} for n in range(1, 6) for k in range(1, 7)]),
        *(
            (name, [{"m": m, "b": b} for m in range(1, 6) for b in range(1, 5)])
            for name in PRODUCTS
        ),
        ("division", [{"n": 7}]),
        ("division-small", [{"n": n} for n in (5, 6)]),
        ("inner-product", [{"n": n} for n in range(1, 40)]),
    ],
)
def test_formulas_on_a_range(name: str, points: list[dict[str, int]]) -> None:
    for verdict in check(name, points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


@pytest.mark.parametrize(
    ("name", "values", "depth", "most"),
    [
        ("multiplication", {"n": 30}, 3, 4**29),
        ("multiplication-small", {"n": 30}, 5, 30),
        ("powering", {"n": 7, "k": 4}, 3, 2**28),
        ("powering-remainders", {"n": 7, "k": 4}, 4, 2**28),
        ("iterated-multiplication", {"m": 6, "b": 6}, 5, 2**36),
        ("iterated-multiplication-small", {"m": 6, "b": 6}, 7, 36**2),
        ("division", {"n": 7}, 5, 2**64),
        ("division-small", {"n": 7}, 7, 7**3),
        ("inner-product", {"n": 30}, 3, 2),
    ],
)
def test_depth_and_weights(name: str, values: dict[str, int], depth: int, most: int) -> None:
    measures = circuit(name, **values).measures
    assert measures.depth == depth
    assert measures.max_weight <= most


def test_published_values() -> None:
    """Counted by hand: 4 ANDs, 1 + 2 + 2 thresholds and 4 digits for two by two digits."""
    assert get("multiplication").predicted(n=2)["size"] == 4 + 5 + 4
    assert moduli(2**16) == (3, 5, 7, 11, 13, 17, 19)  # 4849845 > 7 * 65536 > 6 * 255255 / 6
    assert basis((3, 5, 7)) == {3: 70, 5: 21, 7: 15}  # Sun Zi's


@pytest.mark.parametrize("p", [3, 5, 7, 11, 31, 101])
def test_logarithms(p: int) -> None:
    table = logarithms(p)
    assert sorted(table) == list(range(1, p))
    for a in table:
        for b in table:
            assert table[a * b % p] == (table[a] + table[b]) % (p - 1)


@given(st.integers(0, 2**200))
def test_moduli_are_enough(limit: int) -> None:
    primes = moduli(limit)
    assert all(p % q for p in primes for q in range(2, p))
    assert prod(primes) > len(primes) * limit
    assert prod(primes[:-1]) <= max(len(primes) - 1, 1) * max(limit, 1)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.data())
def test_weighted_sums(weights: list[int], data: st.DataObject) -> None:
    b = tc.Builder(share=data.draw(st.booleans()), fold=data.draw(st.booleans()))
    x = b.inputs("x", len(weights))
    terms = list(zip(weights, x, strict=True))
    b.output("large", large := sum_up(terms))
    b.output("small", sum_up_small(terms))
    both = b.build()
    for row, found in enumerate(both.truth_table()):
        total = sum(w * bit for w, bit in zip(weights, bits(row, len(weights)), strict=True))
        assert value(found[: len(large)]) == value(found[len(large) :]) == total


@pytest.mark.parametrize("small", [False, True])
def test_numbers_come_back_from_their_remainders(small: bool) -> None:
    """All numbers of 9 digits, from remainders that one level computes."""
    n = 9
    b = tc.Builder()
    x = b.inputs("x", n)
    remainders = [remainder(x, p, int) for p in moduli(2**n - 1)]
    b.output("x", reconstruct_small(remainders, n) if small else reconstruct(remainders, range(n)))
    table = b.build().truth_table()
    assert (table @ (1 << np.arange(n)) == np.arange(2**n)).all()


def test_products_can_be_switched_off() -> None:
    b = tc.Builder()
    x, off = b.inputs("x", 3), b.input("off")
    one = [product([remainder(x, p, int)], unless=off.linear()) for p in moduli(7)]
    b.output("x", reconstruct(one, range(3)))
    table = b.build().truth_table()
    assert (table @ [1, 2, 4] == [*range(8), *[0] * 8]).all()


@pytest.mark.parametrize("function", [multiply, multiply_small])
def test_factors_of_different_lengths_and_any_signals(function: object) -> None:
    """(a AND c, NOT a, 1) times (a OR c, c)."""
    b = tc.Builder()
    a, c = b.input("a"), b.input("c")
    b.output("product", function([a & c, ~a, b.constant(1)], [a | c, c]))
    for row, found in enumerate(b.build().truth_table()):
        x, y = row & 1, row >> 1
        assert value(found) == ((x & y) + 2 * (1 - x) + 4) * ((x | y) + 2 * y)


@pytest.mark.parametrize("function", [multiply_up, multiply_up_small])
def test_products_of_conditions(function: object) -> None:
    b = tc.Builder()
    a, c = b.input("a"), b.input("c")
    b.output("product", function([[a ^ c, ~a], [c, b.constant(1)], [~c, a & c]]))
    for row, found in enumerate(b.build().truth_table()):
        x, y = row & 1, row >> 1
        assert value(found) == ((x ^ y) + 2 * (1 - x)) * (y + 2) * (1 - y + 2 * (x & y))


def test_division_as_a_part() -> None:
    """(x y) / y = x: a product of 4 digits divided, in depth 3 + 5."""
    b = tc.Builder()
    x, y = b.inputs("x", 2), b.inputs("y", 2)
    zero = b.constant(0)
    b.output("quotient", divide(multiply(x, y), [*y, zero, zero]))
    found = b.build()
    assert found.depth <= 8
    for row, digits in enumerate(found.truth_table()):
        assert value(digits) == (row % 4 if row >= 4 else 0)


def test_bad_input() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    for function in (multiply, multiply_small):
        with pytest.raises(ArgumentError, match="at least one digit each"):
            function(x, [])
    for function in (power, power_by_remainders):
        with pytest.raises(ArgumentError, match="exponent of at least 1, not 0"):
            function(x, 0)
        with pytest.raises(ArgumentError, match="needs a digit"):
            function([], 2)
    for function in (divide, divide_small, inner_product):
        with pytest.raises(ArgumentError, match="same number of digits, at least one, not 3"):
            function(x, x[:2])
    for function in (multiply_up, multiply_up_small):
        with pytest.raises(ArgumentError, match="as many digits each, at least one, not 3, 2"):
            function([x, x[:2]])
    with pytest.raises(LimitError, match="take fewer or shorter numbers"):
        multiply_up([x] * 300)
    with pytest.raises(LimitError, match="powering-remainders needs fewer"):
        get("powering").predicted(n=100, k=10)
    with pytest.raises(ArgumentError, match="9 is no odd prime"):
        powers(9)
    with pytest.raises(ArgumentError, match="n must be at most 16"):
        get("division").circuit(n=17)
