"""Buses: slices, dot products, what they refuse."""

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import BuilderError


def bus(count=5):
    return tc.Builder().inputs("x", count)


def test_sequence():
    x = bus()
    assert len(x) == 5
    assert x[-1] == x[4] == x[np.int64(4)]
    assert [wire.id for wire in x] == [0, 1, 2, 3, 4]
    assert [wire.id for wire in reversed(x)] == [4, 3, 2, 1, 0]
    assert x.index(x[2]) == 2
    with pytest.raises(IndexError):
        x[5]
    with pytest.raises(TypeError):
        x[[0]]


def test_slices_are_buses():
    x = bus()
    assert x[1:3].ids.tolist() == [1, 2]
    assert x[::-2].ids.tolist() == [4, 2, 0]
    assert isinstance(x[:0], tc.Bus)
    assert repr(x) == "<Bus of 5: <Wire x[0]> .. <Wire x[4]>>"
    assert repr(x[:1]) == "<Bus of 1: <Wire x[0]>>"
    assert repr(x[:0]) == "<Bus of 0: >"


def weights(form):
    return {wire.id: weight for wire, weight in form.terms.items()}


def test_dot_products():
    x = bus(2)
    for vector in ([3, -4], (3, -4), np.array([3, -4]), np.array([3, -4], np.int8)):
        assert weights(vector @ x) == weights(x @ vector) == {0: 3, 1: -4}
    rows = np.array([[1, 2], [3, 4], [5, 6]]) @ x
    assert [weights(row) for row in rows] == [{0: 1, 1: 2}, {0: 3, 1: 4}, {0: 5, 1: 6}]
    assert weights(np.array([2**70, 0], object) @ x) == {0: 2**70, 1: 0}
    assert weights(np.zeros(0, int) @ x[:0]) == {}


def test_bad_dot_products():
    x = bus(2)
    with pytest.raises(BuilderError, match="as many weights as values, not 3 and 2"):
        _ = [1, 2, 3] @ x
    with pytest.raises(BuilderError, match="float64"):
        _ = np.array([0.5, 1]) @ x
    for scalar in (2, np.int64(2), np.array(2)):
        with pytest.raises(BuilderError, match="vector or matrix"):
            _ = scalar @ x
    with pytest.raises(BuilderError, match="product of two bits"):
        _ = [x[0], x[1]] @ x
    with pytest.raises(BuilderError, match="weights @ bus"):
        _ = np.array([1, 2]) * x


@pytest.mark.parametrize(
    "misuse",
    [
        lambda x, y: x and y,
        lambda x, _: not x,
        lambda x, y: x & y,
        lambda x, y: x | y[0],
        lambda x, y: y[0] ^ x,
        lambda x, _: ~x,
        lambda x, y: x + y,
        lambda x, _: x >= 2,
        lambda x, _: x <= 2,
    ],
    ids=["and", "not", "&", "|", "^", "~", "+", ">=", "reflected"],
)
def test_a_bus_is_no_signal_and_no_number(misuse):
    b = tc.Builder()
    with pytest.raises(BuilderError, match=r"bus|Bus"):
        misuse(b.inputs("x", 2), b.inputs("y", 2))
