"""Integers of any size in arrays: int64, and a side table of Python integers beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
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
    try:
        array = np.asarray(values)
    except OverflowError:
        array = np.asarray(values, dtype=object)
    if array.ndim != 1:
        raise ArgumentError(f"{what} must be one-dimensional, not of shape {array.shape}")
    if array.size == 0:
        return np.zeros(0, np.int64)
    if array.dtype.kind == "i" or (array.dtype.kind == "u" and array.dtype.itemsize < 8):
        wide = array.astype(np.int64, copy=False)
        return wide.astype(object) if bool((wide == BIG).any()) else wide
    if array.dtype.kind not in "uOf":
        raise ArgumentError(f"{what} must be integers, not {array.dtype}")
    if array.dtype.kind == "f" and not isinstance(values, Sequence):
        raise ArgumentError(f"{what} must be integers, not {array.dtype}")
    # A list that mixes small and huge integers becomes float64 in NumPy: read it exactly instead.
    exact = list(values) if isinstance(values, Sequence) else array.tolist()
    for position, value in enumerate(exact):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ArgumentError(f"{what}[{position}] is {value!r}, not an integer")
    return from_list([int(value) for value in exact])


def from_list(values: list[int]) -> AnyIntegers:
    """An array of Python integers, int64 where they fit."""
    if all(-_LARGEST <= value <= _LARGEST for value in values):
        return np.array(values, dtype=np.int64)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def split(values: AnyIntegers) -> tuple[Integers, Mapping[int, int]]:
    """An int64 array and the side table {position: value} of what does not fit it."""
    if values.dtype == np.int64:
        return values, MappingProxyType({})
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
    """The inverse of `split`: int64 where nothing is big, else Python integers."""
    if not big:
        return small
    values = small.astype(object)
    for position, value in big.items():
        values[position] = value
    return values
