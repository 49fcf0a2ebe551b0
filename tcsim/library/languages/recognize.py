"""Membership in a regular language over wires: in constant depth where the monoid allows it."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.languages.automaton import with_other
from tcsim.library.languages.decomposition import track
from tcsim.library.languages.monoid import transition_monoid
from tcsim.library.languages.route import route
from tcsim.library.languages.shortcut import evaluate
from tcsim.library.languages.streams import Cascade, Letters, Lookup
from tcsim.library.languages.tree import accept
from tcsim.library.languages.truth import disjunction
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.expressions import Signal
    from tcsim.library.languages.automaton import Automaton


def recognize(automaton: Automaton, word: Iterable[Iterable[Signal]]) -> Signal:
    """Whether a word is in the language of an automaton, by the route of its monoid.

    Args:
        automaton: any.
        word: each letter as its number in the alphabet, in binary, lowest digit first; numbers
            that are no letter's are in no word of the language.

    Raises:
        ArgumentError: a letter has another number of digits.
        LimitError: the language has circuits of constant depth, but the cascade is too large to
            build them; `recognize_tree` remains.
    """
    least = automaton.minimal()
    return recognize_shortcut(least, word) if route(least).solvable else recognize_tree(least, word)


def recognize_shortcut(automaton: Automaton, word: Iterable[Iterable[Signal]]) -> Signal:
    """The same in constant depth.

    Raises:
        ArgumentError: the monoid has a group that is not solvable.
        LimitError: the cascade of its memories and counters has too many states.
    """
    least, letters = _letters(automaton, word)
    result = evaluate(cascade(least), [dict(enumerate(letter)) for letter in letters])
    if isinstance(result, bool):
        return tc.all([]) if result else tc.any([])
    return result


def recognize_tree(
    automaton: Automaton, word: Iterable[Iterable[Signal]], arity: int = 2
) -> Signal:
    """The same by a tree of products of matrices, for any automaton; see `tree`."""
    least, letters = _letters(automaton, word)
    return accept(least, letters, arity)


@lru_cache(maxsize=8)
def cascade(automaton: Automaton) -> Cascade:
    """The cascade of memories and counters that tells whether an automaton accepts.

    Raises:
        ArgumentError: the monoid has a group that is not solvable.
        LimitError: it is too large.
    """
    monoid = transition_monoid(automaton)
    moves = automaton.moves
    word = Lookup((Letters(len(moves)),), lambda letter: moves[letter])
    state = track(monoid, moves, word, lambda q, f: f[q], automaton.start)  # type: ignore[index]
    return Cascade(Lookup((state,), lambda q: q in automaton.accepting))


def digits(letters: int) -> int:
    """Binary digits of a letter, of so many."""
    return max(1, (letters - 1).bit_length())


def complete(automaton: Automaton) -> Automaton:
    """The least automaton, with a letter for the numbers that are no letter's, if there are any."""
    letters = len(automaton.alphabet)
    return (automaton if 1 << digits(letters) == letters else with_other(automaton)).minimal()


def _letters(
    automaton: Automaton, word: Iterable[Iterable[Signal]]
) -> tuple[Automaton, list[list[Signal]]]:
    """The automaton of all numbers, and for each position the signals of its letters."""
    count = len(automaton.alphabet)
    width = digits(count)
    positions = [bits(letter, f"word[{i}]") for i, letter in enumerate(word)]
    for i, letter in enumerate(positions):
        if len(letter) != width:
            raise ArgumentError(
                f"word[{i}] must have {width} digits, for {count} letters, not {len(letter)}"
            )
    return complete(automaton), [_decoded(letter, count) for letter in positions]


def _decoded(letter: Sequence[Signal], count: int) -> list[Signal]:
    """A signal for each letter, and one for the numbers that are no letter's."""
    if len(letter) == 1:
        return [~letter[0], letter[0]]
    codes: list[Signal] = [
        tc.all(bit if one else ~bit for bit, one in zip(letter, code[::-1], strict=True))
        for code in product((0, 1), repeat=len(letter))
    ]
    other = disjunction(codes[count:])
    return [*codes[:count], *([other] if isinstance(other, tc.Signal) else [])]
