"""Words over the permutations of five points: what is their product?"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.draws import mixed, multiset_hash
from reductions.tasks.family import Block, Family

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws
    from tcsim.typing import Integers, Words

_ORDER = 120
_NAMES = ["".join(map(str, one)) for one in permutations(range(5))]


@cache
def _elements() -> Integers:
    """The permutations in lexicographic order, shape (120, 5)."""
    return np.array(list(permutations(range(5))))


def _number(elements: Integers) -> Integers:
    """The numbers of permutations, shape (..., 5)."""
    places = _elements() @ (5 ** np.arange(5))
    table = np.zeros(5**5, np.int64)
    table[places] = np.arange(_ORDER)
    found: Integers = table[elements @ (5 ** np.arange(5))]
    return found


@cache
def _products() -> Integers:
    """Entry (p, q): the number of the permutation that is p, then q."""
    one = _elements()
    return _number(one[np.arange(_ORDER)[None, :, None], one[:, None, :]])


def _relabeled() -> Integers:
    """Entry (s, p): the number of p after the points are renamed by s."""
    table = _products()
    inverse = np.argmin(table, axis=1)  # the identity is number 0
    every = np.arange(_ORDER)
    found: Integers = table[table[inverse[:, None], every[None, :]], every[:, None]]
    return found


def _least_hash(words: Integers) -> Words:
    """Of each word, shape (count, letters), the least hash over all ways to rename the points."""
    relabeled = _relabeled()
    total = np.zeros((_ORDER, len(words)), np.uint64)
    for place in range(words.shape[1]):
        scattered = mixed(mixed(relabeled) + np.uint64(place))
        total += scattered[:, words[:, place]]
    return mixed(total.min(axis=0))


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    letters = draws.below(_ORDER, rows, width, depth + 1)
    product = letters[..., 0]
    for place in range(1, depth + 1):
        product = _products()[product, letters[..., place]]
    least = _least_hash(letters.reshape(rows * width, -1)).reshape(rows, width)
    key = multiset_hash(least)

    def text(row: int) -> tuple[str, str]:
        words = letters[row].tolist()
        given = "; ".join([" ".join([_NAMES[letter] for letter in word]) for word in words])
        return given, "; ".join([_NAMES[one] for one in product[row].tolist()])

    # A group: whichever product changes, the answer does.
    return Block(np.ones(rows, bool), product[:, 0], key, text)


S5 = Family(
    name="s5",
    version=1,
    question="What is the product of this word of permutations of five points?",
    input="words apart by ;, their letters by a space; letter abcde takes 0 to a, 1 to b, ...; the "
    "leftmost acts first",
    answer="the product of each word, apart by ;",
    depth="products in a word, which has one letter more",
    width="words",
    unit="products of two permutations",
    symmetries="other names of the points of a word, another order of the words",
    hardness="NC1-complete: a word of n letters is multiplied in about log n rounds as a tree, "
    "which the depth, counted from left to right, does not tell",
    assumption="TC0 != NC1",
    reference="Barrington 1989, Bounded-width polynomial-size branching programs; paper, 3.2",
    least=(1, 1),
    answers=lambda _depth, _width: _ORDER,
    work=lambda depth, width: depth * width,
    block=_block,
)
