"""Text formats of ASCII lines: decoding, integers, and names that other tools accept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tcsim.errors import LimitError, ParseError
from tcsim.formats.limits import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_DIGITS = 640
"""Longest decimal number read: int() takes that many whatever its limit is set to."""

_CHUNK = 10**600

_FOREIGN = re.compile(rb"[^\t\n\x20-\x7e]")
_INTEGER = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}").fullmatch


def ascii_text(data: bytes, path: str | None) -> str:
    """The text of a file in printable ASCII; a carriage return may end a line too.

    Raises:
        ParseError: another character stands in it; names the line.
    """
    data = data.replace(b"\r\n", b"\n")
    if found := _FOREIGN.search(data):
        line = data.count(b"\n", 0, found.start()) + 1
        problem = f"byte {found[0][0]:#04x} is not printable ASCII"
        raise ParseError(problem, path=path, line=line)
    return data.decode("ascii")


def integer(token: str, what: str, path: str | None, line: int) -> int:
    """The integer that a token spells.

    Raises:
        ParseError: it spells none, or one of more than 640 digits.
    """
    if not _INTEGER(token):
        if token.lstrip("+-").isdecimal():
            problem = f"{what} has more than {MOST_DIGITS} digits"
        else:
            problem = f"{what} is {excerpt(token)!r}; expected an integer"
        raise ParseError(problem, path=path, line=line)
    return int(token)


def decimal(value: int, most_digits: int | None = None) -> str:
    """An integer of any size in decimal.

    Raises:
        LimitError: it has more than `most_digits` digits.
    """
    if abs(value) < _CHUNK:
        return str(value)
    digits = []
    rest = abs(value)
    while rest:  # str() refuses thousands of digits at once
        rest, low = divmod(rest, _CHUNK)
        digits.append(f"{low:0600d}" if rest else str(low))
        if most_digits is not None and 600 * len(digits) >= most_digits + 600:
            break
    text = "".join(reversed(digits))
    if most_digits is not None and (rest or len(text) > most_digits):
        raise LimitError(
            f"an integer has more than {most_digits} digits, more than this format holds: "
            "write .tc, .npz or .json"
        )
    return "-" + text if value < 0 else text


def wrapped(words: Iterable[str], *, end: str = " \\", width: int = 78) -> str:
    """Words in lines of bounded length, each but the last ended by a mark of continuation."""
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line + end)
            line = ""
        line += (" " if line or lines else "") + word
    return "\n".join([*lines, line])
