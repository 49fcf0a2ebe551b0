"""Affine: exact in every range of magnitudes, and refused beyond."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Affine
from tests.networks.oracle import ends


def plain(weights: list[list[int]], bias: list[int], row: list[int]) -> list[int]:
    return [
        b + sum(w[j] * v for w, v in zip(weights, row, strict=True)) for j, b in enumerate(bias)
    ]


# Sums below 2**52 go through floating point, those below 2**62 through int64.
@given(
    bits=st.sampled_from([(3, 4), (20, 20), (25, 25), (26, 26), (28, 28), (30, 30), (55, 4)]),
    data=st.data(),
)
def test_equals_python_integers(bits: tuple[int, int], data: st.DataObject) -> None:
    big, small = (st.integers(-(2**b), 2**b) for b in bits)
    inputs, outputs, rows = (data.draw(st.integers(1, 3)) for _ in range(3))
    weights = data.draw(_table(big, inputs, outputs))
    bias = data.draw(st.lists(big, min_size=outputs, max_size=outputs))
    x = data.draw(_table(small, rows, inputs))
    expected = [plain(weights, bias, row) for row in x]
    assert Affine(weights, bias)(np.array(x)).tolist() == expected


def _table(numbers: st.SearchStrategy[int], rows: int, columns: int):
    row = st.lists(numbers, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


def test_exact_where_floating_point_is_not() -> None:
    weights = [[2**52 + 1], [1]]
    found = Affine(weights, [0])(np.array([[1, 1], [3, 2]]))
    assert found.ravel().tolist() == [2**52 + 2, 3 * 2**52 + 5]


@given(data=st.data())
def test_range_is_exact(data: st.DataObject) -> None:
    number = st.integers(-5, 5)
    inputs, outputs = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    weights = data.draw(_table(number, inputs, outputs))
    bias = data.draw(st.lists(number, min_size=outputs, max_size=outputs))
    lo = data.draw(st.lists(number, min_size=inputs, max_size=inputs))
    hi = [value + data.draw(st.integers(0, 3)) for value in lo]
    reached = [
        plain(weights, bias, list(row))
        for row in itertools.product(*(range(a, b + 1) for a, b in zip(lo, hi, strict=True)))
    ]
    least, most = ends(Affine(weights, bias), np.array(lo), np.array(hi))
    assert least.tolist() == [min(column) for column in zip(*reached, strict=True)]
    assert most.tolist() == [max(column) for column in zip(*reached, strict=True)]


@pytest.mark.parametrize(
    ("weights", "bits"),
    [([[0]], 1), ([[1, -1]], 2), ([[127], [-127]], 8), ([[128]], 9), ([[-128]], 9)],
)
def test_weight_bits(weights: list[list[int]], bits: int) -> None:
    affine = Affine(weights, [0] * len(weights[0]))
    assert affine.weight_bits == bits
    assert abs(affine.weights).max() <= 2 ** (bits - 1) - 1


def test_refuses_sums_beyond_int64() -> None:
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        Affine([[2**61], [2**61]], [0])
    affine = Affine([[2**40]], [0])
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        ends(affine, np.array([0]), np.array([2**30]))
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        affine(np.array([[2**62]]))
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        affine(np.array([[-(2**63)]]))


@pytest.mark.parametrize(
    ("weights", "bias", "message"),
    [
        ([[1.0]], [0], "weights must be int64"),
        ([1, 2], [0], "2 axes"),
        ([[1, 2]], [0], r"\(1, 2\).*\(1,\)"),
        ([[]], [], "weights"),
        ([[1]], [[0]], "bias"),
        ([[1], [2, 3]], [0], "array of integers"),
        ([[2**62]], [0], r"beyond 2\*\*62"),
        ([[2**70]], [0], "int64"),
        ([[1]], [-(2**62)], "bias"),
    ],
)
def test_bad_arguments(weights: object, bias: object, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Affine(weights, bias)


def test_immutable() -> None:
    affine = Affine([[1]], [0])
    with pytest.raises(AttributeError, match="weights"):
        affine.weights = np.zeros((1, 1), np.int64)
    with pytest.raises(ValueError, match="read-only"):
        affine.weights[0, 0] = 2
