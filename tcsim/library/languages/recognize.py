"""Membership in a regular language over wires: in constant depth where the monoid allows it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.languages.automaton import complete, digits
from tcsim.library.languages.decomposition import cascade
from tcsim.library.languages.route import route
from tcsim.library.languages.shortcut import evaluate
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

    Returns:
        The signal: of constant depth where `route` says ``"shortcut"``, else of logarithmic depth.
    """
    how = recognize_shortcut if route(automaton).construction == "shortcut" else recognize_tree
    return how(automaton, word)


def recognize_shortcut(automaton: Automaton, word: Iterable[Iterable[Signal]]) -> Signal:
    """The same in constant depth.

    Args:
        automaton: as for `recognize`.
        word: as for `recognize`.

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
    """The same by a tree of products of matrices, for any automaton; see `tree`.

    Args:
        automaton: as for `recognize`.
        word: as for `recognize`.
        arity: most matrices that are multiplied at once, at least 2.

    Raises:
        ArgumentError: a letter has another number of digits, or the arity is below 2.
    """
    least, letters = _letters(automaton, word)
    return accept(least, letters, arity)


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
