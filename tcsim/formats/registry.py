"""The table of formats: suffixes, first bytes, and where the reader and the writer are."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, ParseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcsim.circuit import Circuit

ENTRY_POINTS = "tcsim.formats"
"""The group in which other packages offer `Format` objects."""


@dataclass(frozen=True)
class Format:
    """A file format. Its code is loaded when it is first used.

    Args:
        name: what ``format=`` takes.
        suffixes: endings of file names, with the dot, in lower case.
        magic: what a file of this format may start with; empty if nothing tells.
        reader: ``"module:function"`` from ``(data: bytes, path: str | None)`` to a Circuit; None if
            the format is only written.
        writer: ``"module:function"`` from a Circuit to bytes; None if the format is only read.
        description: one line for people.
        loses: what a file of this format cannot hold, in a few words; empty if it holds everything.
    """

    name: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...]
    reader: str | None
    writer: str | None
    description: str
    loses: str = ""

    def read(self, data: bytes, path: str | None = None) -> Circuit:
        """The circuit that a file's content describes; `path` is for error messages.

        Raises:
            ArgumentError: the format is only written.
            ParseError: the content breaks the rules of the format.
        """
        if self.reader is None:
            raise ArgumentError(f"the format {self.name} is only written, not read")
        circuit: Circuit = _load(self.reader)(data, path)
        return circuit

    def write(self, circuit: Circuit) -> bytes:
        """The content of a file.

        Raises:
            ArgumentError: the format is only read, or cannot hold this circuit.
        """
        if self.writer is None:
            raise ArgumentError(f"the format {self.name} is only read, not written")
        data: bytes = _load(self.writer)(circuit)
        return data


BUILT_IN = (
    Format(
        name="tc",
        suffixes=(".tc",),
        magic=(b"tcsim ",),
        reader="tcsim.formats.tc:read_tc",
        writer="tcsim.formats.tc:write_tc",
        description="threshold circuits as text; keeps everything",
    ),
    Format(
        name="npz",
        suffixes=(".npz",),
        magic=(b"PK\x03\x04",),
        reader="tcsim.formats.npz:read_npz",
        writer="tcsim.formats.npz:write_npz",
        description="the arrays of a circuit, for NumPy; keeps everything",
    ),
    Format(
        name="aag",
        suffixes=(".aag",),
        magic=(b"aag ",),
        reader="tcsim.formats.aiger:read_aiger",
        writer="tcsim.formats.aiger:write_aag",
        description="AIGER, and-inverter graphs as text",
        loses="wide and weighted gates, which become several; names of gates; scopes; shared forms",
    ),
    Format(
        name="aig",
        suffixes=(".aig",),
        magic=(b"aig ",),
        reader="tcsim.formats.aiger:read_aiger",
        writer="tcsim.formats.aiger:write_aig",
        description="AIGER, and-inverter graphs in binary",
        loses="wide and weighted gates, which become several; names of gates; scopes; shared forms",
    ),
    Format(
        name="json",
        suffixes=(".json",),
        magic=(b"{",),
        reader="tcsim.formats.json_file:read_json",
        writer="tcsim.formats.json_file:write_json",
        description="JSON with a schema, for programs; keeps everything",
    ),
    Format(
        name="th",
        suffixes=(".th",),
        magic=(b"Threshold logic gate",),
        reader="tcsim.formats.th:read_th",
        writer="tcsim.formats.th:write_th",
        description="threshold networks of threABC",
        loses="scopes; shared forms; an output that is no gate of its own costs a gate",
    ),
    Format(
        name="blif",
        suffixes=(".blif",),
        magic=(b".model",),
        reader="tcsim.formats.blif:read_blif",
        writer="tcsim.formats.blif:write_blif",
        description="BLIF, combinational tables",
        loses="gates other than AND and OR, which become several; buffers; scopes; shared forms",
    ),
    Format(
        name="bench",
        suffixes=(".bench",),
        magic=(b"INPUT(",),
        reader="tcsim.formats.bench:read_bench",
        writer="tcsim.formats.bench:write_bench",
        description="ISCAS netlists of AND, OR, NAND, NOR, NOT, XOR",
        loses="weighted gates and mixed signs, which cost gates; scopes; shared forms",
    ),
    Format(
        name="verilog",
        suffixes=(".v",),
        magic=(b"module ",),
        reader="tcsim.formats.verilog:read_verilog",
        writer="tcsim.formats.verilog:write_verilog",
        description="structural Verilog of one module",
        loses="gates other than AND and OR, which become several; scopes; shared forms",
    ),
    Format(
        name="safetensors",
        suffixes=(".safetensors",),
        magic=(),
        reader="tcsim.formats.safetensors_file:read_safetensors",
        writer="tcsim.formats.safetensors_file:write_safetensors",
        description="weights, biases and operands per gate, as tensors",
        loses="integers beyond 64 bits; scopes; shared forms",
    ),
    Format(
        name="cnf",
        suffixes=(".cnf", ".dimacs"),
        magic=(),
        reader=None,
        writer="tcsim.formats.dimacs:write_dimacs",
        description="DIMACS CNF, clauses for a SAT solver",
        loses="all but the function; names stand in comments",
    ),
    Format(
        name="opb",
        suffixes=(".opb",),
        magic=(),
        reader=None,
        writer="tcsim.formats.opb:write_opb",
        description="OPB, two pseudo-Boolean constraints per gate",
        loses="scopes; shared forms; names stand in comments",
    ),
    Format(
        name="dot",
        suffixes=(".dot", ".gv"),
        magic=(),
        reader=None,
        writer="tcsim.formats.dot:write_dot",
        description="a drawing for Graphviz",
        loses="it is a picture: scopes and shared forms are not drawn",
    ),
)


def formats() -> tuple[Format, ...]:
    """All formats: those of this package, then those that installed packages add."""
    return BUILT_IN + _added()


def find(name: str) -> Format:
    """The format of this name.

    Raises:
        ArgumentError: there is none; the message lists those that there are.
    """
    for known in _groups():
        for entry in known:
            if entry.name == name:
                return entry
    raise ArgumentError(f"unknown format {name!r}; known are {_listed()}")


def detect(name: str | None, head: bytes) -> Format:
    """The format of a file: its suffix proposes, its first bytes decide.

    Args:
        name: of the file, if it has one.
        head: the first bytes of its content.

    Raises:
        ParseError: neither is known; the message lists the known formats.
    """
    proposed = _by_suffix(name)
    for entry in proposed:
        if not entry.magic or head.startswith(entry.magic):
            return entry
    for known in _groups():
        for entry in known:
            if head.startswith(entry.magic):
                return entry
    if proposed:
        return proposed[0]
    found = f"starts with {head[:16]!r}" if head else "is empty"
    raise ParseError(
        f"the file {found}, and neither this nor its name tells a format; "
        f"known are {_listed('r')}; say which one it is: format= in Python, an option on the "
        "command line",
        path=name,
    )


def for_writing(name: object) -> Format:
    """The format that the suffix of a path stands for.

    Raises:
        ArgumentError: it stands for none; the message lists the known formats.
    """
    path = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else None
    for entry in _by_suffix(path):
        return entry
    which = "a file without a name" if path is None else repr(path)
    raise ArgumentError(
        f"the name tells no format to write {which} in; known are {_listed('w')}; "
        "say which one it is: format= in Python, an option on the command line"
    )


def _by_suffix(name: str | None) -> list[Format]:
    if name is None:
        return []
    for known in _groups():
        found = [entry for entry in known if name.lower().endswith(entry.suffixes)]
        if found:
            return found
    return []


def _groups() -> Iterator[tuple[Format, ...]]:
    """Formats in the order in which they are tried; installed packages are searched last."""
    yield BUILT_IN
    yield _added()


@cache
def _added() -> tuple[Format, ...]:
    """What installed packages offer. One that fails to load is left out, with a warning."""
    from importlib.metadata import entry_points  # seldom needed and slow to import

    added = []
    taken = {entry.name for entry in BUILT_IN}
    for point in entry_points(group=ENTRY_POINTS):
        try:
            entry = point.load()
        except Exception as error:  # noqa: BLE001 - whatever another package raises on import
            _skip(f"{point.value} cannot be loaded: {type(error).__name__}: {error}")
            continue
        if not isinstance(entry, Format):
            _skip(f"{point.value} is {type(entry).__name__}, not a tcsim.formats.Format")
        elif entry.name in taken:
            _skip(f"{point.value} has the name {entry.name!r} of another format")
        else:
            taken.add(entry.name)
            added.append(entry)
    return tuple(added)


def _skip(reason: str) -> None:
    warnings.warn(f"a format is left out: {reason}", RuntimeWarning, stacklevel=2)


def _load(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def _listed(way: str = "rw") -> str:
    """Names of the formats that are read ("r") or written ("w")."""
    return ", ".join(
        entry.name
        for entry in formats()
        if ("r" in way and entry.reader) or ("w" in way and entry.writer)
    )
