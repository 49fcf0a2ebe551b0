"""Types that several modules share: arrays of bits, packed words, integers, paths, progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import os

    import numpy as np
    import numpy.typing as npt

    Bits: TypeAlias = npt.NDArray[np.uint8]
    """0/1 values, one a byte, uint8."""

    Words: TypeAlias = npt.NDArray[np.uint64]
    """Packed bits, 64 a word: vector ``64*w + j`` is bit ``j`` of word ``w``."""

    Integers: TypeAlias = npt.NDArray[np.int64]
    """Machine integers, int64."""

    AnyIntegers: TypeAlias = npt.NDArray[np.int64] | npt.NDArray[np.object_]
    """int64, or Python integers (dtype object) where int64 could overflow."""

StrPath: TypeAlias = "str | os.PathLike[str]"
"""A file's path."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called as ``progress(done, total)`` now and then during long work."""
