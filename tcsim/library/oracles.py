"""What oracles are written with: bits as integers of any size, and back. No circuits in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import AnyIntegers, Bits


def number(bits: Bits) -> AnyIntegers:
    """Binary numbers, lowest digit first.

    Args:
        bits: 0/1 of shape (..., digits).

    Returns:
        Shape (...): int64 up to 62 digits, Python integers beyond.

    Example:
        >>> number(np.array([[1, 1, 0], [0, 0, 1]]))
        array([3, 4])
    """
    digits = bits.shape[-1]
    exact = np.int64 if digits <= 62 else object
    powers = np.array([1 << place for place in range(digits)], dtype=exact)
    if not digits:
        return np.zeros(bits.shape[:-1], np.int64)
    return np.asarray((bits.astype(exact) * powers).sum(axis=-1))


def digits(values: Any, count: int) -> Bits:  # noqa: ANN401
    """The lowest binary digits of integers, two's complement: uint8, shape (..., count).

    Example:
        >>> digits(np.array([6, -1]), 4)
        array([[0, 1, 1, 0],
               [1, 1, 1, 1]], dtype=uint8)
    """
    array = np.asarray(values)
    if array.dtype != object and count > 62:
        array = array.astype(object)
    places = [(array >> place) & 1 for place in range(count)]
    if not places:
        return np.zeros((*array.shape, 0), np.uint8)
    return np.stack(places, axis=-1).astype(np.uint8)


def each(function: Callable[..., Any], *arrays: Any) -> Any:  # noqa: ANN401
    """Call a function of one vector for each: for oracles that are written in plain Python.

    Args:
        function: takes one row of each array; returns 0/1, or nested sequences of them.
        arrays: of shape (vectors, ...).

    Returns:
        uint8, shape (vectors, ...).
    """
    return np.array([function(*row) for row in zip(*arrays, strict=True)], np.uint8)
