"""What the transition monoid of an automaton says about the circuits of its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        construction: ``"shortcut"``, of constant depth, unless its cascade is too large to build;
            ``"tree"``, of logarithmic depth.
        states: of the least automaton.
        elements: of the transition monoid.
        aperiodic: whether the monoid has no groups but trivial ones.
        solvable: whether the groups in it are solvable.
        largest_group: number of elements of the largest group in it.
    """

    claim: str
    construction: str
    states: int
    elements: int
    aperiodic: bool
    solvable: bool
    largest_group: int


def route(automaton: Automaton) -> Route:
    """The route for the language of an automaton.

    Raises:
        LimitError: the monoid is too large.

    Example:
        >>> from tcsim.library.languages.expression import automaton
        >>> [route(automaton(e)).claim for e in ("(ab)*", "(aa)*")]
        ['AC0', 'ACC0']
    """
    least = automaton.minimal()
    monoid = transition_monoid(least)
    solvable = monoid.solvable
    return Route(
        claim="AC0" if monoid.aperiodic else "ACC0" if solvable else "NC1",
        construction="shortcut" if solvable else "tree",
        states=least.size,
        elements=len(monoid.elements),
        aperiodic=monoid.aperiodic,
        solvable=solvable,
        largest_group=max(len(group.elements) for group in monoid.groups),
    )
