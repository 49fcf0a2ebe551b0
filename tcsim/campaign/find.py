"""Find: the first vector on which an output is 1, or on which two circuits differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.campaign.task import Extent, Task

if TYPE_CHECKING:
    from tcsim.typing import Words


@dataclass(frozen=True)
class Find(Task["int | None"]):
    """The first vector on which some output is 1; of two circuits, on which some output differs.

    The value is the vector's number, or None; `Result.vector` gives the vector itself. Vectors
    after the first one found are not evaluated.
    """

    def map(self, words: Words, valid: Words, first: int) -> int | None:  # noqa: ARG002
        """See `Task.map`."""
        found = first_one(np.bitwise_or.reduce(words, axis=0))
        return None if found is None else first + found

    def combine(self, earlier: int | None, later: int | None) -> int | None:
        """See `Task.combine`."""
        return later if earlier is None else earlier

    def settled(self, partial: int | None) -> bool:
        """See `Task.settled`."""
        return partial is not None

    def from_json(self, data: object, extent: Extent) -> int | None:
        """See `Task.from_json`."""
        return check_vector(data, extent)


def first_one(words: Words) -> int | None:
    """The number of the first bit that is 1, in words of shape (words,)."""
    places = np.flatnonzero(words)
    if not len(places):
        return None
    word = int(places[0])
    bits = int(words[word])
    return 64 * word + (bits & -bits).bit_length() - 1


def check_vector(data: object, extent: Extent) -> int | None:
    """The number of a vector out of a file, or None.

    Raises:
        ValueError: it is neither, or not one of these vectors.
    """
    if data is not None and (type(data) is not int or not extent.first <= data < extent.last):
        raise ValueError(f"{data!r:.40} is no vector from {extent.first} to {extent.last - 1}")
    return data
