"""Shapes of growth: the right one is named, or none."""

from __future__ import annotations

from math import isqrt, log2, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.family import growth

DOUBLING = tuple(2**k for k in range(2, 13))


@pytest.mark.parametrize(
    ("function", "kind", "exponent"),
    [
        (lambda n: round(7 * n**1.5), "polynomial", 1.5),
        (lambda n: round(3 * n**2.2 + 5 * n), "polynomial", 2.2),
        (lambda n: round(1000 * 1.2 ** min(n, 300)), None, None),
        (lambda n: 1000 + n % 7, "constant", 0.0),
        (lambda n: round(100 * log2(n) + 17), "log", 1.0),
        (lambda n: round(100 * log2(n) ** 3.0) + n % 5, "polylog", 3.0),
    ],
)
def test_shapes(function, kind, exponent):
    found = growth({n: function(n) for n in DOUBLING})
    assert (found.best and found.best.kind) == kind
    if exponent is not None:
        assert found.best.exponent == pytest.approx(exponent, abs=0.05)
    assert [m.residual for m in found.models] == sorted(m.residual for m in found.models)


def test_exponential():
    found = growth({n: round(3 * 1.7**n) + n % 3 for n in range(4, 40)})
    assert found.best.kind == "exponential"
    assert found.best.exponent == pytest.approx(1.7, abs=0.01)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({4: 5, 8: 6}, "too few n"),
        (dict.fromkeys(DOUBLING, 0), "a value is 0"),
        ({n: (n * 7919) % 1009 + 1 for n in DOUBLING}, "not close"),
    ],
)
def test_no_verdict_without_reason(values, reason):
    found = growth(values)
    assert found.best is None
    assert reason in found.reason


def test_a_logarithm_with_uneven_steps():
    """The fan-in-2 depth of majority."""
    from tcsim.measure import fan_in_2
    from tests.family.families import majority

    found = growth({n: fan_in_2(majority(n)).depth for n in DOUBLING})
    assert found.best.kind == "log"


@pytest.mark.parametrize(
    ("function", "points", "reason"),
    [
        # A staircase of few steps: the root is no power of a logarithm, nor known to be none.
        (isqrt, (*range(2, 41), 80, 160), "equally close"),
        (lambda n: n + isqrt(n) + 10**6, DOUBLING, "less than 10%"),
        (lambda n: n ** n.bit_length(), (*range(2, 41), 80, 160), "not close"),
        (lambda n: round(2 ** (log2(n) ** 2)), DOUBLING, "not close"),
        (lambda n: round(2 ** sqrt(n)), DOUBLING, "not close"),
    ],
)
def test_nothing_is_told_that_cannot_be(function, points, reason):
    found = growth({n: function(n) for n in points})
    assert found.best is None
    assert reason in found.reason


def test_growth_that_slows_down_is_polynomial_all_the_more():
    found = growth({n: n * n.bit_length() ** 2 for n in (4, 8, 16, 32, 64, 128, 256, 512)})
    assert found.best.kind == "polynomial"
    assert found.best.excess < 0


def test_two_shapes_that_are_as_close():
    found = growth({8: 70, 16: 100, 32: 132, 64: 175, 128: 226})
    assert found.best is None
    assert "equally close" in found.reason


def test_values_beyond_floats():
    found = growth({n: 7**n for n in DOUBLING})
    assert found.models
    assert found.models[0].kind == "exponential"


@given(st.dictionaries(st.integers(0, 2**40), st.integers(0, 2**2000), max_size=20))
def test_any_values_give_a_verdict_or_a_reason(values):
    found = growth(values)
    assert (found.best is None) == bool(found.reason)
