"""Text in pictures: names made printable and short, integers of any size, forms in words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tcsim.gates import kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MINUS = "−"

NAME = 14
"""Columns of a name in a picture."""

_SYMBOLS = {"and": "AND", "or": "OR", "maj": "MAJ", "not": "NOT", "buffer": "BUF"}


def printable(name: str) -> str:
    r"""A name with control, format and other invisible characters as escapes.

    Example:
        >>> print(printable("two\nlines"))
        two\nlines
    """
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def columns(text: str) -> int:
    """Width of a text in characters of ordinary width: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shorten(name: str, limit: int) -> str:
    """A printable name of at most `limit` columns, cut in the middle: its end tells most.

    Example:
        >>> print(shorten("encoder/layer1/neuron[17]", 12))
        encod…on[17]
    """
    text = printable(name)
    if columns(text) <= limit:
        return text
    tail = _fit(reversed(text), limit // 2)[::-1]
    head = _fit(text, limit - 1 - columns(tail))
    return f"{head}…{tail}"


def _fit(characters: Iterable[str], room: int) -> str:
    """As many of the characters as fit into so many columns."""
    fitting = ""
    for character in characters:
        room -= columns(character)
        if room < 0:
            break
        fitting += character
    return fitting


def integer(value: int, digits: int = 10) -> str:
    """An integer in at most about `digits` characters: exact, a power of two, or its size.

    Example:
        >>> integer(-12), integer(2**512), integer(10**30)
        ('−12', '2^512', '~1.6·2^99')
    """
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size < 10**digits:
        return f"{sign}{size}"
    power = size.bit_length() - 1
    if size == 1 << power:
        return f"{sign}2^{power}"
    tenths = ((20 * size >> power) + 1) // 2
    return f"~{sign}{tenths // 10}.{tenths % 10}·2^{power}"


def count(number: int, one: str) -> str:
    """A number of things: ``count(2, "gate")`` is ``"2 gates"``."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def form(terms: Iterable[tuple[str, int]], limit: int = 12) -> str:
    """A linear form in words; after `limit` terms only their number.

    Example:
        >>> form([("x", 2), ("y", -1)])
        '2·x − y'
    """
    parts: list[str] = []
    left = 0
    for name, weight in terms:
        if len(parts) == limit:
            left += 1
            continue
        sign = MINUS if weight < 0 else "+"
        size = "" if abs(weight) == 1 else f"{integer(abs(weight), 20)}·"
        parts.append(f"{sign} {size}{name}" if parts else f"{sign}{size}{name}".lstrip("+"))
    if left:
        parts.append(f"+ … ({left:,} more)")
    return " ".join(parts) or "0"


def gate_symbol(weights: Sequence[int], threshold: int) -> str:
    """What a gate is called in a picture: AND, OR, NOT, BUF, MAJ, ``≥2 of 4``, ``Σ ≥ 7``, 0, 1."""
    name = kind(weights, threshold)
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if name.startswith("constant"):
        return name[-1]
    if name == "k-of-n":
        literals = [abs(weight) for weight in weights if weight]
        limit = threshold - sum(weight for weight in weights if weight < 0)
        return f"≥{integer(-(-limit // literals[0]))} of {len(literals)}"
    return f"Σ ≥ {integer(threshold)}"


def full(name: str) -> str:
    """A name in a tooltip: whole, unless it is absurdly long."""
    return shorten(name, 500)
