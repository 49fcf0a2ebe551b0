"""The report as data: what it holds is what is measured, and JSON keeps every digit."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim import measure
from tcsim.integers import integers_of_any_length
from tcsim.report import SCHEMA, of_circuit
from tcsim.strategies import circuits

NETWORK = {"float_accuracy": 0.98, "integer_accuracy": 0.97, "rows": 500, "agree": True}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads((files("tcsim.report") / "schema.json").read_text(encoding="utf-8"))


def loads(text: str) -> dict[str, Any]:
    with integers_of_any_length():
        return json.loads(text)


def test_the_numbers_of_parity(samples: dict[str, tc.Circuit]) -> None:
    """Counted by hand: 5 gates over 5 inputs, and one over those 5."""
    data = of_circuit(samples["parity"], source="p", processors=2).as_dict()
    assert data["schema"] == "tcsim.report/1"
    assert data["threshold"] == {
        "depth": 2,
        "width": 5,
        "size": 6,
        "edges": 30,
        "wires": 30,
        "max_fan_in": 5,
        "max_weight": 1,
        "parallelism": 3.0,
    }
    assert data["levels"] == [0, 5, 1]
    assert data["outputs"] == [
        {"name": "odd", "depth": 2},
        {"name": "all", "depth": 1},
        {"name": "first", "depth": 0},
    ]
    assert [(s["path"], s["size"], s["path_share"]) for s in data["scopes"]] == [
        ("", 6, 1.0),
        ("count", 5, 0.5),
        ("decide", 1, 0.5),
    ]
    assert [(p["level"], p["scope"]) for p in data["critical_path"]] == [
        (1, "count"),
        (2, "decide"),
    ]
    assert data["compute"] == {
        "basis": "threshold",
        "serial": {"depth": 2},
        "total": {"size": 6, "edges": 30, "wires": 30},
        "parallelism": 3.0,
    }
    assert data["dead_gates"] == 0
    assert data["storage"]["terms"] == 10
    assert data["processors"]["steps"] == 4
    assert data["majority"]["depth_literal"] <= data["majority"]["depth_strict"]
    assert "depth" not in data["majority"]


@given(circuits())
def test_what_is_reported_is_what_is_measured(circuit: tc.Circuit) -> None:
    report = of_circuit(circuit)
    assert set(report.bases) == {"threshold", "majority", "fan_in_2"}
    for name, measures in report.bases.items():
        assert measures == measure.BASES[name](circuit)
    assert sum(report.threshold.levels) == circuit.size
    assert len(report.critical_path) == circuit.depth
    assert report.live_peak == measure.live_values(circuit).max()
    assert report.dead_gates == len(measure.dead_gates(circuit))
    assert dict(report.outputs) == dict(
        zip(circuit.output_names, measure.output_levels(circuit), strict=True)
    )
    assert report.structure_id == circuit.structure_id


def test_other_bases(samples: dict[str, tc.Circuit]) -> None:
    data = of_circuit(samples["parity"], bases=["nand"]).as_dict()
    assert data["nand"]["size"] == measure.nand(samples["parity"]).size
    assert "majority" not in data
    assert data["exactness"]["bounded"][1].startswith("the other bases")
    alone = of_circuit(samples["parity"], bases=[])
    assert list(alone.bases) == ["threshold"]
    assert len(alone.exactness["bounded"]) == 1


def test_unknown_basis(samples: dict[str, tc.Circuit]) -> None:
    with pytest.raises(tc.errors.ArgumentError, match="no basis 'ternary'; known are threshold,"):
        of_circuit(samples["parity"], bases=["ternary"])


@pytest.mark.parametrize("processors", [0, -1, 1.5, True])
def test_processors_are_checked(samples: dict[str, tc.Circuit], processors: Any) -> None:
    with pytest.raises(tc.errors.ArgumentError, match="processors"):
        of_circuit(samples["parity"], processors=processors)


def test_json_of_every_sample(samples: dict[str, tc.Circuit], schema: dict[str, Any]) -> None:
    for name, circuit in samples.items():
        report = of_circuit(circuit, source=name, processors=3, network=NETWORK)
        data = loads(report.to_json())
        jsonschema.validate(data, schema)
        with integers_of_any_length():
            assert data == json.loads(json.dumps(report.as_dict()))


def test_json_keeps_every_digit(samples: dict[str, tc.Circuit]) -> None:
    data = loads(of_circuit(samples["huge"]).to_json())
    assert data["threshold"]["max_weight"] == 2**20_000
    assert data["threshold"]["wires"] == 2**20_000 + 1


@given(circuits(), st.booleans())
@settings(max_examples=25)
def test_schema_holds(schema: dict[str, Any], circuit: tc.Circuit, network: bool) -> None:
    report = of_circuit(circuit, network=NETWORK if network else None)
    jsonschema.Draft202012Validator(schema).validate(loads(report.to_json()))


def test_schema_names_what_is_missing_or_wrong(
    samples: dict[str, tc.Circuit], schema: dict[str, Any]
) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    data = of_circuit(samples["parity"]).as_dict()
    assert schema["properties"]["schema"]["const"] == SCHEMA
    for key in schema["required"]:
        with pytest.raises(jsonschema.ValidationError, match=key):
            check.validate({k: v for k, v in data.items() if k != key})
    for basis, key in (
        ("majority", "depth_literal"),
        ("threshold", "depth"),
        ("fan_in_2", "wires"),
    ):
        part = {k: v for k, v in data[basis].items() if k != key}
        with pytest.raises(jsonschema.ValidationError, match=key):
            check.validate({**data, basis: part})
    with pytest.raises(jsonschema.ValidationError):
        check.validate({**data, "levels": [0, 1.5]})


def test_no_class_is_claimed(samples: dict[str, tc.Circuit]) -> None:
    text = of_circuit(samples["parity"]).to_json()
    assert "no complexity class" in text
    for name in ("TC0", "NC1", "P/poly", "TC⁰"):
        assert name not in text


def test_network_facts_are_bounded_by_their_rows(samples: dict[str, tc.Circuit]) -> None:
    told = of_circuit(samples["parity"], network=NETWORK).exactness
    assert any("equal by construction" in text for text in told["exact"])
    assert any("500 held-out rows" in text for text in told["bounded"])
    assert "network" not in of_circuit(samples["parity"]).as_dict()
