"""Formulas are found again in the values that they give, and in nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.family import exact_fit, formula
from tcsim.family.linear import solve

DOUBLING = tuple(2**k for k in range(2, 11))
DENSE = (*range(2, 40), 50, 64, 77, 100, 160, 161, 200)


@pytest.mark.parametrize("points", [DOUBLING, DENSE], ids=["doubling", "dense"])
@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("7", (1, 0, 0)),
        ("0", (1, 0, 0)),
        ("n + 1", (1, 1, 0)),
        ("n*(n-1)/2", (1, 2, 0)),
        ("n**4 - n", (1, 4, 0)),
        ("2*ceil(lg(n)) + 3", (1, 0, 1)),
        ("floor(lg(n))**2", (1, 0, 2)),
        ("n + floor(lg(n)) + 1", (1, 1, 0)),
        ("n*ceil(lg(n)) - 2*n", (1, 1, 1)),
        ("2**(n-1) + 1", (2, 0, 0)),
        ("n*2**n - n", (2, 1, 0)),
    ],
)
def test_known_formulas_are_found(points, text, order):
    declared = formula(text)
    fit = exact_fit({n: declared.value(n) for n in points})
    assert fit is not None
    assert fit.order == order
    assert fit.verified[-1] >= 4 * fit.fitted
    for n in points:
        assert fit.value(n) == declared.value(n)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("floor(lg(n)) + n", "n + floor(lg(n))"),
        ("ceil(lg(n))", "ceil(lg(n))"),
        ("3*2**ceil(lg(n)) - n", "3*2**ceil(lg(n)) - n"),
        ("n//2 + 1", "floor(n/2) + 1"),
        ("(n + 2)//3 - 1", "floor(n/3 + 2/3) - 1"),
        ("n**2//4", "n**2/4 if n % 2 = 0; n**2/4 - 1/4 if n % 2 = 1"),
    ],
)
def test_rounding_is_told_apart(text, words):
    declared = formula(text)
    fit = exact_fit({n: declared.value(n) for n in range(2, 100)})
    assert str(fit) == words
    if ";" not in words:
        read = formula(str(fit))
        assert all(read.value(n) == declared.value(n) for n in range(3, 300, 9))


def test_powers_of_two_alone_leave_the_rounding_open():
    fit = exact_fit({n: 3 * (n.bit_length() - 1) for n in DOUBLING})
    assert str(fit) == "3*lg(n)"
    assert fit.powers_of_two


def test_a_formula_may_begin_late():
    fit = exact_fit({n: max(n**2, 20) for n in range(2, 60)})
    assert str(fit) == "n**2"
    assert fit.since == 5


@settings(max_examples=8)
@given(
    coefficients=st.lists(st.integers(-50, 50), min_size=1, max_size=4),
    wrong=st.integers(1, 10),
    place=st.integers(0, 5),
)
def test_one_wrong_value_beyond_the_fit_is_noticed(coefficients, wrong, place):
    values = {n: sum(c * n**i for i, c in enumerate(coefficients)) for n in range(3, 44)}
    fit = exact_fit(values)
    assert fit is not None
    assert [fit.value(n) for n in values] == list(values.values())
    values[43 - place] += wrong
    changed = exact_fit(values)
    assert changed is None or all(
        changed.value(n) == values[n] for n in values if n >= changed.since
    )


@pytest.mark.parametrize(
    "values",
    [
        {},
        {4: 1},
        {4: 1, 8: 1, 15: 1},  # nothing four times as large
        {4: 1, 16: 1},  # one n to fit, one coefficient: nothing is over
        {**{n: n for n in range(2, 17)}, 64: 65},  # what fits does not hold further on
        {n: (n * n * 7919) % 101 for n in DENSE},
        {n: int(n**1.5) for n in DENSE},
        # A logarithm that has not grown between the n fitted and those that verify.
        {n: n.bit_length().bit_length() for n in (4, 8, 16, 32, 64, 128, 256, 512)},
        dict(zip((4, 8, 16, 32, 64, 128, 256, 512), (1, 2, 2, 2, 2, 2, 2, 2), strict=True)),
        # Constant from n = 8 on, but with n = 4 left out too few n show it.
        {4: 2, 8: 3, 16: 3, 32: 3, 64: 3},
    ],
)
def test_nothing_is_claimed_without_support(values):
    fit = exact_fit(values)
    assert fit is None or (fit.is_constant and fit.since == 8 and len(values) == 8)


@settings(max_examples=8)
@given(st.data())
def test_quasi_polynomials(data):
    period = data.draw(st.integers(2, 5))
    shifts = data.draw(st.lists(st.integers(0, 9), min_size=period, max_size=period))
    values = {n: 2 * n + shifts[n % period] for n in range(2, 120)}
    fit = exact_fit(values)
    assert fit is not None
    assert all(fit.value(n) == value for n, value in values.items())
    assert all(fit.value(n) == 2 * n + shifts[n % period] for n in range(120, 400))
    rounded = fit.expression()
    at = next(iter(rounded.free_symbols))
    assert [rounded.subs(at, n) for n in (7, 8, 200, 201)] == [
        fit.value(n) for n in (7, 8, 200, 201)
    ]


@given(
    st.integers(1, 4).flatmap(
        lambda k: st.lists(
            st.lists(st.integers(-5, 5), min_size=k + 1, max_size=k + 1), min_size=1, max_size=6
        )
    )
)
def test_linear_equations(rows):
    exact = [[Fraction(value) for value in row] for row in rows]
    solution = solve(exact, len(rows[0]) - 1)
    import sympy

    matrix = sympy.Matrix([row[:-1] for row in rows])
    augmented = sympy.Matrix(rows)
    unique = matrix.rank() == augmented.rank() == matrix.cols
    assert (solution is not None) == unique
    if solution is not None:
        for row in rows:
            assert sum(a * x for a, x in zip(row, solution, strict=False)) == row[-1]


@settings(max_examples=8)
@given(st.data())
def test_what_is_called_exact_is(data):
    """Staircases of small steps, as depths are: whatever is found equals them, far out too."""
    points = data.draw(st.sampled_from([DOUBLING, (*range(2, 13), 24, 25, 48, 49)]))
    steps = data.draw(st.lists(st.sampled_from((0, 0, 1)), min_size=len(points)))
    values = {n: 1 + sum(steps[: place + 1]) for place, n in enumerate(points)}
    fit = exact_fit(values)
    if fit is not None:
        assert all(fit.value(n) == value for n, value in values.items() if n >= fit.since)
        assert fit.verified[-1] >= 4 * fit.fitted
        assert set(fit.verified) == {n for n in points if n > fit.fitted}
