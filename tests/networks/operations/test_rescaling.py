"""Rescaling: exact fractions, each rounding by its definition."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Code, rescale

HALF = Fraction(1, 2)
ROUNDINGS = {
    "floor": math.floor,
    "ceil": math.ceil,
    "truncate": math.trunc,
    "half_up": lambda z: math.floor(z + HALF),
    "half_down": lambda z: math.ceil(z - HALF),
    "half_even": round,
    "half_away": lambda z: int(math.copysign(math.floor(abs(z) + HALF), z)),
}


@pytest.mark.parametrize("rounding", ROUNDINGS)
@given(
    top=st.integers(1, 20),
    bottom=st.integers(1, 12),
    lo=st.integers(-9, 3),
    steps=st.integers(1, 9),
    zero=st.integers(-4, 4),
)
def test_every_rounding(
    rounding: str, top: int, bottom: int, lo: int, steps: int, zero: int
) -> None:
    code = Code(lo, lo + steps)
    x = range(-60, 61)
    expected = [
        min(max(ROUNDINGS[rounding](Fraction(v * top, bottom)) + zero, code.lo), code.hi) for v in x
    ]
    found = rescale(top, bottom, code, rounding=rounding, zero_point=zero)
    assert found(np.array(x)[:, None]).ravel().tolist() == expected


def test_half_to_even_alternates() -> None:
    """A tie goes up to an even number and down from an odd one."""
    found = rescale(1, 2, Code(-2, 2))
    x = np.array([[-3], [-1], [1], [3]])
    assert found(x).ravel().tolist() == [-2, 0, 0, 2]


def test_fixed_point_multipliers_per_feature() -> None:
    """31-bit multipliers with shifts, as in TFLite; no float could say these products."""
    multipliers = [2**30 + 1, 2**31 - 1]
    found = rescale(multipliers, 2**38, Code(-128, 127), rounding="half_up")
    x = np.array([[12345, -20000], [-777, 31000], [128, 127]])
    expected = [
        [math.floor(Fraction(v * m, 2**38) + HALF) for v, m in zip(row, multipliers, strict=True)]
        for row in x.tolist()
    ]
    assert found(x).tolist() == np.clip(expected, -128, 127).tolist()


def test_cuts_beyond_every_value() -> None:
    found = rescale(1, 2**80, Code(-1, 1))
    assert found(np.array([[-(2**61)], [0], [2**61]])).ravel().tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("top", "bottom", "rounding", "message"),
    [
        (0, 1, "floor", "numerator is a positive integer"),
        (-2, 1, "floor", "negate weights"),
        (1, 0.5, "floor", "denominator is a positive integer"),
        ([1, 2], [1, 2, 3], "floor", "2,. numerators"),
        (1, 1, "nearest", "rounding is one of"),
    ],
)
def test_bad_arguments(top, bottom, rounding: str, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        rescale(top, bottom, Code(0, 1), rounding=rounding)
