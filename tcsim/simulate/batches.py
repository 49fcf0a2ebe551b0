"""Checks of what callers pass in: 0/1 batches and packed words, before any work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.typing import Words


def check_batch(batch: object, columns: int) -> tuple[npt.NDArray[Any], bool]:
    """A batch for a circuit of so many inputs, whose values are yet to be checked.

    Returns:
        Values of boolean or integer dtype, shape (vectors, columns), and whether they were a
        single vector.

    Raises:
        ArgumentError: wrong shape or dtype.
    """
    values = _as_array(batch, "batch")
    if values.ndim not in (1, 2) or values.shape[-1] != columns:
        raise ArgumentError(
            f"batch has shape {values.shape}; a circuit of {columns} inputs takes "
            f"(vectors, {columns}), or ({columns},) for one vector"
        )
    values = _as_integers(values, "batch")
    return (values[None], True) if values.ndim == 1 else (values, False)


def check_matrix(batch: object) -> npt.NDArray[Any]:
    """Values of shape (vectors, columns), any number of either, which are yet to be checked.

    Raises:
        ArgumentError: wrong shape or dtype.
    """
    values = _as_array(batch, "batch")
    if values.ndim != 2:
        raise ArgumentError(f"batch has shape {values.shape}; expected (vectors, columns)")
    return _as_integers(values, "batch")


def check_words(words: object, rows: int | None, what: str) -> Words:
    """Packed words of shape (rows, words); any number of rows if None.

    Raises:
        ArgumentError: wrong shape or dtype.
    """
    values = _as_array(words, what)
    if values.dtype != np.uint64 or values.ndim != 2 or rows not in (None, len(values)):
        wanted = "columns" if rows is None else rows
        raise ArgumentError(
            f"{what} has shape {values.shape} and dtype {values.dtype}; packed words are uint64 of "
            f"shape ({wanted}, words): tcsim.pack makes them from 0/1 values"
        )
    return values


def check_bits(values: npt.NDArray[Any], what: str) -> None:
    """Refuse integers that are neither 0 nor 1.

    Raises:
        ArgumentError: names the first value at fault and its position.
    """
    if values.dtype == bool or not values.size:
        return
    if values.dtype == object:
        good = np.array([_is_bit(value) for value in values.flat]).reshape(values.shape)
    elif values.max() <= 1 and values.min() >= 0:
        return
    else:
        good = (values == 0) | (values == 1)
    if not good.all():
        position = tuple(int(i) for i in np.argwhere(~good)[0])
        where = ", ".join(map(str, position))
        raise ArgumentError(
            f"{what}[{where}] is {values.item(*position)!r}, not 0 or 1 "
            f"({what} has shape {values.shape})"
        )


def _as_integers(values: npt.NDArray[Any], what: str) -> npt.NDArray[Any]:
    """Values of boolean or integer dtype; those of Python objects are checked."""
    if values.dtype.kind not in "biuO":
        raise ArgumentError(
            f"{what} of shape {values.shape} has dtype {values.dtype}; "
            "0/1 values are of a boolean or integer dtype: convert with .astype(bool)"
        )
    if values.dtype == object:
        check_bits(values, what)
        return values.astype(np.uint8)
    return values


def _is_bit(value: object) -> bool:
    return isinstance(value, int | np.integer | np.bool_) and value in (0, 1)


def _as_array(values: object, what: str) -> npt.NDArray[Any]:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ArgumentError(f"{what} is no array: {error}") from None
    if array.dtype == np.float64 and not array.size and not isinstance(values, np.ndarray):
        return array.astype(np.uint8)  # NumPy takes an empty list for one of floats
    return array
