"""Numbers for people never outgrow their column, and are exact or rightly rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tcsim.report.numbers import compact, plural, span


@given(st.one_of(st.integers(0, 10**30), st.integers(0, 2**3000)), st.integers(9, 30))
@example(99_999_500_000, 9)
@example(99_999_499_999, 9)
@example(10**9 - 1, 10)
@example(0, 9)
def test_an_integer_fits_and_is_exact_or_rounded(value: int, width: int) -> None:
    text = compact(value, width)
    assert len(text) <= width
    if "e" not in text:
        assert text == f"{value:,}"
        return
    assert len(f"{value:,}") > width
    digits = len(text.partition("e")[0].replace(".", ""))
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP, Emax=10**6).create_decimal(value)
    assert Decimal(text) == rounded


@given(st.floats(0, 1e300))
def test_a_float_has_one_decimal_or_is_rounded(value: float) -> None:
    text = compact(value, 12)
    assert len(text) <= 12
    assert float(text.replace(",", "")) == pytest.approx(value, rel=1e-4, abs=0.05001)


def test_an_integer_beyond_pythons_own_limit() -> None:
    assert compact(10**10_000) == "1.0000e10000"
    assert compact(10**10_000 - 1) == "1.0000e10000"


def test_words() -> None:
    assert (plural(0, "gate"), plural(1, "gate"), plural(2, "gate")) == (
        "0 gates",
        "1 gate",
        "2 gates",
    )
    assert (span(3, 3), span(3, 5)) == ("3", "3-5")
