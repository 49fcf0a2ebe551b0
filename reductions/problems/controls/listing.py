"""The controls that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.problems.controls.comparators import COMPARATORS
from reductions.problems.controls.deterministic_mdp import DETERMINISTIC_MDP
from reductions.problems.controls.linear_automaton import LINEAR_AUTOMATON
from reductions.problems.controls.planar_monotone import PLANAR_MONOTONE
from reductions.problems.controls.two_sat import TWO_SAT
from reductions.problems.controls.words import AUTOMATON, PARITY
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.problems.controls.control import Control

CONTROLS = {
    one.name: one
    for one in (
        PARITY,
        AUTOMATON,
        LINEAR_AUTOMATON,
        DETERMINISTIC_MDP,
        TWO_SAT,
        PLANAR_MONOTONE,
        COMPARATORS,
    )
}
"""By name."""


def control(name: str) -> Control:
    """The control of that name.

    Raises:
        ArgumentError: there is none; the message lists those there are.

    Example:
        >>> control("2-SAT").in_nc
        True
    """
    if name not in CONTROLS:
        raise ArgumentError(f"there is no control {name!r}; there are {', '.join(CONTROLS)}")
    return CONTROLS[name]
