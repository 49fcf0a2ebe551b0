"""Addition, subtraction, comparison: against Python's integers, and as parts."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.library import check, get
from tcsim.library.addition import add, subtract
from tcsim.library.addition_ac0 import add_ac0
from tcsim.library.comparison import at_least, at_least_ac0, at_least_small
from tcsim.library.depth_2 import add_depth_2, at_least_depth_2
from tcsim.library.iterated_addition import add_up, add_up_small
from tcsim.library.lookahead import add_small
from tcsim.library.small_bias import _irreducible, _product, field_degree, sample

ADDERS = {"addition": add, "addition-small": add_small, "addition-ac0": add_ac0}
COMPARATORS = {
    "comparison": at_least,
    "comparison-small": at_least_small,
    "comparison-ac0": at_least_ac0,
}
ALL_ADDERS = [*ADDERS.values(), add_depth_2]
ALL_COMPARATORS = [*COMPARATORS.values(), at_least_depth_2]
WIDTHS = [17, 33]

circuit = cache(lambda name, **values: get(name).circuit(**values))


def bits(number: int, count: int) -> list[int]:
    return [number >> place & 1 for place in range(count)]


def value(digits: object) -> int:
    return sum(int(digit) << place for place, digit in enumerate(digits))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[int, int, int]:
    """Two numbers of n digits, often equal, off by one, or adding up to a power of two."""
    n = draw(st.sampled_from(WIDTHS))
    x = draw(st.integers(0, 2**n - 1))
    near = st.sampled_from([x, x ^ 1, 2**n - 1 - x, 2**n - x, x + 1, x - 1])
    y = draw(st.integers(0, 2**n - 1) | near)
    return n, x, min(max(y, 0), 2**n - 1)


@pytest.mark.parametrize("name", ADDERS)
@given(pairs())
def test_sums(name: str, case: tuple[int, int, int]) -> None:
    n, x, y = case
    assert value(circuit(name, n=n)(bits(x, n) + bits(y, n))) == x + y


@given(pairs())
def test_differences(case: tuple[int, int, int]) -> None:
    n, x, y = case
    *difference, less = circuit("subtraction", n=n)(bits(x, n) + bits(y, n))
    assert (value(difference), bool(less)) == ((x - y) % 2**n, x < y)


@pytest.mark.parametrize("name", COMPARATORS)
@given(pairs())
def test_comparisons(name: str, case: tuple[int, int, int]) -> None:
    n, x, y = case
    assert circuit(name, n=n)(bits(x, n) + bits(y, n)).tolist() == [x >= y]


@pytest.mark.parametrize("name", ["iterated-addition", "iterated-addition-small"])
@given(st.data())
def test_sums_of_many(name: str, data: st.DataObject) -> None:
    m, b = data.draw(st.sampled_from([(5, 11), (9, 7), (13, 20), (20, 3)]))
    extreme = st.sampled_from([0, 1, 2**b - 1, 2 ** (b - 1), (2**b - 1) // 3])
    numbers = data.draw(st.lists(st.integers(0, 2**b - 1) | extreme, min_size=m, max_size=m))
    vector = [bit for number in numbers for bit in bits(number, b)]
    assert value(circuit(name, m=m, b=b)(vector)) == sum(numbers)


@pytest.mark.parametrize("name", ["iterated-addition", "iterated-addition-small"])
def test_formulas_of_iterated_addition_on_a_grid(name: str) -> None:
    points = [{"m": m, "b": b} for m in range(2, 10) for b in range(1, 12)]
    for verdict in check(name, points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


def test_formulas_of_small_comparison_on_a_range() -> None:
    points = [{"n": n} for n in (*range(1, 36), 63, 64, 65)]
    for verdict in check("comparison-small", points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


@pytest.mark.parametrize("n", range(2, 9))
def test_small_bias(n: int) -> None:
    """Every non-zero sum of the first k bits has bias 0 .. (k-1)/q, together less than 1."""
    vectors, q = np.array(sample(n)), 2 ** field_degree(n)
    assert len(vectors) == q**2
    bound = 0.0
    for k in range(1, n):
        biases = [
            1 - 2 * np.mean([int(v & z).bit_count() % 2 for v in vectors]) for z in range(1, 2**k)
        ]
        assert min(biases) >= 0
        assert max(biases) <= (k - 1) / q
        bound += (k - 1) / q
    assert bound < 1


@pytest.mark.parametrize("m", range(1, 9))
def test_fields(m: int) -> None:
    """Each polynomial is irreducible: there are no zero divisors."""
    modulus = _irreducible(m)
    for a in range(1, 2**m):
        products = {_product(a, b, m, modulus) for b in range(2**m)}
        assert products == set(range(2**m))


@given(st.integers(0, 2**9 - 1), st.integers(0, 2**9 - 1), st.integers(-2, 2))
def test_comparison_in_depth_2(x: int, y: int, offset: int) -> None:
    n = 9
    for other in (y, min(max(x + offset, 0), 2**n - 1)):
        vector = bits(x, n) + bits(other, n)
        assert circuit("comparison-depth-2", n=n)(vector).tolist() == [x >= other]
    assert circuit("comparison-depth-2", n=n).measures.max_weight <= n**4


def test_addition_of_512_digits() -> None:
    """Depth 2 with weights of 512 bits: a legal circuit, exact in every engine."""
    big = get("addition").circuit(n=512)
    assert (big.depth, big.size, big.measures.max_weight) == (2, 1024, 2**511)
    x, y = 2**512 - 1, 1
    assert value(big(bits(x, 512) + bits(y, 512))) == 2**512
    assert get("addition").predicted(n=512)["max_weight"] == 2**511


@pytest.mark.parametrize("name", ["addition-ac0", "comparison-ac0"])
def test_ac0_has_and_and_or_gates_alone(name: str) -> None:
    kinds = {gate.kind for gate in get(name).circuit(n=9).gates}
    assert kinds == {"and", "or"}


@pytest.mark.parametrize(
    ("name", "values", "most"),
    [
        ("addition-small", {"n": 40}, 2),
        ("comparison-small", {"n": 40}, 4 * 40),
        ("iterated-addition-small", {"m": 11, "b": 20}, 11),
    ],
)
def test_small_weights_are_small(name: str, values: dict[str, int], most: int) -> None:
    assert circuit(name, **values).measures.max_weight <= most


@pytest.mark.parametrize("function", ALL_ADDERS)
def test_adders_take_any_signals(function: object) -> None:
    """Conditions, complements and constants as digits: (a AND b, NOT a) + (1, a OR b)."""
    b = tc.Builder()
    a, c = b.input("a"), b.input("c")
    b.output("sum", function([a & c, ~a], [b.constant(1), a | c]))
    table = b.build().truth_table()
    for row, (x, y) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1)]):
        assert value(table[row]) == ((x & y) + 2 * (1 - x)) + (1 + 2 * (x | y))


def test_parts_compose() -> None:
    """(x + y) - y = x, and x + y >= x: three parts in one circuit, of depth 2 + 2 and 2 + 1."""
    n = 6
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    total = add(x, y)
    zero = b.constant(0)
    difference, less = subtract(total, [*y, zero])
    b.output("x", difference)
    b.output("less", less)
    b.output("more", at_least(total, [*x, zero]))
    both = b.build()
    assert both.depth == 4
    table = both.truth_table()
    rows = np.arange(4**n)
    for place in range(n):
        assert (table[:, place] == rows >> place & 1).all()
    assert table[:, n:].tolist() == [[0, 0, 1]] * 4**n


def test_bad_input() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    for function in (*ALL_ADDERS, subtract, *ALL_COMPARATORS):
        with pytest.raises(ArgumentError, match="the same number of digits, at least one, not 3"):
            function(x, x[:2])
        with pytest.raises(ArgumentError, match="at least one, not 0 and 0"):
            function([], [])
    for function in (add_up, add_up_small):
        with pytest.raises(ArgumentError, match="as many digits each, at least one, not 3, 2"):
            function([x, x[:2]])
        with pytest.raises(ArgumentError, match="not none"):
            function([])
