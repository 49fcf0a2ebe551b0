"""What RULE names on the command line, and documents from files or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from reductions.chain import Chain
from reductions.registry import path as chain_between
from reductions.registry import rule
from tcsim.errors import ArgumentError

MOST_BYTES = 1 << 30
"""Of a document."""


def chain(name: str) -> Chain:
    """The chain that ``RULE``, ``RULE,RULE,...`` or ``FROM..TO`` names.

    Raises:
        ArgumentError: there is none.
    """
    source, dots, target = name.partition("..")
    if dots and ":" not in name:
        return chain_between(source, target)
    return Chain(tuple(rule(one.strip()) for one in name.split(",")))


def document(place: str) -> tuple[bytes, str]:
    """The content of a file or of standard input, and its name for errors.

    Raises:
        ArgumentError: it is too long.
    """
    if place == "-":
        data, name = sys.stdin.buffer.read(MOST_BYTES + 1), "<stdin>"
    else:
        with Path(place).open("rb") as file:
            data, name = file.read(MOST_BYTES + 1), place
    if len(data) > MOST_BYTES:
        raise ArgumentError(f"{name}: it has more than {MOST_BYTES:,} bytes")
    return data, name
