"""Inputs: real rows become integers by rounding to even and clipping; integer rows must fit."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks import Code, Inputs


def test_real_rows_are_rounded_and_clipped() -> None:
    inputs = Inputs(2, Code(-2, 3), scale=np.array([0.5, 2.0]), offset=np.array([1.0, -10.0]))
    rows = [[1.0, -10.0], [1.25, -7.0], [1.75, -5.0], [-50.0, 50.0], [3.4, 0.0]]
    # Steps above the offset: (0, 0), (0.5, 1.5), (1.5, 2.5), (clipped, clipped), (4.8, 5).
    assert inputs.integers(rows).tolist() == [[-2, -2], [-2, 0], [0, 0], [-2, 3], [3, 3]]


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_integer_rows_are_taken_as_they_are(dtype: type) -> None:
    rows = np.array([[0, 16], [3, 4]], dtype)
    found = Inputs(2, Code(0, 16)).integers(rows)
    assert found.dtype == np.int64
    assert found.tolist() == [[0, 16], [3, 4]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[0, 17]], r"rows\[0, 1\] is 17, no integer in 0\.\.16"),
        ([[0, 1], [-1, 0]], r"rows\[1, 0\] is -1"),
        ([[0.5, 1.0]], r"rows\[0, 0\] is 0\.5"),
        ([[0]], "shape"),
        ([["a", "b"]], "numbers"),
        ([[np.nan, 0]], "nan"),
    ],
)
def test_bad_rows(rows: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Inputs(2, Code(0, 16)).integers(rows)


@pytest.mark.parametrize(
    ("features", "options", "message"),
    [
        (0, {}, "at least one feature"),
        (2.0, {}, "at least one feature"),
        (1, {"scale": np.ones(1)}, "both"),
        (2, {"scale": np.ones(1), "offset": np.ones(1)}, "2 features"),
        (1, {"scale": np.zeros(1), "offset": np.ones(1)}, "positive"),
    ],
)
def test_bad_inputs(features: object, options: dict[str, object], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Inputs(features, Code(0, 3), **options)
