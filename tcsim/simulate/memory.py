"""Memory: large results, refused by name and size before anything is computed; addresses."""

from __future__ import annotations

import math
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import LimitError

if TYPE_CHECKING:
    import numpy.typing as npt


ALIGNMENT = 64
"""Bytes of the longest vectors: those that cross no line of the cache are moved faster."""


def allocate(
    shape: tuple[int, ...], dtype: npt.DTypeLike, what: str, instead: str
) -> npt.NDArray[Any]:
    """An uninitialized array, at a multiple of `ALIGNMENT` bytes.

    Args:
        shape: its shape.
        dtype: its dtype.
        what: what it holds, for the error.
        instead: what to do instead, for the error.

    Raises:
        LimitError: it is larger than this machine's memory.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if size <= physical_memory():
        try:
            room = np.empty(size + ALIGNMENT, np.uint8)
            start = -address(room) % ALIGNMENT
            return room[start : start + size].view(dtype).reshape(shape)
        except MemoryError:
            pass
    raise LimitError(
        f"{what} would take {size:,} bytes, more than this machine can hold: {instead}"
    )


def address(array: npt.NDArray[Any]) -> int:
    """Where an array's first value stands, for compiled kernels; keep the array alive meanwhile."""
    where: int = array.__array_interface__["data"][0]
    return where


def physical_memory() -> int:
    """Bytes of memory of this machine; without bound where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return sys.maxsize
