"""Finished: the ranges of vectors that are done, with their partial results, neighbors joined."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.campaign.task import Task

P = TypeVar("P")


class Range(NamedTuple, Generic[P]):
    """Vectors first .. last - 1, and the task's partial result for them."""

    first: int
    last: int
    partial: P


class Finished(Generic[P]):
    """What is done of a campaign of so many vectors.

    Attributes:
        ranges: in increasing order; between two of them is a gap.
        needed: vectors from this number on cannot change the result any more.
    """

    def __init__(self, task: Task[P], vectors: int) -> None:
        self._task = task
        self.ranges: list[Range[P]] = []
        self.needed = vectors

    def add(self, first: int, last: int, partial: P) -> None:
        """Add a range that overlaps no other one."""
        at = bisect_left(self.ranges, first, key=lambda r: r.first)
        joined = Range(first, last, partial)
        if at < len(self.ranges) and self.ranges[at].first == last:
            after = self.ranges.pop(at)
            joined = Range(first, after.last, self._task.combine(joined.partial, after.partial))
        if at and self.ranges[at - 1].last == first:
            at -= 1
            before = self.ranges.pop(at)
            joined = Range(
                before.first, joined.last, self._task.combine(before.partial, joined.partial)
            )
        self.ranges.insert(at, joined)
        if self._task.settled(partial):
            self.needed = min(self.needed, last)

    @property
    def done(self) -> int:
        """How many of the vectors that are needed are done."""
        return sum(min(r.last, self.needed) - r.first for r in self.ranges if r.first < self.needed)

    @property
    def complete(self) -> bool:
        """Whether the partial result of the first range is the result."""
        return bool(self.ranges) and not self.ranges[0].first and self.ranges[0].last >= self.needed

    def gaps(self, part: int) -> Iterator[tuple[int, int]]:
        """What is not done now and needed when asked, in order, cut at multiples of `part`."""
        ends = [(r.first, r.last) for r in self.ranges]
        start = 0
        for first, last in [*ends, (self.needed, self.needed)]:
            while start < min(first, self.needed):
                stop = min(first, start - start % part + part)
                yield start, stop
                start = stop
            start = max(start, last)
