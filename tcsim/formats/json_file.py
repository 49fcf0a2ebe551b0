"""JSON with a schema (`circuit.schema.json`): the arrays of a circuit, for programs; lossless."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.errors import ArgumentError, CircuitError, ParseError
from tcsim.formats.limits import excerpt
from tcsim.formats.lines import MOST_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = "tcsim.circuit/1"
"""The schema id that every file carries."""

_SAFE = 2**53 - 1
"""Integers beyond this are written as hexadecimal strings: many JSON readers round them."""

_HEXADECIMAL = re.compile(r"-?0x[0-9a-f]+").fullmatch
_KEYS = ("schema", "inputs", "forms", "gates", "outputs")


def write_json(circuit: Circuit) -> bytes:
    """Write JSON: one form, gate or output a line; the same circuit always gives the same bytes."""
    forms = [
        _named({"terms": [[w, _spell(v)] for w, v in circuit.terms(f)]}, circuit.form_names, f)
        for f in range(circuit.n_forms)
    ]
    gates = []
    for g, (form, scope) in enumerate(
        zip(circuit.gate_form.tolist(), circuit.gate_scope.tolist(), strict=True)
    ):
        entry: dict[str, object] = {"form": form, "threshold": _spell(circuit.threshold(g))}
        if scope:
            entry["scope"] = scope
        gates.append(_named(entry, circuit.gate_names, g))
    constants = {FALSE: False, TRUE: True}
    outputs = [
        {"name": name, "wire": constants.get(wire, wire)}
        for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True)
    ]
    parts: dict[str, Sequence[object]] = {
        "inputs": list(circuit.input_names),
        "scopes": list(circuit.scope_names),
        "forms": forms,
        "gates": gates,
        "outputs": outputs,
    }
    body = ",\n".join(f' "{key}": {_array(items)}' for key, items in parts.items())
    return f'{{\n "schema": "{SCHEMA}",\n{body}\n}}\n'.encode("ascii")


def _named(entry: dict[str, object], names: Any, number: int) -> dict[str, object]:  # noqa: ANN401
    if number in names:
        entry["name"] = names[number]
    return entry


def _array(items: Sequence[object]) -> str:
    if not items:
        return "[]"
    return "[\n  " + ",\n  ".join(json.dumps(item) for item in items) + "\n ]"


def _spell(value: int) -> int | str:
    return value if -_SAFE <= value <= _SAFE else hex(value)


def read_json(data: bytes, path: str | None = None) -> Circuit:
    """Read JSON of the schema ``tcsim.circuit/1``.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: it is no JSON (names the line), or not of the schema (names the entry).
    """
    return _Reader(path).read(data)


class _Reader:
    def __init__(self, path: str | None) -> None:
        self.path = path

    def fail(self, problem: str, line: int | None = None) -> NoReturn:
        raise ParseError(problem, path=self.path, line=line)

    def read(self, data: bytes) -> Circuit:
        document = self._document(data)
        if not isinstance(document, dict):
            self.fail(f"expected an object with the keys {', '.join(_KEYS)}")
        for key in _KEYS:
            if key not in document:
                self.fail(f"the key {key!r} is missing")
        for key in document:
            if key not in (*_KEYS, "scopes"):
                self.fail(f"unknown key {excerpt(key)!r}")
        if document["schema"] != SCHEMA:
            self.fail(f"the schema is {excerpt(document['schema'])}; this reader knows {SCHEMA!r}")
        scopes = self._names(document.get("scopes", [""]), "scopes")
        start, operand, weight = [0], [], []
        form_names: dict[int, str] = {}
        for f, entry in enumerate(self._list(document["forms"], "forms")):
            where = f"forms[{f}]"
            self._entry(entry, where, ("terms",), ("name",))
            for pair in self._list(entry["terms"], f"{where}.terms"):
                if not isinstance(pair, list) or len(pair) != 2:
                    self.fail(f"{where}.terms holds {excerpt(pair)}; expected [operand, weight]")
                operand.append(self._small(pair[0], f"an operand of {where}"))
                weight.append(self._integer(pair[1], f"a weight of {where}"))
            start.append(len(operand))
            self._name(entry, form_names, f, where)
        gate_names: dict[int, str] = {}
        gate_form, threshold, scope = [], [], []
        for g, entry in enumerate(self._list(document["gates"], "gates")):
            where = f"gates[{g}]"
            self._entry(entry, where, ("form", "threshold"), ("name", "scope"))
            gate_form.append(self._small(entry["form"], f"{where}.form"))
            threshold.append(self._integer(entry["threshold"], f"{where}.threshold"))
            scope.append(self._small(entry.get("scope", 0), f"{where}.scope"))
            self._name(entry, gate_names, g, where)
        names, wires = [], []
        for o, entry in enumerate(self._list(document["outputs"], "outputs")):
            where = f"outputs[{o}]"
            self._entry(entry, where, ("name", "wire"), ())
            names.append(self._text(entry["name"], f"{where}.name"))
            wires.append(self._wire(entry["wire"], f"{where}.wire"))
        try:
            return Circuit(
                input_names=self._names(document["inputs"], "inputs"),
                form_start=start,
                form_operand=operand,
                form_weight=weight,
                gate_form=gate_form,
                gate_threshold=threshold,
                gate_scope=scope,
                scope_names=scopes,
                gate_names=gate_names,
                form_names=form_names,
                output_wire=wires,
                output_names=names,
            )
        except (CircuitError, ArgumentError) as error:
            self.fail(excerpt(str(error), 200))

    def _document(self, data: bytes) -> Any:  # noqa: ANN401
        try:
            return json.loads(
                data.decode("utf-8"),
                object_pairs_hook=self._object,
                parse_int=self._parse_int,
                parse_float=self._no_float,
                parse_constant=self._no_float,
            )
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.fail(f"byte {data[error.start]:#04x} is not UTF-8 text", line)
        except json.JSONDecodeError as error:
            self.fail(f"not JSON: {error.msg}", error.lineno)
        except RecursionError:
            self.fail("arrays or objects are nested too deeply for a circuit")

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.fail(f"the key {excerpt(key)!r} stands twice in one object")
                seen.add(key)
        return found

    def _parse_int(self, text: str) -> int:
        if len(text) > MOST_DIGITS:
            self.fail(f"a number has more than {MOST_DIGITS} digits; write it in hexadecimal")
        return int(text)

    def _no_float(self, text: str) -> NoReturn:
        self.fail(f"found the number {excerpt(text)}; expected an integer")

    def _list(self, value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            self.fail(f"{where} is {excerpt(value)}; expected an array")
        return value

    def _entry(
        self, value: object, where: str, needed: tuple[str, ...], allowed: tuple[str, ...]
    ) -> None:
        if not isinstance(value, dict):
            self.fail(f"{where} is {excerpt(value)}; expected an object")
        for key in needed:
            if key not in value:
                self.fail(f"{where} has no {key!r}")
        for key in value:
            if key not in needed and key not in allowed:
                self.fail(f"{where} has the unknown key {excerpt(key)!r}")

    def _text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            self.fail(f"{where} is {excerpt(value)}; expected a string")
        return value

    def _names(self, value: object, where: str) -> list[str]:
        return [self._text(v, f"{where}[{i}]") for i, v in enumerate(self._list(value, where))]

    def _name(self, entry: Any, names: dict[int, str], number: int, where: str) -> None:  # noqa: ANN401
        if "name" in entry:
            names[number] = self._text(entry["name"], f"{where}.name")

    def _integer(self, value: object, where: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and _HEXADECIMAL(value):
            return int(value, 16)
        return self.fail(f"{where} is {excerpt(value)}; expected an integer or '0x...'")

    def _small(self, value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not -_SAFE <= value <= _SAFE:
            self.fail(f"{where} is {excerpt(value)}; expected a number of a wire, form or scope")
        return value

    def _wire(self, value: object, where: str) -> int:
        if isinstance(value, bool):
            return TRUE if value else FALSE
        wire = self._small(value, where)
        if wire < 0:
            self.fail(f"{where} is {wire}; expected a wire, true or false")
        return wire
