"""Cyclic tag systems: appendants take turns; one is appended where the deleted bit is 1."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reductions.codec import integer, shown
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.problems.tag_systems.tag import TagSystem


@dataclass(frozen=True)
class CyclicTag:
    """A cyclic tag system. It halts at the empty word.

    Args:
        appendants: words of 0 and 1, at least one.

    Raises:
        ArgumentError: there are none, or one is no such word.

    Example:
        The system of Cook's paper on Rule 110:

        >>> CyclicTag(("010", "000", "1111")).run("1", 5)
        '111000'
    """

    appendants: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.appendants:
            raise ArgumentError("a cyclic tag system has at least one appendant")
        for word in self.appendants:
            _bits(word)

    def run(self, word: str, steps: int, turn: int = 0) -> str:
        """The word after so many steps, or empty where it halts.

        Args:
            word: of 0 and 1.
            steps: at least 0.
            turn: which appendant is the first.

        Raises:
            ArgumentError: one is out of range.
        """
        data = deque(_bits(word))
        turn = integer(turn, "turn", 0) % len(self.appendants)
        for _ in range(integer(steps, "steps", 0)):
            if not data:
                break
            if data.popleft() == "1":
                data.extend(self.appendants[turn])
            turn = (turn + 1) % len(self.appendants)
        return "".join(data)


def _bits(word: str) -> str:
    if not isinstance(word, str) or set(word) - {"0", "1"}:
        raise ArgumentError(f"a word of a cyclic tag system is text of 0 and 1, not {shown(word)}")
    return word


@dataclass(frozen=True)
class Encoded:
    """A tag system as a cyclic one.

    Attributes:
        system: the cyclic tag system.
        code: {symbol: its word}: of k symbols, symbol i has 1 at place i of k.
        steps: steps for one step of the tag system: m k.
    """

    system: CyclicTag
    code: dict[str, str]
    steps: int

    def encode(self, word: str) -> str:
        """A word of the tag system as one of the cyclic one."""
        return "".join(self.code[symbol] for symbol in word)


def cyclic(system: TagSystem) -> Encoded:
    """The cyclic tag system that does in m k steps what a tag system of k symbols does in one.

    Its first k appendants are the productions, the other (m - 1) k are empty: so the symbols that
    are deleted unread append nothing (Cook 2004, Universality in elementary cellular automata).

    Example:
        >>> from reductions.problems.tag_systems import COLLATZ
        >>> found = cyclic(COLLATZ)
        >>> found.system.appendants
        ('010001', '100', '100100100', '', '', '')
        >>> word = found.encode("aaa")
        >>> found.system.run(word, 3 * found.steps) == found.encode(COLLATZ.run("aaa", 3))
        True
    """
    symbols = sorted(system.productions)
    k = len(symbols)
    if k == 0:
        raise ArgumentError("a tag system without symbols has no cyclic one")
    code = {symbol: "0" * i + "1" + "0" * (k - 1 - i) for i, symbol in enumerate(symbols)}
    words = ["".join(code[s] for s in system.productions[symbol]) for symbol in symbols]
    appendants = (*words, *[""] * (k * (system.deletion - 1)))
    return Encoded(CyclicTag(appendants), code, system.deletion * k)
