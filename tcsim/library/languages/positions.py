"""The parser of regular expressions: which positions begin, follow one another, and end."""

from __future__ import annotations

from dataclasses import dataclass

from tcsim.errors import ArgumentError

SPECIAL = "|*+?()[]."
"""Characters that stand for something; others, and these after a backslash, for themselves."""

_DEEPEST = 200
"""Most parentheses inside each other."""

Positions = frozenset[int]
NONE: Positions = frozenset()


@dataclass(frozen=True)
class Part:
    """A part of an expression: whether it has the empty word, where its words begin and end."""

    empty: bool
    first: Positions
    last: Positions


class Parser:
    """Recursive descent; `places` are the letters that match at each position."""

    def __init__(self, text: str, alphabet: str, *, ranges: bool) -> None:
        self.text, self.alphabet, self.ranges = text, alphabet, ranges
        self.at = self.depth = 0
        self.places: list[str] = []
        self.follow: list[Positions] = []

    def whole(self) -> Part:
        """The whole text."""
        part = self.choice()
        if self.at < len(self.text):
            raise self.error("a closing parenthesis without an opening one")
        return part

    def choice(self) -> Part:
        """Sequences parted by ``|``."""
        part = self.sequence()
        while self.take("|"):
            other = self.sequence()
            part = Part(part.empty or other.empty, part.first | other.first, part.last | other.last)
        return part

    def sequence(self) -> Part:
        """Repeated parts, one after another."""
        part = Part(True, NONE, NONE)
        while self.peek() not in {"", "|", ")"}:
            other = self.repeated()
            self.join(part.last, other.first)
            part = Part(
                part.empty and other.empty,
                part.first | other.first if part.empty else part.first,
                part.last | other.last if other.empty else other.last,
            )
        return part

    def repeated(self) -> Part:
        """A single part with at most one of ``*``, ``+``, ``?``."""
        part, stars = self.single(), ""
        while self.peek() in {"*", "+", "?"}:
            if stars:
                raise self.error("one of * + ? after another: use parentheses")
            stars = self.next()
            if stars != "?":
                self.join(part.last, part.first)
            part = Part(part.empty or stars != "+", part.first, part.last)
        return part

    def single(self) -> Part:
        """A letter, a class of letters, or what parentheses hold."""
        mark = self.next()
        if mark == "(":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise self.error(f"more than {_DEEPEST} parentheses inside each other")
            part = self.choice()
            if not self.take(")"):
                raise self.error("a parenthesis is not closed")
            self.depth -= 1
            return part
        if mark == "[":
            return self.place(self.letter_class())
        if mark == ".":
            return self.place(self.alphabet)
        if mark in SPECIAL:
            raise self.error(f"{mark!r} stands for itself after a backslash alone", -1)
        return self.place(self.literal(mark))

    def literal(self, mark: str) -> str:
        """The letter that a mark, and what follows a backslash, stands for."""
        letter = self.next() if mark == "\\" else mark
        if mark == "\\" and (not letter or letter.isalnum()):
            raise self.error("a backslash stands before a character such as * alone", -1)
        if letter not in self.alphabet:
            raise self.error(f"{letter!r} is not in the alphabet {self.alphabet!r}", -1)
        return letter

    def letter_class(self) -> str:
        """The letters of a class, up to its closing bracket."""
        others, chosen = self.take("^"), ""
        while self.peek() not in {"]", ""}:
            first = self.literal(self.next())
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.next()
                last = self.literal(self.next())
                if not self.ranges:
                    raise self.error("a range: give the alphabet, to say what is between", -1)
                if first > last:
                    raise self.error(f"the range {first}-{last} is empty", -1)
                chosen += "".join(c for c in self.alphabet if first <= c <= last)
            else:
                chosen += first
        if not self.take("]"):
            raise self.error("a bracket is not closed")
        if not chosen:
            raise self.error("an empty class", -1)
        letters = "".join(c for c in self.alphabet if (c in chosen) != others)
        if not letters:
            raise self.error(f"no letter of {self.alphabet!r} is in the class", -1)
        return letters

    def place(self, letters: str) -> Part:
        """A new position, at which these letters match."""
        self.places.append(letters)
        self.follow.append(NONE)
        here = frozenset({len(self.places) - 1})
        return Part(False, here, here)

    def join(self, before: Positions, after: Positions) -> None:
        """Let positions follow others."""
        for position in before:
            self.follow[position] |= after

    def peek(self) -> str:
        """The next character; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def next(self) -> str:
        """The next character, read."""
        letter = self.peek()
        self.at += 1
        return letter

    def take(self, mark: str) -> bool:
        """Whether the next character is this one; then it is read."""
        found = self.peek() == mark
        self.at += found
        return found

    def error(self, what: str, offset: int = 0) -> ArgumentError:
        """What is wrong, and where."""
        at = min(self.at + offset, len(self.text))
        return ArgumentError(f"the expression {self.text!r}, at character {at + 1}: {what}")
