"""The end of an AIGER file: the symbol table, and comments, which are skipped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from tcsim.errors import ArgumentError
from tcsim.formats.aiger.header import NUMBER, Header, Source
from tcsim.formats.limits import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOL = re.compile(rb"([io])(%b) ([^\n]+)\n" % NUMBER)
_KINDS = {b"i": "input", b"o": "output"}
_REFUSED = {
    b"l": "a latch",
    b"b": "a bad state property",
    b"c": "an invariant constraint",
    b"j": "a justice property",
    b"f": "a fairness constraint",
}


def read_symbols(source: Source, header: Header, at: int) -> tuple[list[str], list[str]]:
    """The names of inputs and outputs, by default i0, i1, ... and o0, o1, ...

    Args:
        source: the file.
        header: its counts.
        at: where the symbol table starts.

    Raises:
        ParseError: a line is no symbol, names nothing, or names something again.
    """
    data = source.data
    counts = {b"i": header.inputs, b"o": header.outputs}
    names: dict[bytes, dict[int, str]] = {b"i": {}, b"o": {}}
    taken: dict[bytes, dict[str, int]] = {b"i": {}, b"o": {}}
    while at < len(data):
        symbol = _SYMBOL.match(data, at)
        if symbol is None:
            if data.startswith(b"c\n", at) or data[at:] == b"c":
                break
            _refuse(source, at)
        kind, position = symbol[1], int(symbol[2])
        what = _KINDS[kind]
        if position >= counts[kind]:
            source.fail(at, f"a name for {what} {position}; the file has {counts[kind]} {what}s")
        if position in names[kind]:
            source.fail(at, f"{what} {position} is named again")
        try:
            name = symbol[3].decode()
        except UnicodeDecodeError:
            source.fail(at, f"found the name {excerpt(symbol[3])}; expected UTF-8 text")
        other = taken[kind].setdefault(name, position)
        if other != position:
            source.fail(at, f"{what}s {other} and {position} are both named {excerpt(repr(name))}")
        names[kind][position] = name
        at = symbol.end()
    return _complete(names[b"i"], header.inputs, "i"), _complete(names[b"o"], header.outputs, "o")


def _refuse(source: Source, at: int) -> NoReturn:
    kind = source.data[at : at + 1]
    found = f"found {source.found(at)}"
    if kind in _REFUSED and source.data[at + 1 : at + 2].isdigit():
        source.fail(at, f"{found}, the name of {_REFUSED[kind]}; the header announces none")
    if kind in _KINDS and source.data.find(b"\n", at) < 0:
        source.fail(at, f"{found}; expected a newline at the end of a symbol")
    source.fail(
        at,
        f"{found}; expected a symbol such as 'i0 name' or 'o0 name', a comment (the line 'c'), or "
        "the end of the file",
    )


def _complete(named: dict[int, str], count: int, letter: str) -> list[str]:
    if not named:
        return [f"{letter}{k}" for k in range(count)]
    taken = set(named.values())
    names = []
    for k in range(count):
        name = named.get(k, "")
        if not name:
            name = f"{letter}{k}"
            while name in taken:
                name += "_"
            taken.add(name)
        names.append(name)
    return names


def write_symbols(input_names: Iterable[str], output_names: Iterable[str]) -> bytes:
    """The symbol table; names that a reader gives by default are left out.

    Raises:
        ArgumentError: a name is empty or holds a line break, which the table cannot express.
    """
    lines = []
    for letter, kind, names in (("i", "input", input_names), ("o", "output", output_names)):
        for k, name in enumerate(names):
            if not name or "\n" in name:
                raise ArgumentError(
                    f"AIGER cannot hold the {kind} name {excerpt(name)!r}: names are one line, not "
                    "empty; rename it, or write .tc or .npz"
                )
            if name != f"{letter}{k}":
                lines.append(f"{letter}{k} {name}\n")
    try:
        return "".join(lines).encode()
    except UnicodeEncodeError as error:
        found = excerpt(repr(error.object[error.start]))
        raise ArgumentError(f"AIGER cannot hold a name with {found}; it is no text") from None
