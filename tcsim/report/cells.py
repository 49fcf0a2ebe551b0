"""Text in terminal cells: names of any length and script, tables of fixed width."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(name: str) -> str:
    """A name without control characters: what a file says must not steer a terminal."""
    if name.isprintable():
        return name
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name
    )


def fit(name: str, width: int) -> str:
    """A name in at most `width` columns; a longer one loses its middle.

    Example:
        >>> fit("encoder/block[17]/attention", 20)
        'encoder/b...ttention'
    """
    name = printable(name)
    if cells(name) <= width:
        return name
    tail = _prefix(name[::-1], (width - 3) // 2)[::-1]
    return f"{_prefix(name, width - 3 - cells(tail))}...{tail}"


def _prefix(text: str, width: int) -> str:
    taken = 0
    for place, character in enumerate(text):
        taken += _cells(character)
        if taken > width:
            return text[:place]
    return text


def wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """Lines of at most `width` columns; a word that no line holds loses its middle.

    Args:
        text: words.
        width: columns of a line, its indentation included.
        first: what the first line starts with.
        rest: what further lines start with, of the same width.

    Example:
        >>> wrap("as soon as possible", 12, "* ", "  ")
        ['* as soon as', '  possible']
    """
    room = width - cells(first)
    lines: list[str] = []
    for word in (fit(word, room) for word in text.split()):
        if lines and cells(lines[-1]) + 1 + cells(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [(rest if number else first) + line for number, line in enumerate(lines)]


def row(values: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table: positive widths align to the right, negative ones to the left."""
    parts = []
    for value, width in zip(values, widths, strict=True):
        space = " " * (abs(width) - cells(value))
        parts.append(value + space if width < 0 else space + value)
    return "  ".join(parts).rstrip()
