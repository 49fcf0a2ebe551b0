"""The word problem of the symmetric group on five points: what is the product of the letters?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown, text
from reductions.problem import Problem, Witnesses
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

PERMUTATIONS = tuple(permutations(range(5)))
"""By number, in lexicographic order. Point p goes to ``permutation[p]``; the identity is 0."""

NUMBER = {permutation: number for number, permutation in enumerate(PERMUTATIONS)}

SWAP, CYCLE = NUMBER[1, 0, 2, 3, 4], NUMBER[1, 2, 3, 4, 0]


@dataclass(frozen=True)
class Word:
    """A word over the permutations of five points, and what its product is compared with.

    Args:
        letters: numbers of `PERMUTATIONS`, one byte each; at least one.
        goal: a number of `PERMUTATIONS`.

    Raises:
        ArgumentError: a number is 120 or more, or there is no letter.
    """

    letters: bytes
    goal: int

    def __post_init__(self) -> None:
        if not isinstance(self.letters, bytes) or not self.letters:
            raise ArgumentError("letters must be bytes, at least one")
        integer(max(self.letters), "the largest letter", 0, len(PERMUTATIONS) - 1)
        integer(self.goal, "goal", 0, len(PERMUTATIONS) - 1)

    def __repr__(self) -> str:
        return f"<Word: {len(self.letters)} permutations of five points>"


Products = tuple[int, ...]
"""Of each letter the product of the word up to it."""


def sizes(instance: Word) -> dict[str, int]:
    """The size fields."""
    return {
        "letters": len(instance.letters),
        "levels": (len(instance.letters) - 1).bit_length(),
    }


def products(instance: Word) -> Products:
    """Of all beginnings: each point is moved by letter after letter."""
    points = list(range(5))
    found = []
    for letter in instance.letters:
        points = [PERMUTATIONS[letter][point] for point in points]
        found.append(NUMBER[tuple(points)])
    return tuple(found)


def decide(instance: Word) -> bool:
    """Whether the product is the goal."""
    return products(instance)[-1] == instance.goal


def verify(instance: Word, found: Products) -> bool:
    """Whether each product is the one before it times a letter, and the last is the goal."""
    if not isinstance(found, tuple) or len(found) != len(instance.letters):
        return False
    before = PERMUTATIONS[0]
    for letter, number in zip(instance.letters, found, strict=True):
        before = tuple(PERMUTATIONS[letter][point] for point in before)
        if number != NUMBER[before]:
            return False
    return found[-1] == instance.goal


def by_letters(instance: Word) -> Products | None:
    """Letter after letter."""
    found = products(instance)
    return found if found[-1] == instance.goal else None


def by_halves(instance: Word) -> Products | None:
    """Those of both halves, and all of the second one times the last of the first."""
    found = _halves(instance.letters)
    return tuple(found) if found[-1] == instance.goal else None


def _halves(letters: bytes) -> list[int]:
    if len(letters) == 1:
        return list(letters)
    middle = len(letters) // 2
    left, right = _halves(letters[:middle]), _halves(letters[middle:])
    first = PERMUTATIONS[left[-1]]
    return left + [NUMBER[tuple(PERMUTATIONS[then][p] for p in first)] for then in right]


def _name(number: int) -> str:
    return "".join(map(str, PERMUTATIONS[number]))


_BY_NAME = {_name(number): number for number in range(len(PERMUTATIONS))}


def _number(data: Any, where: str) -> int:  # noqa: ANN401
    if text(data, where) not in _BY_NAME:
        raise ArgumentError(f"{where} must be the digits 0 to 4 in some order, not {shown(data)}")
    return _BY_NAME[data]


def _to_data(instance: Word) -> Any:  # noqa: ANN401
    return {"word": [*map(_name, instance.letters)], "goal": _name(instance.goal)}


def _from_data(data: Any) -> Word:  # noqa: ANN401
    word, goal = members(data, "instance", ("word", "goal"))
    letters = [_number(name, "instance.word: a letter") for name in items(word, "instance.word")]
    return Word(bytes(letters), _number(goal, "instance.goal"))


def every(k: int) -> Iterator[Word]:
    """Words of identity, a transposition and a cycle; the goal is one of these."""
    for length in range(1, k + 1):
        for letters in product((0, SWAP, CYCLE), repeat=length):
            for goal in (0, SWAP, CYCLE):
                yield Word(bytes(letters), goal)


def strategy() -> SearchStrategy[Word]:
    """Up to 9 letters; a third of the words with their product as the goal."""
    from hypothesis import strategies as st

    count = len(PERMUTATIONS)
    word = st.lists(st.integers(0, count - 1), min_size=1, max_size=9).map(bytes)

    def with_goal(letters: bytes) -> SearchStrategy[Word]:
        right = products(Word(letters, 0))[-1]
        return st.sampled_from((0, 1, 59)).map(lambda off: Word(letters, (right + off) % count))

    return word.flatmap(with_goal)


def ladder(k: int) -> Word:
    """2 k letters by chance, the goal right for odd k; the same on every call."""
    random = Random(k)
    letters = bytes(random.randrange(len(PERMUTATIONS)) for _ in range(2 * k))
    right = products(Word(letters, 0))[-1]
    return Word(letters, right if k % 2 else (right + 1) % len(PERMUTATIONS))


S5_WORD_PROBLEM: Problem[Word, Products] = Problem(
    name="s5_word_problem",
    question="Is the product of these permutations of five points, left to right, the goal?",
    instance=Word,
    fields={"letters": "letters of the word", "levels": "levels of a binary tree over them"},
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all words of at most {k} letters: identity, a transposition, a cycle",
    reach=3,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last letter is lost": lambda one: Word(one.letters[:-1], one.goal),
        "the word is read backwards": lambda one: Word(one.letters[::-1], one.goal),
        "the goal is the identity": lambda one: Word(one.letters, 0) if one.goal else None,
        "the first letter is a cycle": lambda one: Word(
            bytes((CYCLE,)) + one.letters[1:], one.goal
        ),
    },
    hardness="complete for NC1 under AC0 reductions: not P-complete unless P = NC1",
    reference="Barrington 1989, Bounded-width polynomial-size branching programs recognize exactly "
    "those languages in NC1",
    witnesses=Witnesses(
        meaning="the numbers of the products of all beginnings of the word",
        verify=verify,
        every=lambda one: iter([products(one)] if decide(one) else []),
        few=lambda _: True,
        producers={"letters": by_letters, "halves": by_halves},
        to_data=lambda found: [*map(_name, found)],
        from_data=lambda data: tuple(
            _number(name, "a product") for name in items(data, "a list of products")
        ),
    ),
)
