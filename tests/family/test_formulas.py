"""Formulas from text are read, not executed, and evaluated exactly."""

from __future__ import annotations

import math

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.family import formula


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("7", lambda n: 7),
        ("n**2 + 1", lambda n: n**2 + 1),
        ("n^2", lambda n: n**2),
        ("n*(n-1)/2", lambda n: n * (n - 1) // 2),
        ("n//2 + n % 3", lambda n: n // 2 + n % 3),
        ("floor(lg(n))", lambda n: n.bit_length() - 1),
        ("ceil(lg(n))", lambda n: (n - 1).bit_length()),
        ("2**n - 1", lambda n: 2**n - 1),
        ("2**ceil(lg(n))", lambda n: 1 << (n - 1).bit_length()),
        ("max(n, 5) - min(n, 5)", lambda n: abs(n - 5)),
        ("binomial(n, 2) + factorial(3)", lambda n: math.comb(n, 2) + 6),
        ("-n + 3*n", lambda n: 2 * n),
    ],
)
def test_values(text, function):
    read = formula(text)
    for n in [*range(1, 40), 1000, 2**40 if "2**n" not in text else 90]:
        assert read.value(n) == function(n), n


def test_sympy_expressions_of_any_symbol_called_n():
    assert formula(sympy.Symbol("n") + 1).value(4) == 5
    assert formula(sympy.Symbol("n", integer=True, positive=True) ** 2).value(4) == 16
    assert formula(sympy.Integer(3)).value(1) == 3


def test_bounds():
    assert formula("O(n**2 * lg(n))").is_bound
    assert not formula("n").is_bound


@pytest.mark.parametrize(
    "text",
    [
        "m + 1", "n +", "__import__('os').system('true')", "n.real", "n if n else 1", "[n]", "1.5",
        "'n'", "lambda: n", "f(n)", "lg()", "floor(n, n, n)", "n and 1", "True", "n/0", "9" * 40,
        "2**(2**70)", "(" * 5000, "n" * 3000, "", "O()", "O(m)", "n\x00", "sin(n)",
    ],
)  # fmt: skip
def test_text_that_is_no_formula(text):
    with pytest.raises(ArgumentError):
        formula(text)


@pytest.mark.parametrize("given", [None, 1.5j, [1], sympy.Symbol("m"), object()])
def test_objects_that_are_no_formula(given):
    with pytest.raises(ArgumentError):
        formula(given)


def test_a_value_that_is_no_integer():
    with pytest.raises(ArgumentError, match="gives 3/2 at n = 3"):
        formula("n/2").value(3)


@given(st.text(alphabet="n0123456789+-*/%()^, lgfoceimaxO._[]'", max_size=30))
def test_any_text_is_a_formula_or_an_argument_error(text):
    try:
        read = formula(text)
        read.value(3)
    except ArgumentError:
        return
    assert read.text
