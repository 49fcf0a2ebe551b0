"""The reader of `.npz`: from the members of an archive to a circuit."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, CircuitError, ParseError
from tcsim.formats.limits import excerpt
from tcsim.formats.npz.archive import fail, unpack
from tcsim.formats.npz.layout import ARRAYS, NAME_LISTS, NAME_TABLES, VERSION, WITH_BIG
from tcsim.integers import BIG, join

if TYPE_CHECKING:
    from tcsim.typing import AnyIntegers, Integers

_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_HEXADECIMAL = re.compile(r"-?0x[0-9a-fA-F]+", re.ASCII)


def read_npz(data: bytes, path: str | None = None) -> Circuit:
    """Read a circuit's arrays.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: the archive, a member, or the circuit that the arrays describe is broken.
    """
    return _Reader(data, path).read()


class _Reader:
    def __init__(self, data: bytes, path: str | None) -> None:
        self.path = path
        self.members = unpack(data, path)

    def read(self) -> Circuit:
        """The circuit of the members."""
        version = self._integers("version").tolist()
        if version != [VERSION]:
            self._fail("version", f"is {excerpt(version)}; this reader knows [{VERSION}]")
        arrays: dict[str, Any] = {name: self._integers(name) for name in ARRAYS}
        big = self._object("big", WITH_BIG)
        for name in WITH_BIG:
            arrays[name] = self._with_big(name, arrays[name], big[name])
        names = self._object("names", NAME_LISTS + NAME_TABLES)
        lists = [self._names(name, names[name]) for name in NAME_LISTS]
        tables = [self._table("names", name, names[name]) for name in NAME_TABLES]
        try:
            return Circuit(
                **arrays,
                input_names=lists[0],
                output_names=lists[1],
                scope_names=lists[2],
                gate_names=tables[0],
                form_names=tables[1],
            )
        except (ArgumentError, CircuitError) as error:
            raise ParseError(f"the arrays describe no circuit: {error}", path=self.path) from None

    def _integers(self, name: str) -> Integers:
        kind, content = self.members[name]
        if kind not in {"|i1", "<i2", "<i4", "<i8"}:
            self._fail(name, f"has the type {kind}; expected |i1, <i2, <i4 or <i8")
        array = np.frombuffer(content, kind).astype(np.int64)
        array.flags.writeable = False  # so that a Circuit keeps it and makes no copy
        return array

    def _object(self, name: str, keys: tuple[str, ...]) -> dict[str, Any]:
        """A member that is a JSON object with exactly these keys."""
        kind, text = self.members[name]
        if kind != "|u1":
            self._fail(name, f"has the type {kind}; expected |u1, text in UTF-8")
        try:
            value = json.loads(text.decode())
        except (ValueError, RecursionError) as error:
            self._fail(name, f"is not JSON: {excerpt(str(error), 80)}")
        if not isinstance(value, dict) or set(value) != set(keys):
            self._fail(name, f"must be a JSON object with the keys {', '.join(keys)}")
        return value

    def _names(self, name: str, value: object) -> list[str]:
        if not isinstance(value, list):
            self._fail("names", f"holds a {type(value).__name__} as {name}; expected a list")
        for entry in value:
            if not isinstance(entry, str):
                self._fail("names", f"{name}: found a {type(entry).__name__}; expected a string")
        return value

    def _table(self, member: str, name: str, value: object) -> dict[int, str]:
        """A JSON object from numbers in decimal to strings."""
        if not isinstance(value, dict):
            self._fail(member, f"holds a {type(value).__name__} as {name}; expected an object")
        for key, entry in value.items():
            if not _NUMBER.fullmatch(key):
                self._fail(member, f"{name}: found the key {excerpt(key)}; expected a number")
            if not isinstance(entry, str):
                self._fail(member, f"{name}: found a {type(entry).__name__}; expected a string")
        return {int(key): entry for key, entry in value.items()}

    def _with_big(self, name: str, small: Integers, big: object) -> AnyIntegers:
        """An array with its integers beyond 64 bits put in."""
        table = {}
        for position, text in self._table("big", name, big).items():
            if not _HEXADECIMAL.fullmatch(text):
                self._fail("big", f"{name}: found {excerpt(text)}; expected hexadecimal text")
            table[position] = int(text, 16)
            if BIG < table[position] < -BIG:
                self._fail("big", f"{name}: {excerpt(text)} fits 64 bits and stands in the array")
        if np.flatnonzero(small == BIG).tolist() != sorted(table):
            self._fail("big", f"{name}: its positions are not those that hold -2**63 in {name}")
        return join(small, table)

    def _fail(self, member: str, problem: str) -> NoReturn:
        fail(member, problem, self.path)
