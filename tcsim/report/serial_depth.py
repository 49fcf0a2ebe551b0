"""Serial depth around parts of unknown depth: a maximum of sums of levels and of their depths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Term = tuple[int, frozenset[int]]
    """Levels of a path, and the numbers of the holes that it passes."""

MOST = 64
"""Terms that are kept."""


@dataclass(frozen=True)
class SerialDepth:
    """``max`` over paths of (levels + the depths of the holes on the path).

    Attributes:
        terms: of the paths that no other is as long as whatever the holes are, longest first.
        complete: whether all of them are there; otherwise the maximum is a lower bound.

    Example:
        >>> first = SerialDepth.of([(3, frozenset())]).through(1)
        >>> str(first.plus(4).along(SerialDepth.of([(9, frozenset())])))
        'max(9, 7 + D1)'
    """

    terms: tuple[Term, ...] = ((0, frozenset()),)
    complete: bool = True

    @classmethod
    def of(cls, terms: Iterable[Term], *, complete: bool = True) -> SerialDepth:
        """Without terms that another is never below."""
        kept: list[Term] = []
        for levels, holes in sorted(set(terms), key=lambda t: (-len(t[1]), -t[0], sorted(t[1]))):
            if not any(levels <= a and holes <= others for a, others in kept):
                kept.append((levels, holes))
        kept.sort(key=lambda term: (len(term[1]), sorted(term[1]), term[0]))
        if len(kept) > MOST:
            kept, complete = sorted(kept, key=lambda term: -term[0])[:MOST], False
        return cls(tuple(kept), complete)

    @property
    def at_least(self) -> int:
        """What it is if the holes have no depth at all."""
        return max(levels for levels, _ in self.terms)

    def plus(self, levels: int) -> SerialDepth:
        """So many levels later."""
        return SerialDepth(tuple((a + levels, holes) for a, holes in self.terms), self.complete)

    def through(self, hole: int) -> SerialDepth:
        """Behind a hole."""
        return SerialDepth(
            tuple((levels, holes | {hole}) for levels, holes in self.terms), self.complete
        )

    def along(self, *others: SerialDepth) -> SerialDepth:
        """The later of this and others."""
        every = (self, *others)
        return SerialDepth.of(
            (term for one in every for term in one.terms),
            complete=all(one.complete for one in every),
        )

    def __str__(self) -> str:
        sums = [
            " + ".join([str(levels)] * (levels > 0 or not holes) + [f"D{k}" for k in sorted(holes)])
            for levels, holes in self.terms
        ]
        text = sums[0] if len(sums) == 1 else f"max({', '.join(sums)})"
        return text if self.complete else f">= {text}"
