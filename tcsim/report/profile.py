"""The level profile in bins: what its pictures draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.report.numbers import span

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Bin:
    """Adjacent levels drawn as one bar.

    Attributes:
        first: lowest level.
        last: highest level.
        gates: gates on all of them together.
        most: most gates on one of them.
    """

    first: int
    last: int
    gates: int
    most: int

    @property
    def mean(self) -> float:
        """Gates a level, which is the length of the bar."""
        return self.gates / (self.last - self.first + 1)

    @property
    def label(self) -> str:
        """``"7"`` or ``"7-12"``."""
        return span(self.first, self.last)


def bins(levels: Sequence[int], most: int) -> list[Bin]:
    """Levels 1, 2, ... in at most `most` bins of equal width (the last may be narrower).

    Args:
        levels: gates on level 0, 1, 2, ...; nothing stands on level 0.
        most: number of bins available.

    Example:
        >>> [(b.label, b.gates, b.mean) for b in bins((0, 5, 3, 2, 2), 2)]
        [('1-2', 8, 4.0), ('3-4', 4, 2.0)]
    """
    top = len(levels) - 1
    step = max(-(-top // most), 1)
    result = []
    for first in range(1, top + 1, step):
        part = levels[first : first + step]
        result.append(Bin(first, first + len(part) - 1, sum(part), max(part)))
    return result
