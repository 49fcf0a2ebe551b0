"""Integers of any size in arrays and in text."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.integers import (
    BIG,
    as_array,
    as_int64,
    as_integers,
    from_list,
    integers_of_any_length,
    join,
    split,
)
from tcsim.strategies import any_integers


@given(st.lists(any_integers()))
def test_lists_are_read_exactly(values):
    for given_values in (values, tuple(values), np.array(values, dtype=object)):
        array = as_integers(given_values, "values")
        assert array.tolist() == values
        small = all(abs(value) < 2**63 for value in values)
        assert array.dtype == (np.int64 if small else object)
        assert from_list(values).tolist() == values


@given(st.lists(any_integers()))
def test_split_and_join(values):
    small, big = split(as_integers(values, "values"))
    assert small.dtype == np.int64
    assert big == {i: value for i, value in enumerate(values) if abs(value) >= 2**63}
    assert all(small[i] == BIG for i in big)
    assert join(small, big).tolist() == values


@given(st.lists(any_integers(), min_size=1))
def test_int64(values):
    beyond = [value for value in values if abs(value) >= 2**63]
    if not beyond:
        assert as_int64(values, "values").tolist() == values
        return
    with pytest.raises(ArgumentError, match=f"is {beyond[0]}, beyond int64"):
        as_int64(values, "values")


@pytest.mark.parametrize("dtype", ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">u8"])
def test_every_integer_type(dtype):
    info = np.iinfo(np.dtype(dtype))
    values = np.array([info.min, 0, info.max], dtype)
    assert as_integers(values, "values").tolist() == [info.min, 0, info.max]


def test_mixtures_that_numpy_reads_as_floats():
    for values in ([1, 2**63], [-1, 2**63], [np.uint64(2**63 + 1), -1], (2**64, np.int8(1))):
        assert as_integers(values, "values").tolist() == [int(value) for value in values]
    assert as_array([[1, 2**63], [-1, 3]], "values").tolist() == [[1, 2**63], [-1, 3]]


def test_what_is_empty():
    for values in ([], (), np.zeros(0), range(0)):
        assert as_integers(values, "values").dtype == np.int64


WRONG = [
    [1.0],
    [1, 2.5],
    [True, False],
    [1, None],
    ["1"],
    [2**70, True],
    [[1], [2]],
    [[1], [1, 2]],
    3,
    None,
    "abc",
    {1: 2},
    np.array([1.0]),
    np.array([True]),
    np.array([1j]),
    np.array(["1"]),
    np.array(3),
    np.zeros((0, 2), int),
    np.array(["2020-01-01"], "datetime64[D]"),
    (i for i in range(3)),
]


@pytest.mark.parametrize("place", range(len(WRONG)))
def test_what_is_no_array_of_integers(place):
    with pytest.raises(ArgumentError, match="weights"):
        as_integers(WRONG[place], "weights")


def test_the_limit_on_digits_comes_back() -> None:
    before = sys.get_int_max_str_digits()
    with integers_of_any_length():
        assert len(str(10**9_999)) == 10_000
    assert sys.get_int_max_str_digits() == before
    with pytest.raises(ValueError, match="limit"):
        str(10**9_999)
