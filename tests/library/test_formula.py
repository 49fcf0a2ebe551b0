"""Formulas: exact evaluation against sympy, and their text."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.library.formula import bit_length, ceil_log2, evaluate, symbol, text

n, m = symbol("n", 1), symbol("m", 0)
i, j = sympy.Dummy("i", integer=True), sympy.Dummy("j", integer=True)

FORMULAS = [
    n**2 + 5 * n - 1,
    n * (n - 1) / 2 + sympy.Rational(3, 2) * (n**2 + n),
    2 ** (n - m) * 2 ** (m + 3),
    sympy.floor(n / (m + 2)) - sympy.ceiling(-n / (m + 2)),
    sympy.Mod(n, m + 1) + sympy.Abs(m - n),
    sympy.Min(n, m, 7) + sympy.Max(n - m, 0),
    sympy.Piecewise((n, sympy.Or(m < 3, n > 9)), (m, sympy.And(m >= n, m <= 8)), (0, True)),
    sympy.Piecewise((1, sympy.Eq(n, m)), (2, sympy.Not(n >= m)), (3, sympy.Ne(n, m))),
    sympy.Sum(sympy.floor(n / 2**i), (i, 0, m)),
    sympy.Sum(i * j, (j, 0, i), (i, 0, n)),
    sympy.Sum(i, (i, 1, 0)) + n,
    sympy.binomial(n, m),
    bit_length(n) + ceil_log2(n),
    sympy.floor(sympy.log(n * (m + 1), 2)),
]


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
@given(st.integers(1, 12), st.integers(0, 12))
def test_evaluation_equals_that_of_sympy(formula: object, a: int, b: int) -> None:
    assert evaluate(formula, {"n": a, "m": b}) == formula.subs({n: a, m: b}).doit()


@given(st.integers(1, 2**200))
def test_logarithms(number: int) -> None:
    """Exact where a float is not: floor and ceiling of lg at and beside powers of two."""
    assert evaluate(bit_length(n), {"n": number}) == number.bit_length()
    assert 2 ** (evaluate(ceil_log2(n), {"n": number}) - 1) < number
    assert number <= 2 ** evaluate(ceil_log2(n), {"n": number})


@pytest.mark.parametrize("power", [1, 2, 53, 64, 511])
def test_logarithms_at_powers_of_two(power: int) -> None:
    values = [2**power - 1, 2**power, 2**power + 1]
    assert [evaluate(bit_length(n), {"n": v}) for v in values] == [power, power + 1, power + 1]
    assert [evaluate(ceil_log2(n), {"n": v}) for v in values[1:]] == [power, power + 1]


def test_sympy_evaluates_what_has_no_rule() -> None:
    assert evaluate(sympy.factorial(n), {"n": 5}) == 120
    assert evaluate(sympy.sqrt(n), {"n": 49}) == 7
    assert evaluate(sympy.sqrt(n) * sympy.sqrt(2), {"n": 2}) == 2


def test_names_of_indices_hide_no_parameter() -> None:
    """A sum over i where a parameter is called i as well."""
    outer = symbol("i")
    assert evaluate(sympy.Sum(j * outer, (j, 0, 2)), {"i": 5}) == 15
    assert evaluate(sympy.Sum(i, (i, 0, outer)), {"i": 3}) == 6


def test_what_is_no_integer_is_an_error() -> None:
    with pytest.raises(ArgumentError, match="gives 3/2 at n = 3, which is no integer"):
        evaluate(n / 2, {"n": 3})
    with pytest.raises(ArgumentError, match=r"gives sqrt\(3\)"):
        evaluate(sympy.sqrt(n), {"n": 3})
    with pytest.raises(ArgumentError, match="uses m, which is no quantity"):
        evaluate(n + m, {"n": 3})
    with pytest.raises(LimitError, match="a sum of more than 500,000 terms"):
        evaluate(sympy.Sum(sympy.floor(i / 2), (i, 1, n)), {"n": 10**9})


def test_text() -> None:
    assert text(bit_length(2 * n)) == "floor(lg(2*n)) + 1"
    assert text(sympy.Sum(n * i, (i, 0, n))) == "Sum(i*n, (i, 0, n))"
