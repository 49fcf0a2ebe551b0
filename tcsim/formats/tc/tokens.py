"""What `.tc` lines are made of: names plain and quoted, numbers, the tokens of a line."""

from __future__ import annotations

import json
import re

RESERVED = frozenset({"tcsim", "input", "form", "scope", "output"})
"""Words that start lines; a wire of this name is written in quotes."""

_PLAIN = r"[A-Za-z_][A-Za-z0-9_.]*(?:\[[0-9]+\])*"
_QUOTED = r'"(?:[^"\\]|\\.)*"'

PATH = re.compile(r"[A-Za-z0-9_.\[\]-]+(?:/[A-Za-z0-9_.\[\]-]+)*")
SCOPE = re.compile(rf"[ \t]*scope(?:[ \t]+({_QUOTED}|{PATH.pattern}))?[ \t]*(?:#.*)?")

# Every character but a blank belongs to a token, so that nothing is skipped over unseen.
split = re.compile(rf"{_PLAIN}|%[A-Za-z0-9_]+|{_QUOTED}|[0-9][A-Za-z0-9_]*|>=|#.*|[^ \t]").findall
"""The tokens of a line, in order; a comment is one token."""

MOST_DIGITS = 640
"""Longest decimal number: int() takes that many whatever its limit is set to."""

_SMALL = {str(value): value for value in range(1000)}
_is_plain = re.compile(_PLAIN).fullmatch
_decimal = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}").fullmatch
_hexadecimal = re.compile(r"0x[0-9A-Fa-f]+").fullmatch


def natural(token: str) -> int | None:
    """The number that a token spells; None if it spells none."""
    if token in _SMALL:
        return _SMALL[token]
    if _decimal(token):
        return int(token)
    return int(token, 16) if _hexadecimal(token) else None


def number(value: int) -> str:
    """An integer as the writer spells it: decimal to 64 bits, hexadecimal beyond."""
    return str(value) if -(1 << 64) < value < 1 << 64 else hex(value)


def name_of(token: str) -> str | None:
    """The name that a plain or quoted token spells; None if it spells none."""
    if token.startswith('"'):
        try:
            name = json.loads(token)
        except ValueError:
            return None
        return name if isinstance(name, str) else None
    return token if is_plain(token) else None


def is_plain(name: str) -> bool:
    """Whether a name stands in a file without quotes."""
    return _is_plain(name) is not None and name not in RESERVED


def key(name: str) -> str:
    """Under what a name is looked up: plain tokens are looked up as they stand."""
    return name if is_plain(name) else "\n" + name


def label(name: str) -> str:
    """A name as the writer spells it."""
    return name if is_plain(name) else quoted(name)


def quoted(name: str) -> str:
    """A name in quotes; characters that are not printable are escaped."""
    text = json.dumps(name, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(name)


def defined_on(lines: list[str], label: str) -> int | None:
    """The first line, counted from 1, that defines a label (a `key`, or one with %)."""
    for number, line in enumerate(lines, 1):
        tokens = [*split(line), "", ""]
        if tokens[0] == "input" and tokens[1].endswith("]"):
            stem, _, count = tokens[1].rpartition("[")
            index = label.removeprefix(f"{stem}[").removesuffix("]")
            place, most = natural(index), natural(count[:-1])
            if place is not None and most and place < most and label == f"{stem}[{place}]":
                return number
        elif tokens[0] not in {"tcsim", "scope", "output"}:
            token = tokens[1] if tokens[0] in {"form", "input"} else tokens[0]
            name = name_of(token)
            if label == (token if name is None else key(name)):
                return number
    return None
