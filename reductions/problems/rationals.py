"""Exact rationals in files: ``p`` or ``p/q``, in lowest terms."""

from __future__ import annotations

import re
from fractions import Fraction

from reductions.codec import shown, text
from tcsim.errors import ArgumentError

LONGEST = 2000
"""Characters of a rational in a file."""

_PATTERN = re.compile(r"-?[0-9]+(/[0-9]+)?", re.ASCII)


def rational(data: object, where: str) -> Fraction:
    """A rational from text.

    Raises:
        ArgumentError: it is none, or not in lowest terms; the message says where.
    """
    written = text(data, where)
    if len(written) > LONGEST or not _PATTERN.fullmatch(written):
        raise ArgumentError(f"{where} must be a rational as text, p or p/q, not {shown(data)}")
    above, _, below = written.partition("/")
    if below and not int(below):
        raise ArgumentError(f"{where}: {shown(written)} is divided by 0")
    found = Fraction(int(above), int(below or 1))
    if str(found) != written:
        raise ArgumentError(f"{where}: {shown(written)} is to be written as {shown(str(found))}")
    return found


def require_fraction(value: object, where: str) -> Fraction:
    """A Fraction.

    Raises:
        ArgumentError: it is none; floats are not exact.
    """
    if not isinstance(value, Fraction):
        raise ArgumentError(f"{where} must be a Fraction, not {shown(value)}")
    return value
