"""Provenance: which element of the source each element of the target was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.typing import Integers

NONE = -1
"""Of a target element that belongs to no source element."""


@dataclass(frozen=True, eq=False)
class Provenance:
    """For each element of the target, one of the source.

    Attributes:
        target: what the elements of the target are, such as ``"wire"``.
        source: what the elements of the source are.
        origin: int64, shape (target elements,): numbers of source elements, or `NONE`.
    """

    target: str
    source: str
    origin: Integers

    def __post_init__(self) -> None:
        origin = np.array(self.origin, np.int64)
        if origin.ndim != 1 or (len(origin) and origin.min() < NONE):
            raise ArgumentError("origin must be one-dimensional, of numbers from -1 up")
        origin.flags.writeable = False
        object.__setattr__(self, "origin", origin)

    def then(self, second: Provenance) -> Provenance:
        """Through two reductions: this one, and one from its target.

        Raises:
            ArgumentError: the second speaks of other elements than this one made.
        """
        if second.source != self.target:
            raise ArgumentError(
                f"provenance of {second.target} from {second.source} does not follow one of "
                f"{self.target} from {self.source}"
            )
        padded = np.append(self.origin, NONE)  # index -1 finds NONE
        return Provenance(second.target, self.source, padded[second.origin])

    def of(self, element: int) -> int | None:
        """The source element of a target element; None if it belongs to none.

        Raises:
            ArgumentError: there is no such target element.
        """
        if not 0 <= element < len(self.origin):
            raise ArgumentError(f"there is no {self.target} {element}; {len(self.origin)} in all")
        found = int(self.origin[element])
        return None if found == NONE else found

    def images(self, element: int) -> list[int]:
        """The target elements that were made from a source element."""
        found: list[int] = np.flatnonzero(self.origin == element).tolist()
        return found
