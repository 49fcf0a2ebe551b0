"""Positions: integer tables that tell the positions of a sequence apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.combine import Combine

if TYPE_CHECKING:
    from tcsim.typing import Integers


def sinusoidal(length: int, width: int, amplitude: int, base: float = 10_000.0) -> Integers:
    """Sines and cosines of geometrically falling frequencies, rounded.

    Entry (p, 2i) is ``rint(amplitude * sin(p / base**(2i / width)))``, entry (p, 2i + 1) its cosine
    (Vaswani et al., Attention is all you need, section 3.5).

    Args:
        length: positions.
        width: features.
        amplitude: the integer that 1 becomes.
        base: the ratio of the longest wave to the shortest.

    Returns:
        int64, shape (length, width).

    Raises:
        NetworkError: numbers that are not positive.

    Example:
        >>> from tcsim.networks.tables.positions import sinusoidal
        >>> sinusoidal(3, 4, 100).tolist()
        [[0, 100, 0, 100], [84, 54, 1, 100], [91, -42, 2, 100]]
    """
    for what, number in (("length", length), ("width", width), ("amplitude", amplitude)):
        if not isinstance(number, int) or number < 1:
            raise NetworkError(f"{what} must be an integer from 1, not {number!r}")
    feature = np.arange(width)
    angle = np.arange(length)[:, None] / base ** (2 * (feature // 2) / width)
    waves = np.where(feature % 2 == 0, np.sin(angle), np.cos(angle))
    table: Integers = np.rint(amplitude * waves).astype(np.int64)
    return table


def add_positions(table: object) -> Combine:
    """The operation that adds a table of positions, shape (length, width): no gate, no level."""
    return Combine([1], table)
