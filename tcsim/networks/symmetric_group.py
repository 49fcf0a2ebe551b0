"""The symmetric group as the tables that automata and tasks are made of."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from tcsim.typing import Integers


@cache
def word_problem_table(degree: int) -> Integers:
    """Products of the symmetric group with its letters: int64, shape (degree!, 3), read-only.

    The letters are those of `permutation_table`. Elements are numbered in lexicographic order, the
    identity 0; the leftmost factor acts first: entry (p, g) is the number of the permutation that
    takes i to letter_g(element_p(i)).

    Args:
        degree: 2 to 6.

    Raises:
        NetworkError: another degree.
    """
    if not isinstance(degree, int) or not 2 <= degree <= 6:
        raise NetworkError(f"degree is an integer in 2..6, not {degree!r}")
    elements = list(permutations(range(degree)))
    number = {element: i for i, element in enumerate(elements)}
    letters = permutation_table(degree).T.tolist()
    table = np.array(
        [[number[tuple(g[q] for q in element)] for g in letters] for element in elements]
    )
    table.flags.writeable = False
    return table


def permutation_table(degree: int) -> Integers:
    """The symmetric group acting on points: int64, shape (degree, 3).

    The letters are the identity, the transposition (0 1) and the cycle 0 -> 1 -> ... -> 0; they
    generate the group. The transformation of a word is its product.

    Args:
        degree: 2 or more.

    Raises:
        NetworkError: another degree.

    Example:
        >>> from tcsim.networks.symmetric_group import permutation_table
        >>> permutation_table(3).T.tolist()
        [[0, 1, 2], [1, 0, 2], [1, 2, 0]]
    """
    if not isinstance(degree, int) or degree < 2:
        raise NetworkError(f"degree is an integer of at least 2, not {degree!r}")
    points = np.arange(degree)
    swap = points.copy()
    swap[:2] = 1, 0
    return np.stack((points, swap, (points + 1) % degree), axis=1)
