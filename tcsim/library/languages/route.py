"""What the transition monoid of an automaton says about the circuits of its language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tcsim.errors import LimitError
from tcsim.library.languages.automaton import complete
from tcsim.library.languages.decomposition import cascade
from tcsim.library.languages.monoid import transition_monoid

if TYPE_CHECKING:
    from tcsim.library.languages.automaton import Automaton


@dataclass(frozen=True)
class Route:
    """The class of a regular language and the construction that follows from its monoid.

    The monoid of an aperiodic language has no groups, and the language is in AC0; a language with
    groups that are solvable is in ACC0, and so in TC0; with a group that is not, it is complete
    for NC1 (Barrington and Therien 1988; Barrington, Compton, Straubing and Therien 1992). AC0 is
    more than the aperiodic languages: those whose groups count positions alone are in it as well,
    and are given as ACC0 here.

    Attributes:
        claim: ``"AC0"``, ``"ACC0"`` or ``"NC1"``.
        construction: what `recognize` builds: ``"shortcut"``, of constant depth, or ``"tree"``, of
            logarithmic depth.
        reason: why it is this one. A tree also stands in where the claim is AC0 or ACC0 and the
            cascade of the shortcut is too large, and where the monoid is too large to look at, so
            that all that can be claimed is NC1.
        states: of the least automaton.
        elements: of the transition monoid; None, like what follows, where it is too large.
        aperiodic: whether the monoid has no groups but trivial ones.
        solvable: whether the groups in it are solvable.
        largest_group: number of elements of the largest group in it.
    """

    claim: str
    construction: str
    reason: str
    states: int
    elements: int | None = None
    aperiodic: bool | None = None
    solvable: bool | None = None
    largest_group: int | None = None


@lru_cache(maxsize=64)
def route(automaton: Automaton) -> Route:
    """The route for the language of an automaton.

    Example:
        >>> from tcsim.library.languages.expression import automaton
        >>> [route(automaton(e)).claim for e in ("(ab)*", "(aa)*")]
        ['AC0', 'ACC0']
    """
    least = automaton.minimal()
    try:
        monoid = transition_monoid(least)
    except LimitError as error:
        return Route("NC1", "tree", f"{error}: its groups are not known", least.size)
    largest = max(len(group.elements) for group in monoid.groups)
    claim = "AC0" if monoid.aperiodic else "ACC0" if monoid.solvable else "NC1"
    construction, reason = "tree", "a group in the monoid is not solvable"
    if monoid.solvable:
        construction = "shortcut"
        reason = f"the monoid is {'aperiodic' if monoid.aperiodic else 'solvable'}"
        try:
            cascade(complete(least))
        except LimitError as error:
            construction, reason = "tree", f"{reason}, but it has {error}"
    return Route(
        claim,
        construction,
        reason,
        least.size,
        len(monoid.elements),
        monoid.aperiodic,
        monoid.solvable,
        largest,
    )
