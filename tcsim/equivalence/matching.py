"""Which input or output of one circuit stands for which of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.typing import Integers


@dataclass(frozen=True)
class Matching:
    """Which wire of B stands for which of A.

    Attributes:
        by: ``"name"`` or ``"position"``.
        order: int64: place k of A is place ``order[k]`` of B.
    """

    by: Literal["name", "position"]
    order: Integers

    @property
    def is_identity(self) -> bool:
        """Whether every wire keeps its place."""
        return bool((self.order[1:] > self.order[:-1]).all())


def match(a: Sequence[str], b: Sequence[str], what: str, *, names: bool = True) -> Matching:
    """Match by name where the sets of names are equal, else by position.

    Args:
        a: names of the one circuit.
        b: names of the other.
        what: ``"inputs"`` or ``"outputs"``, for the error.
        names: whether names play a role.

    Raises:
        ArgumentError: the numbers differ.
    """
    if len(a) != len(b):
        raise ArgumentError(f"A has {len(a):,} {what}, B has {len(b):,}: they must be as many")
    place = {name: i for i, name in enumerate(b)}
    if names and place.keys() == set(a) and len(place) == len(b):
        return Matching("name", np.array([place[name] for name in a], np.int64))
    return Matching("position", np.arange(len(a)))
