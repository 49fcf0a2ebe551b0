"""Tag systems: read the first symbol, append its production, delete the first m symbols."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reductions.codec import integer, shown
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class TagSystem:
    """A tag system. It halts at a word of fewer than m symbols.

    Args:
        deletion: m, at least 1; Post's problem, and that of small universal machines, has 2.
        productions: {symbol: word of such symbols}.

    Raises:
        ArgumentError: m is below 1, or a production uses a symbol without one.

    Example:
        >>> COLLATZ.run("aaa", 3)
        'caaa'
        >>> [len(word) for word in COLLATZ.history("aaa", 24) if set(word) == {"a"}]
        [3, 5, 8, 4, 2, 1]
    """

    deletion: int
    productions: Mapping[str, str]

    def __post_init__(self) -> None:
        integer(self.deletion, "deletion", 1)
        for symbol, word in self.productions.items():
            if len(symbol) != 1:
                raise ArgumentError(f"a symbol is one character, not {shown(symbol)}")
            self.check(word)

    def check(self, word: str) -> str:
        """The word itself.

        Raises:
            ArgumentError: it holds a symbol without a production.
        """
        for symbol in word:
            if symbol not in self.productions:
                raise ArgumentError(f"{shown(symbol)} in {shown(word)} has no production")
        return word

    def history(self, word: str, steps: int) -> list[str]:
        """The word before the first step and after each; shorter where it halts.

        Raises:
            ArgumentError: the word holds unknown symbols, or `steps` is negative.
        """
        found = [self.check(word)]
        for _ in range(integer(steps, "steps", 0)):
            word = found[-1]
            if len(word) < self.deletion:
                break
            found.append(word[self.deletion :] + self.productions[word[0]])
        return found

    def run(self, word: str, steps: int) -> str:
        """The word after so many steps, or where it halts.

        Raises:
            ArgumentError: as `history`.
        """
        return self.history(word, steps)[-1]


COLLATZ = TagSystem(2, {"a": "bc", "b": "a", "c": "aaa"})
"""a^n becomes a^(n/2) for even n, a^((3n+1)/2) for odd n > 1 (De Mol 2008)."""
