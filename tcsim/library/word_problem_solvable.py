"""The word problems of S_2, S_3 and S_4 in constant depth: by their series of commutator groups."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.languages.automaton import Automaton, digits
from tcsim.library.languages.growth import DIFFERENCES, differences, formulas
from tcsim.library.languages.recognize import recognize_shortcut
from tcsim.library.oracles import each, number
from tcsim.library.parameter import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def is_identity(word: Iterable[Iterable[Signal]], k: int) -> Signal:
    """Whether a product of permutations of k points, at most 4, is the identity.

    S_3 is Z_3 by Z_2, and S_4 is Z_2 x Z_2 by S_3: prefixes are counted modulo 2, then those of the
    letters relative to it modulo 3, then those relative to both modulo 2, twice.

    Args:
        word: each permutation as its number in lexicographic order, in binary, lowest digit first;
            larger numbers stand for the identity.
        k: number of points, 2 to 4.
    """
    return recognize_shortcut(group_automaton(k), word)


@cache
def group_automaton(k: int) -> Automaton:
    """The automaton of the words over S_k whose product is the identity: a state is a product."""
    if k not in range(2, 5):
        raise ArgumentError(f"k must be 2 to 4: S_k is not solvable from 5 on, not {k}")
    group = list(permutations(range(k)))
    where = {element: i for i, element in enumerate(group)}
    letters = group + [group[0]] * ((1 << digits(len(group))) - len(group))
    moves = tuple(
        tuple(where[tuple(letter[q] for q in element)] for element in group) for letter in letters
    )
    alphabet = "".join(chr(ord("A") + i) for i in range(len(letters)))
    return Automaton(alphabet, moves, 0, frozenset({0}))


def _oracle(word: Bits, k: int, **_: int) -> Mapping[str, Any]:
    group = list(permutations(range(k)))

    def identity(row: Bits) -> bool:
        points = list(range(k))
        for letter in number(row).tolist():
            if letter < len(group):
                points = [group[letter][q] for q in points]
        return points == list(range(k))

    return {"identity": each(identity, word)}


WORD_PROBLEM_SOLVABLE = Construction(
    name="word-problem-solvable",
    summary="Whether a product of n permutations of k <= 4 points is the identity: constant depth",
    claim="ACC0",
    source="Barrington and Therien 1988, Finite monoids and the fine structure of NC1",
    parameters=(
        Parameter("n", "number of permutations"),
        Parameter("k", "number of points", least=2, most=4, default=3),
    ),
    inputs=lambda n, k: {"word": (n, {2: 1, 3: 3, 4: 5}[k])},
    build=lambda word, k, **_: {"identity": is_identity(word, k)},
    formulas=formulas,
    oracle=_oracle,
    points=(
        *({"n": n, "k": 2} for n in (1, 2, 3, 9)),
        *({"n": n, "k": 3} for n in (1, 2, 4, 31, 38)),
        *({"n": n, "k": 4} for n in (1, 2, 5)),
    ),
    example={"n": 2, "k": 2},
    quantities=lambda n, k: differences(group_automaton(k), n),
    meanings=DIFFERENCES,
)
