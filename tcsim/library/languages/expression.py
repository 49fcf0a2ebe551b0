"""Regular expressions, in the notation of Python's `re`, as least deterministic automata.

The automaton of positions (Glushkov 1961): a state is the set of places in the expression that the
last letter may stand at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tcsim.errors import ArgumentError
from tcsim.library.languages.automaton import explore
from tcsim.library.languages.positions import NONE, Parser

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tcsim.library.languages.automaton import Automaton
    from tcsim.library.languages.positions import Positions


def automaton(expression: str, alphabet: str | None = None) -> Automaton:
    """The least automaton of a regular expression.

    Args:
        expression: letters, ``( )``, ``|``, ``*``, ``+``, ``?``, ``.``, ``[abc]``, ``[a-c]``,
            ``[^a]``, and a backslash before a character that stands for itself. The whole word
            must match.
        alphabet: the letters; by default the letters and digits in the expression, sorted.

    Raises:
        ArgumentError: the expression is malformed, or a letter is not in the alphabet, or there
            is a range such as ``a-c`` and no alphabet to say what is between.

    Example:
        >>> automaton("(a|b)*abb").size
        4
    """
    letters = (
        "".join(sorted({c for c in expression if c.isalnum()})) if alphabet is None else alphabet
    )
    if not letters:
        raise ArgumentError(f"the expression {expression!r} has no letters: give the alphabet")
    parser = Parser(expression, letters, ranges=alphabet is not None)
    whole = parser.whole()
    follow, places = parser.follow, parser.places

    def move(state: Hashable, letter: str) -> Hashable:
        positions = cast("Positions", state)
        after = whole.first if -1 in positions else NONE
        after = after.union(*(follow[p] for p in positions if p >= 0))
        return frozenset(p for p in after if letter in places[p])

    def accepts(state: Hashable) -> bool:
        positions = cast("Positions", state)
        return bool(positions & whole.last) or (-1 in positions and whole.empty)

    return explore(letters, frozenset({-1}), move, accepts).minimal()
