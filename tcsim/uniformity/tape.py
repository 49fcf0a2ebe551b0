"""The machine's tapes: read-only input, write-only output, and the alphabet both are written in.

A number is written in binary, highest digit first, and closed by a comma; a record of numbers is
closed by a semicolon. So ``write(6, -1)`` and ``write()`` put ``110,-1,;`` on the tape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

ALPHABET = "01-,;"
"""Symbols by their codes 0..4; the codes 0 and 1 are the bits."""
BITS_OF_SYMBOL = 3
"""Bits that a symbol is described by, where a tape is read as bits: its code, highest bit first."""


class Tape(Protocol):
    """What a program may do with an input: ask for its length, and read a cell."""

    def __len__(self) -> int:
        """Number of cells."""
        ...

    def __getitem__(self, index: int, /) -> int:
        """The code of the symbol in a cell."""
        ...


class Write(Protocol):
    """What a program may do with its output: append numbers, or, without numbers, end a record."""

    def __call__(self, *numbers: int) -> object:
        """Append."""
        ...


class Unary:
    """The input 1^n, without storing it.

    Args:
        n: its length.
    """

    def __init__(self, n: int) -> None:
        if not isinstance(n, int) or isinstance(n, bool) or n < 0:
            raise ArgumentError(f"n must be an integer of at least 0, not {n!r}")
        self._n = n

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, index: int) -> int:
        if not 0 <= index < self._n:
            raise IndexError(index)
        return 1


def tape_of(content: str | bytes | Sequence[int] | Tape) -> Tape:
    """A tape with this content.

    Args:
        content: text over `ALPHABET`, bytes, a sequence of codes, or a tape.

    Raises:
        ArgumentError: a symbol or code is not in the alphabet, or it is none of these.
    """
    if isinstance(content, str):
        codes = bytearray()
        for place, symbol in enumerate(content):
            if symbol not in ALPHABET:
                raise ArgumentError(
                    f"input symbol {symbol!r} at {place} is not one of {ALPHABET!r}"
                )
            codes.append(ALPHABET.index(symbol))
        return bytes(codes)
    if isinstance(content, Sequence):
        for place, code in enumerate(content):
            if not isinstance(code, int) or not 0 <= code < len(ALPHABET):
                raise ArgumentError(
                    f"input code {code!r} at {place} is none of 0..{len(ALPHABET) - 1}"
                )
    elif isinstance(content, Mapping) or not (
        hasattr(content, "__len__") and hasattr(content, "__getitem__")
    ):
        raise ArgumentError(f"an input is text, bytes or a sequence of codes, not {content!r}")
    return content


def text(numbers: Sequence[int]) -> str:
    """What ``write(*numbers)`` puts on the tape.

    Example:
        >>> text([6, -1]), text([])
        ('110,-1,', ';')
    """
    return "".join(f"{number:b}," for number in numbers) or ";"


def records(tape: str) -> Iterator[list[int]]:
    """The records that an output holds.

    Raises:
        ArgumentError: it is not made of records.

    Example:
        >>> list(records("110,-1,;;0,;"))
        [[6, -1], [], [0]]
    """
    *whole, rest = tape.split(";")
    if rest:
        raise ArgumentError(f"the output ends inside a record: {rest[-40:]!r}")
    for record in whole:
        *digits, end = record.split(",")
        try:
            numbers = [int(number, 2) for number in digits]
        except ValueError:
            raise ArgumentError(
                f"a record of the output holds no number: {record[:40]!r}"
            ) from None
        if end:
            raise ArgumentError(f"a number of the output has no end: {end[:40]!r}")
        yield numbers
