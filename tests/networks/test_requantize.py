"""Requantize: the cuts found by bisection say what the function says, at every integer."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Code, Requantize
from tests.networks.oracle import ends

# Each with its values, for a scale and a code 0..steps or -steps..steps.
ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "step": lambda z: float(z >= 0),
    "logistic": lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,
    "tanh": math.tanh,
}


def rounded(name: str, unit: float, scale: float, code: Code):
    """The plain function of one integer: activation, division by a scale, rounding, clipping."""
    function = ACTIVATIONS[name]
    return lambda x: min(max(round(function(x * unit) / scale), code.lo), code.hi)


def elementwise(*functions):
    """Row j goes through function j."""
    return lambda x: np.array(
        [[f(int(v)) for v in row] for f, row in zip(functions, x, strict=True)]
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(
    units=st.lists(st.floats(1e-4, 3.0), min_size=1, max_size=3),
    scale=st.floats(1e-3, 10.0),
    lo=st.integers(-200, 50),
    width=st.integers(0, 300),
    steps=st.integers(1, 17),
    below=st.integers(0, 17),
)
def test_equals_the_function_everywhere(name, units, scale, lo, width, steps, below) -> None:
    code = Code(-below, steps - below)
    functions = [rounded(name, unit, scale, code) for unit in units]
    least, most = np.full(len(units), lo), np.full(len(units), lo + width)
    found = Requantize.from_function(elementwise(*functions), least, most, code, name)
    x = np.arange(lo, lo + width + 1)
    expected = [[f(int(value)) for f in functions] for value in x]
    assert found(np.stack([x] * len(units), axis=1)).tolist() == expected
    reached = ends(found, least, most)
    assert [end.tolist() for end in reached] == [expected[0], expected[-1]]


def test_ranges_may_differ_between_features() -> None:
    code = Code(0, 7)
    f, g = rounded("relu", 0.5, 1.0, code), rounded("relu", 3.0, 10.0, code)
    lo, hi = np.array([-3, 0]), np.array([40, 5])
    found = Requantize.from_function(elementwise(f, g), lo, hi, code)
    for x, y in [(-3, 0), (40, 5), (3, 2), (7, 4)]:
        assert found(np.array([[x, y]])).tolist() == [[f(x), g(y)]]


def test_half_to_even_in_exact_fractions() -> None:
    code = Code(-8, 8)

    def half_to_even(x: int) -> int:
        return min(max(round(Fraction(x, 4)), code.lo), code.hi)  # Python rounds halves to even

    lo, hi = np.array([-40]), np.array([40])
    found = Requantize.from_function(elementwise(half_to_even), lo, hi, code)
    x = np.arange(-40, 41)
    assert found(x[:, None]).ravel().tolist() == [half_to_even(int(v)) for v in x]
    # 2/4 and -2/4 go to 0, 6/4 and -6/4 to 2 and -2.
    assert found(np.array([[2], [-2], [6], [-6]])).ravel().tolist() == [0, 0, 2, -2]


def test_float32_reference_function() -> None:
    """A requantization in single precision, as runtimes have it, is met exactly."""
    code = Code(0, 255)
    scale = np.float32(0.0037)

    def reference(x):
        return np.clip(np.rint(x.astype(np.float32) * scale) + 3, 0, 255)

    lo, hi = np.array([-100_000]), np.array([100_000])
    found = Requantize.from_function(reference, lo, hi, code)
    x = np.arange(-100_000, 100_001)
    assert np.array_equal(found(x[:, None])[:, 0], reference(x).astype(int))


def test_cuts_that_are_never_or_always_reached() -> None:
    code = Code(0, 3)
    lo, hi = np.array([10, -10]), np.array([20, -5])
    found = Requantize.from_function(
        lambda x: np.clip(x, 0, 1) * np.array([[2], [1]]), lo, hi, code
    )
    assert found.cuts.tolist() == [[10, 10, 21], [-4, -4, -4]]
    assert ends(found, lo, hi)[0].tolist() == [2, 0]


def test_large_ranges() -> None:
    lo, hi = np.array([-(2**61)]), np.array([2**61])
    found = Requantize.from_function(lambda x: (x >= 12345).astype(int), lo, hi, Code(0, 1))
    assert found.cuts.tolist() == [[12345]]


def test_decreasing_functions_are_refused() -> None:
    code, lo, hi = Code(0, 10), np.array([-5]), np.array([5])
    with pytest.raises(NetworkError, match="feature 0 decreases"):
        Requantize.from_function(lambda x: 5 - x, lo, hi, code)
    with pytest.raises(NetworkError, match="feature 0 decreases"):
        Requantize.from_function(abs, lo, hi, code)
    with pytest.raises(NetworkError, match="feature 0 decreases near 2"):
        Requantize.from_function(lambda x: x + 5 - 2 * (x == 2), lo, hi, code)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: x, r"gives -?\d+ at -?\d+, not an integer in 0\.\.3"),
        (lambda x: np.where(x > 0, 0.5, 0), r"gives 0\.5"),
        (lambda x: np.full(x.shape, np.nan), "gives nan"),
        (lambda x: x[0], r"shape"),
    ],
)
def test_bad_functions(function, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Requantize.from_function(function, np.array([-9]), np.array([9]), Code(0, 3))


@pytest.mark.parametrize(
    ("cuts", "code", "message"),
    [
        ([[3, 2, 5]], Code(0, 3), r"cuts\[0\] decrease, from 3 to 2"),
        ([[3, 4]], Code(0, 3), "2 cuts per feature for the 3 steps"),
        ([1, 2, 3], Code(0, 3), "integers"),
        ([[0.5]], Code(0, 1), "float64"),
        ([[1, 2]], Code(0, 2, "one_hot"), "thermometer or binary"),
        ([[2**62 + 1]], Code(0, 1), r"2\*\*62"),
    ],
)
def test_bad_cuts(cuts: object, code: Code, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Requantize(np.array(cuts), code)
