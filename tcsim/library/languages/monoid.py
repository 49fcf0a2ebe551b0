"""Finite monoids by their multiplication: the transition monoid of an automaton, and its groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from tcsim.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from tcsim.library.languages.automaton import Automaton

MOST_ELEMENTS = 5_000
"""Of a transition monoid: one of q states may have up to q**q."""

Map = tuple[int, ...]
"""A map of states: ``f[q]`` is the state that q goes to."""


@dataclass(frozen=True, eq=False, repr=False)
class Monoid:
    """A finite monoid.

    Args:
        elements: hashable, the identity first.
        times: the product.
    """

    elements: Sequence[Hashable]
    times: Callable[[Hashable, Hashable], Hashable]

    @property
    def identity(self) -> Hashable:
        """The neutral element."""
        return self.elements[0]

    def power(self, element: Hashable, exponent: int) -> Hashable:
        """A product of equal factors."""
        result = self.identity
        for _ in range(exponent):
            result = self.times(result, element)
        return result

    @cached_property
    def idempotents(self) -> list[Hashable]:
        """The elements e with e e = e."""
        return [e for e in self.elements if self.times(e, e) == e]

    @cached_property
    def aperiodic(self) -> bool:
        """Whether no group but the trivial one is in it: x**k = x**(k+1) for some k, each x."""
        return all(self._period(x) == 1 for x in self.elements)

    def _period(self, x: Hashable) -> int:
        seen = {x: 0}
        last = x
        while (last := self.times(last, x)) not in seen:
            seen[last] = len(seen)
        return len(seen) - seen[last]

    @cached_property
    def groups(self) -> list[Monoid]:
        """The maximal subgroups: for each idempotent e the units of e M e."""
        return [self.units_of(e) for e in self.idempotents]

    def units_of(self, e: Hashable) -> Monoid:
        """The group of units of the monoid e M e, for an idempotent e."""
        inside = dict.fromkeys(self.times(self.times(e, x), e) for x in self.elements)
        group = [x for x in inside if self._inverse(e, x) is not None]
        return Monoid([e, *(x for x in group if x != e)], self.times)

    def _inverse(self, e: Hashable, x: Hashable) -> Hashable | None:
        """The power of x that, times x, is e; None if none is."""
        last, after = e, x
        seen: set[Hashable] = set()
        while after != e:
            if after in seen:
                return None
            seen.add(after)
            last, after = after, self.times(after, x)
        return last

    def inverse(self, x: Hashable) -> Hashable:
        """The inverse in a group."""
        found = self._inverse(self.identity, x)
        assert found is not None  # noqa: S101 - callers have checked that this is a group
        return found

    @cached_property
    def solvable(self) -> bool:
        """Whether all groups in it are solvable: their derived series end in the trivial group."""
        return all(len(group.derived_series[-1].elements) == 1 for group in self.groups)

    @cached_property
    def derived_series(self) -> list[Monoid]:
        """Of a group: itself, the group of its commutators, and so on, until it repeats."""
        series = [self]
        while True:
            last = series[-1]
            further = last.generated(
                last.times(last.times(x, y), last.times(last.inverse(x), last.inverse(y)))
                for x, y in product(last.elements, repeat=2)
            )
            if len(further.elements) == len(last.elements):
                return series
            series.append(further)

    def generated(self, generators: Iterable[Hashable]) -> Monoid:
        """The submonoid of these elements, listed by the length of their shortest words."""
        return generate(self.identity, generators, self.times)


def generate(
    identity: Hashable,
    generators: Iterable[Hashable],
    times: Callable[[Hashable, Hashable], Hashable],
) -> Monoid:
    """The monoid that elements generate.

    Raises:
        LimitError: it has more than `MOST_ELEMENTS` elements.
    """
    letters = list(dict.fromkeys(generators))
    found = {identity: None}
    for element in (queue := [identity]):
        for letter in letters:
            longer = times(element, letter)
            if longer not in found:
                found[longer] = None
                queue.append(longer)
        if len(found) > MOST_ELEMENTS:
            raise LimitError(f"a monoid has more than {MOST_ELEMENTS:,} elements")
    return Monoid(queue, times)


def compose(first: Hashable, then: Hashable) -> Hashable:
    """The map of states that does one map and then another."""
    return tuple(then[q] for q in first)  # type: ignore[index,attr-defined]


def transition_monoid(automaton: Automaton) -> Monoid:
    """The maps of states that the words make; the syntactic monoid if the automaton is minimal.

    Raises:
        LimitError: it has more than `MOST_ELEMENTS` elements.

    Example:
        >>> from tcsim.library.languages.expression import automaton
        >>> monoid = transition_monoid(automaton("(ab)*"))
        >>> len(monoid.elements), monoid.aperiodic
        (6, True)
    """
    return generate(tuple(range(automaton.size)), automaton.moves, compose)
