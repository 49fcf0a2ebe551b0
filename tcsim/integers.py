"""Integers of any size: in arrays as int64 and a side table beyond it, and in text."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tcsim.typing import AnyIntegers, Integers

BIG = np.iinfo(np.int64).min
"""What an int64 array holds where the value itself stands in the side table."""

_LARGEST = 2**63 - 1


def as_integers(values: object, what: str) -> AnyIntegers:
    """A one-dimensional array of exact integers.

    Args:
        values: integers of any size: an integer array, an object array or a sequence.
        what: the argument's name, for the error.

    Returns:
        int64 where every value lies within +-(2**63 - 1), else Python integers (dtype object).

    Raises:
        ArgumentError: a value is not an integer, or the array is not one-dimensional.
    """
    array = as_array(values, what)
    if array.ndim != 1:
        raise ArgumentError(f"{what} must be one-dimensional, not of shape {array.shape}")
    if array.size == 0:
        return np.zeros(0, np.int64)
    if array.dtype.kind == "i" or (array.dtype.kind == "u" and array.dtype.itemsize < 8):
        wide = array.astype(np.int64, copy=False)
        return wide.astype(object) if bool((wide == BIG).any()) else wide
    if array.dtype.kind not in "uO":
        raise ArgumentError(f"{what} must be integers, not {array.dtype}")
    exact = array.tolist()
    for position, value in enumerate(exact):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ArgumentError(f"{what}[{position}] is {value!r}, not an integer")
    return from_list([int(value) for value in exact])


def as_array(values: object, what: str) -> np.ndarray[Any, np.dtype[Any]]:
    """An array of any shape that holds the given integers exactly, or whatever else is given.

    Args:
        values: an array or nested sequences.
        what: the argument's name, for the error.

    Raises:
        ArgumentError: sequences of different lengths stand side by side.
    """
    try:
        array = np.asarray(values)
    except ValueError:
        raise ArgumentError(f"{what} must have rows of one length") from None
    if array.dtype.kind == "f" and not isinstance(values, np.ndarray):
        # A list that mixes small and huge integers becomes float64: read it exactly instead.
        return np.asarray(values, dtype=object)
    return array


def as_int64(values: object, what: str) -> Integers:
    """A one-dimensional int64 array.

    Raises:
        ArgumentError: a value is not an integer or not within +-(2**63 - 1), or the array is not
            one-dimensional.
    """
    array, big = split(as_integers(values, what))
    for position, value in big.items():
        raise ArgumentError(f"{what}[{position}] is {value}, beyond int64")
    return array


def from_list(values: list[int]) -> AnyIntegers:
    """An array of Python integers, int64 where they fit."""
    if all(-_LARGEST <= value <= _LARGEST for value in values):
        return np.array(values, dtype=np.int64)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def split(values: AnyIntegers) -> tuple[Integers, Mapping[int, int]]:
    """An int64 array and the side table {position: value} of what does not fit it."""
    if values.dtype != object:
        return np.asarray(values, np.int64), MappingProxyType({})
    big = {
        position: int(value)
        for position, value in enumerate(values)
        if not -_LARGEST <= value <= _LARGEST
    }
    small = np.array(
        [BIG if position in big else int(value) for position, value in enumerate(values)],
        dtype=np.int64,
    )
    return small, MappingProxyType(big)


def join(small: Integers, big: Mapping[int, int]) -> AnyIntegers:
    """The inverse of `split`: int64 where nothing is big, else Python integers, read-only."""
    if not big:
        return small
    values = small.astype(object)
    for position, value in big.items():
        values[position] = value
    values.flags.writeable = False
    return values


@contextmanager
def integers_of_any_length() -> Iterator[None]:
    """Lift Python's limit on the decimal digits of an integer that is written or read."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


def frozen(values: object, what: str) -> Integers:
    """A read-only int64 array."""
    return read_only(as_int64(values, what))


def read_only(array: Integers) -> Integers:
    """A read-only copy (or the array itself where nobody else can write to it)."""
    if array.flags.writeable or array.base is not None:
        array = array.copy()
    array.flags.writeable = False
    return array
