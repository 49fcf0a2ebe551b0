"""Positions as 0/1 vectors: what a query and the key that it looks for agree in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.typing import Integers


def position_code(count: int) -> Integers:
    """The code of each of the positions 0..count - 1: its binary digits, then their complements.

    The score of two codes, their inner product, is the number of digits in which they agree: it is
    largest, `width`, for a position and itself alone. So hard attention whose query is the code of
    position p reads position p, with vectors of O(log count) (Li et al., 2024, use the same idea).

    Args:
        count: how many positions there are, at least 1.

    Returns:
        int64, shape (count, 2 * width), with width the number of digits of count - 1, at least 1.

    Example:
        >>> from tcsim.networks.constructed.positions import position_code
        >>> position_code(3).tolist()
        [[0, 0, 1, 1], [1, 0, 0, 1], [0, 1, 1, 0]]
    """
    width = max(1, (count - 1).bit_length())
    digits = np.arange(count)[:, None] >> np.arange(width) & 1
    return np.concatenate((digits, 1 - digits), axis=1)
