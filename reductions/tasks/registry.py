"""The families that there are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.tasks.family import Family

FAMILIES = {
    "arithmetic_cvp": "reductions.tasks.families.arithmetic_cvp:ARITHMETIC_CVP",
    "billiards": "reductions.tasks.families.billiards:BILLIARDS",
    "cvp": "reductions.tasks.families.cvp:CVP",
    "do1": "reductions.tasks.families.do1:DO1",
    "mdp": "reductions.tasks.families.mdp:MDP",
    "rule110": "reductions.tasks.families.rule110:RULE_110",
    "s5": "reductions.tasks.families.s5:S5",
    "sudoku": "reductions.tasks.families.sudoku:SUDOKU",
}
"""Name -> where it is. What is not asked for is not loaded."""


def family(name: str) -> Family:
    """The family of that name.

    Raises:
        ArgumentError: there is none; the message lists those there are.
    """
    if not isinstance(name, str) or name not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise ArgumentError(f"there is no family of tasks {name!r}; there are {known}")
    module, _, attribute = FAMILIES[name].partition(":")
    found: Family = getattr(import_module(module), attribute)
    return found
