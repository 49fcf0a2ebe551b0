"""Regions: which token a state stands for, and how far from a border it must be to count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.typing import Integers


@dataclass(frozen=True)
class Regions:
    """The real line in intervals, each of them a part of the region V_i of its token.

    The quantization of section F.1 of the paper, in integers: interval j holds the states X with
    ``cuts[j - 1] <= X < cuts[j]``. A token may have several intervals.

    Attributes:
        cuts: increasing integers, in units of the state grid.
        tokens: one for each interval, ``len(cuts) + 1`` of them, each of ``0..M - 1``.
        margin: a state is *safe* if every state at distance below `margin` lies in its interval.

    Raises:
        ArgumentError: cuts that do not increase, intervals or tokens that are missing, or a margin
            that leaves an inner interval without a safe state.

    Example:
        >>> regions = Regions((-16, 0, 16), (0, 1, 2, 0), margin=2)
        >>> regions.decode([-17, -16, 3, 40]).tolist(), regions.safe([-17, -16, 3, 40]).tolist()
        ([0, 1, 2, 0], [False, False, True, True])
    """

    cuts: tuple[int, ...]
    tokens: tuple[int, ...]
    margin: int

    def __post_init__(self) -> None:
        if list(self.cuts) != sorted(set(self.cuts)) or not self.cuts:
            raise ArgumentError(f"cuts are increasing integers, not {self.cuts}")
        if len(self.tokens) != len(self.cuts) + 1:
            raise ArgumentError(
                f"{len(self.cuts)} cuts make {len(self.cuts) + 1} intervals, but there are "
                f"{len(self.tokens)} tokens"
            )
        if set(self.tokens) != set(range(max(self.tokens) + 1)) or len(set(self.tokens)) < 2:
            raise ArgumentError(
                f"every token of 0..M-1, M >= 2, has an interval, not {self.tokens}"
            )
        if self.margin < 1:
            raise ArgumentError(f"a margin is a positive integer, not {self.margin!r}")
        for low, high in zip(self.cuts, self.cuts[1:], strict=False):
            if high - low < 2 * self.margin - 1:
                raise ArgumentError(
                    f"the interval {low}..{high - 1} has no state that is {self.margin} away from "
                    f"its borders: a margin of at most {(high - low + 1) // 2} fits"
                )

    @property
    def count(self) -> int:
        """M, how many tokens there are."""
        return max(self.tokens) + 1

    def decode(self, states: object) -> Integers:
        """The token of each state."""
        found: Integers = np.array(self.tokens)[
            np.searchsorted(self.cuts, np.asarray(states), side="right")
        ]
        return found

    def safe(self, states: object) -> np.ndarray:
        """Whether each state keeps its interval when moved by less than the margin."""
        x = np.asarray(states)
        low, high = x - self.margin + 1, x + self.margin - 1
        at = np.searchsorted(self.cuts, low, side="right")
        same: np.ndarray = at == np.searchsorted(self.cuts, high, side="right")
        return same

    def table(self, lo: int, hi: int) -> Integers:
        """Row i says of each state lo..hi whether it lies in V_i: int64, shape (M, states)."""
        tokens = self.decode(np.arange(lo, hi + 1))
        found: Integers = (tokens == np.arange(self.count)[:, None]).astype(np.int64)
        return found
