"""JSON: the schema by an independent validator, exact integers, broken documents."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.circuit import FALSE, Circuit
from tcsim.errors import ParseError
from tcsim.formats.json_file import read_json, write_json


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((resources.files("tcsim.formats") / "circuit.schema.json").read_text())


def test_what_is_written_follows_the_schema(
    any_circuits: st.SearchStrategy[Circuit], schema: Any
) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema: pip install '.[test]'")
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)

    @settings(max_examples=25)
    @given(any_circuits)
    def check(circuit: Circuit) -> None:
        validator.validate(json.loads(write_json(circuit)))

    check()


GOOD: dict[str, Any] = {
    "schema": "tcsim.circuit/1",
    "inputs": ["a", "b"],
    "forms": [{"terms": [[0, 1], [1, "0x20000000000001"]]}, {"terms": [[-1, 2]], "name": "s"}],
    "gates": [{"form": 1, "threshold": -3, "name": "g"}],
    "outputs": [{"name": "f", "wire": 2}, {"name": "no", "wire": False}],
}


def test_a_document(schema: Any) -> None:
    circuit = read_json(json.dumps(GOOD).encode())
    assert circuit.weights.tolist() == [1, 2**53 + 1, 2]
    assert circuit.output_wire.tolist() == [2, FALSE]
    assert json.loads(write_json(circuit)) == {**GOOD, "scopes": [""]}


def changed(*path: object, to: object) -> bytes:
    """The good document with the value at a path replaced."""
    document = json.loads(json.dumps(GOOD))
    spot = document
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = to
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: not JSON"),
        (b'{\n "schema": ,', "line 2: not JSON"),
        (b"{}\xff", "line 1: byte 0xff is not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[]", "expected an object with the keys"),
        (b"{}", "the key 'schema' is missing"),
        (b'{"a": 1, "a": 1}', "the key 'a' stands twice"),
        (changed("schema", to="tcsim.circuit/2"), "this reader knows 'tcsim.circuit/1'"),
        (changed("color", to=1), "unknown key 'color'"),
        (changed("inputs", to="ab"), "inputs is ab; expected an array"),
        (changed("inputs", 0, to=1), "inputs[0] is 1; expected a string"),
        (changed("inputs", 1, to="a"), "two inputs are named 'a'"),
        (changed("forms", 0, to=[]), "forms[0] is []; expected an object"),
        (changed("forms", 0, "terms", 0, to=[1]), "forms[0].terms holds [1]"),
        (changed("forms", 0, "terms", 0, 1, to=1.5), "found the number 1.5"),
        (changed("forms", 0, "terms", 0, 1, to="12"), "a weight of forms[0] is 12"),
        (changed("forms", 0, "terms", 0, 1, to=True), "a weight of forms[0] is True"),
        (changed("forms", 0, "terms", 1, 0, to=9), "form 0 reads wire 9"),
        (changed("forms", 0, "terms", 0, 0, to=-1), "form 0 uses form 0"),
        (changed("forms", 0, "terms", 0, 0, to=2**70), "expected a number of a wire"),
        (changed("gates", 0, "form", to=5), "gate 0 uses form 5"),
        (changed("gates", 0, "scope", to=1), "gate 0 has the unknown scope 1"),
        (changed("gates", 0, "name", to="a"), "named 'a'"),
        (changed("outputs", 0, "wire", to=-1), "expected a wire, true or false"),
        (changed("outputs", 0, "wire", to=3), "output 0 is wire 3"),
        (changed("outputs", 1, "name", to="f"), "two outputs are named 'f'"),
        (json.dumps(GOOD).replace("-3", "9" * 700).encode(), "more than 640 digits"),
        (json.dumps(GOOD).replace("-3", "NaN").encode(), "found the number NaN"),
    ],
)
def test_broken_documents(data: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_json(data, "c.json")
    assert str(caught.value).startswith("c.json")
    assert message in str(caught.value)
