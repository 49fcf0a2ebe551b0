"""Tables of the permutations of five points, and five-cycles whose commutator is a five-cycle.

Products apply the leftmost first. Permutations are numbered as in the word problem.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.s5_word_problem import NUMBER, PERMUTATIONS

if TYPE_CHECKING:
    from tcsim.typing import Integers

IDENTITY = 0
FIRST, SECOND = NUMBER[1, 2, 3, 4, 0], NUMBER[2, 0, 4, 1, 3]
"""(0 1 2 3 4) and (0 2 4 3 1)."""


@cache
def times() -> Integers:
    """Entry (a, b): a, and then b; int64, shape (120, 120)."""
    points = np.array(PERMUTATIONS)
    weights = 5 ** np.arange(5)
    found = points[:, points] @ weights  # (b, a): what b makes of the points of a
    codes = points @ weights
    order = np.argsort(codes)
    table: Integers = order[np.searchsorted(codes[order], found.T)]
    return table


@cache
def inverses() -> Integers:
    """Of each permutation the inverse; int64, shape (120,)."""
    found: Integers = np.argmax(times() == IDENTITY, axis=1)
    return found


def conjugates(turn: int) -> Integers:
    """Of each x the product turn' x turn; int64, shape (120,)."""
    found: Integers = times()[times()[inverses()[turn]], turn]
    return found


@cache
def target() -> int:
    """The commutator a b a' b' of `FIRST` and `SECOND`, a five-cycle."""
    found = IDENTITY
    for factor in (FIRST, SECOND, inverses()[FIRST], inverses()[SECOND]):
        found = times()[found, factor]
    return int(found)


@cache
def turn_to(cycle: int) -> int:
    """Some t such that t' `target` t is this five-cycle."""
    return next(t for t in range(len(PERMUTATIONS)) if conjugates(t)[target()] == cycle)


@cache
def turns() -> tuple[int, int, int, int, int]:
    """To `FIRST`, `SECOND`, their inverses, and to the inverse of `target`."""
    cycles = (FIRST, SECOND, *(int(inverses()[c]) for c in (FIRST, SECOND, target())))
    a, b, c, d, e = (turn_to(cycle) for cycle in cycles)
    return a, b, c, d, e
