"""Sums over a table of margins, in blocks, so that no copy of it in floats is ever whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Integers

_CELLS = 2**20


def lean(
    margins: Margins, weights: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Weighted margins of each seed, and weights of the points where it has one.

    Args:
        margins: the table.
        weights: shape (points,).

    Returns:
        ``sum_p w_p Z_sp`` and ``sum_p w_p |Z_sp|``, shape (seeds,) each, to single precision.
    """
    signed, present = np.zeros(margins.seeds), np.zeros(margins.seeds)
    step = max(1, _CELLS // margins.seeds)
    room = np.empty((margins.seeds, min(step, margins.points)), np.float32)
    small = weights.astype(np.float32)
    for first in range(0, margins.points, step):
        some = small[first : first + step]
        part = room[:, : len(some)]
        part[:] = margins.flat[:, first : first + step]
        signed += part @ some
        if margins.rule == "majority":
            present += some.sum(dtype=np.float64)
        else:
            present += np.abs(part, out=part) @ some
    return signed, present


def lean_exactly(margins: Margins, weights: Integers) -> Integers:
    """``sum_p w_p Z_sp`` in integers, which must not add up to 2**62: int64, shape (seeds,)."""
    total = np.zeros(margins.seeds, np.int64)
    step = max(1, _CELLS // margins.seeds)
    for first in range(0, margins.points, step):
        part = margins.flat[:, first : first + step].astype(np.int64)
        total += part @ weights[first : first + step]
    return total
