"""Count: on how many vectors each output is 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.campaign.task import Extent, Task, check_count, check_list

if TYPE_CHECKING:
    from tcsim.typing import Words


@dataclass(frozen=True)
class Count(Task[tuple[int, ...]]):
    """On how many vectors each output is 1; of two circuits, on how many each output differs.

    The value is a tuple with one number an output.
    """

    def map(self, words: Words, valid: Words, first: int) -> tuple[int, ...]:  # noqa: ARG002
        """See `Task.map`."""
        return tuple(np.bitwise_count(words).sum(axis=1, dtype=np.int64).tolist())

    def combine(self, earlier: tuple[int, ...], later: tuple[int, ...]) -> tuple[int, ...]:
        """See `Task.combine`."""
        return tuple(a + b for a, b in zip(earlier, later, strict=True))

    def from_json(self, data: object, extent: Extent) -> tuple[int, ...]:
        """See `Task.from_json`."""
        counts = check_list(data)
        if len(counts) != extent.outputs:
            raise ValueError(f"{len(counts)} numbers for {extent.outputs} outputs")
        return tuple(check_count(value, extent.last - extent.first) for value in counts)
