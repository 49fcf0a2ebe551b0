"""Compare: on how many vectors two circuits differ, in which outputs, and on which one first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from tcsim.campaign.count import Count
from tcsim.campaign.find import check_vector, first_one
from tcsim.campaign.task import Extent, Task, check_count, check_list

if TYPE_CHECKING:
    from tcsim.typing import Words

_COUNT = Count()


class Comparison(NamedTuple):
    """What `Compare` found.

    Attributes:
        differences: on how many vectors some output differs.
        first: number of the first such vector, or None.
        by_output: on how many vectors each output differs.
    """

    differences: int
    first: int | None
    by_output: tuple[int, ...]

    @property
    def equal(self) -> bool:
        """Whether no output differs on any vector."""
        return not self.differences


@dataclass(frozen=True)
class Compare(Task[Comparison]):
    """Where two circuits differ, on all vectors; `Find` stops at the first.

    The value is a `Comparison`.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.campaign import Compare, exhaustive
        >>> def circuit(k):
        ...     b = tc.Builder()
        ...     b.output("y", tc.sum(b.inputs("x", 5)) >= k)
        ...     return b.build()
        >>> exhaustive(circuit(3), Compare(), against=circuit(4)).value
        Comparison(differences=10, first=7, by_output=(10,))
    """

    needs_pair: ClassVar[bool] = True

    def map(self, words: Words, valid: Words, first: int) -> Comparison:
        """See `Task.map`."""
        some = np.bitwise_or.reduce(words, axis=0)
        found = first_one(some)
        return Comparison(
            int(np.bitwise_count(some).sum(dtype=np.int64)),
            None if found is None else first + found,
            _COUNT.map(words, valid, first),
        )

    def combine(self, earlier: Comparison, later: Comparison) -> Comparison:
        """See `Task.combine`."""
        return Comparison(
            earlier.differences + later.differences,
            later.first if earlier.first is None else earlier.first,
            _COUNT.combine(earlier.by_output, later.by_output),
        )

    def from_json(self, data: object, extent: Extent) -> Comparison:
        """See `Task.from_json`."""
        differences, first, by_output = check_list(data)
        total = check_count(differences, extent.last - extent.first)
        found = check_vector(first, extent)
        if (found is None) != (total == 0):
            raise ValueError(f"{total} differences, the first of which is {found}")
        return Comparison(total, found, _COUNT.from_json(by_output, extent))
