"""The report for people: 80 columns whatever the circuit, and the same text as last time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.report import of_circuit, to_text
from tcsim.report.cells import cells
from tcsim.strategies import circuits

GOLDEN = Path(__file__).parent / "golden"
NETWORK = {
    "float_accuracy": 0.982,
    "integer_accuracy": 0.978,
    "rows": 500,
    "agree": True,
    "weight_bits": 8,
    "activation_bits": 4,
    "code": "thermometer",
}


def text_of(circuit: tc.Circuit, **options: object) -> str:
    text = to_text(of_circuit(circuit, **options))
    for line in text.splitlines():
        assert cells(line) <= 80, line
        assert line == line.rstrip()
    return text


def section(text: str, title: str) -> list[str]:
    """The lines under a title."""
    lines = text[text.index(f"{title}") :].splitlines()[1:]
    return lines[: lines.index("")] if "" in lines else lines


@pytest.mark.parametrize("name", ["parity", "empty", "no_outputs", "no_inputs", "huge", "network"])
def test_golden(name: str, samples: dict[str, tc.Circuit]) -> None:
    """To accept a change: set TCSIM_NEW_REPORTS=1, run this once, and look at the difference."""
    circuit = samples["parity" if name == "network" else name]
    options = {"network": NETWORK, "processors": 2} if name == "network" else {}
    text = text_of(circuit, source=f"{name}.tc", **options)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("TCSIM_NEW_REPORTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_report_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {
        "parity",
        "empty",
        "no_outputs",
        "no_inputs",
        "huge",
        "network",
    }


@given(circuits())
@settings(max_examples=40)
def test_no_line_is_too_long(circuit: tc.Circuit) -> None:
    text_of(circuit, source="s" * 100, processors=10**30)


def test_names_of_any_kind(samples: dict[str, tc.Circuit]) -> None:
    text = text_of(samples["odd_names"], source="深" * 100)
    assert text.replace("\n", "").isprintable()
    assert "\\x1b[31mred" in text


def test_thousands_of_levels_fit(samples: dict[str, tc.Circuit]) -> None:
    text = text_of(samples["chain"])
    profile = section(text, "Gates by level")
    assert len(profile) <= 24
    assert profile[0].split() == ["level", "gates", "widest"]
    assert profile[1].split()[:3] == ["1-219", "219", "1"]
    assert "4,372 levels in 20 bins" in " ".join(profile)
    path = section(text, "Critical path")
    assert path[0] == "  4,372 gates to output end"
    assert len(path) <= 6


def test_bars_are_as_long_as_their_share() -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 2)
    first = [b.gate(x[0] + x[1] >= 1) for _ in range(8)]
    second = [b.gate(tc.sum(first) >= k) for k in range(2)]
    b.output("y", b.gate(tc.sum(second) >= 1))
    bars = [line.count("█") for line in section(text_of(b.build()), "Gates by level")[1:]]
    assert bars[0] > 50
    assert bars[1:] == [round(bars[0] / 4), round(bars[0] / 8)]


def test_another_block_character(samples: dict[str, tc.Circuit]) -> None:
    text = to_text(of_circuit(samples["parity"]), block="#")
    assert text.isascii()
    assert "#####" in text


def test_rounded_numbers_are_explained(samples: dict[str, tc.Circuit]) -> None:
    assert "are rounded; --json has every digit" in text_of(samples["huge"])
    assert "are rounded" not in text_of(samples["parity"])


def test_many_scopes_are_cut_by_depth_then_by_share() -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 40)
    wires = []
    for layer in range(3):
        with b.scope(f"layer{layer}"):
            for neuron in range(30):
                with b.scope(f"neuron{neuron}"):
                    wires.append(b.gate(tc.sum(x) >= 30 * layer + neuron - 40))
    b.output("y", tc.any(wires))
    lines = section(text_of(b.build()), "Scopes")
    assert [line.split()[0] for line in lines] == ["scope", "layer0", "layer1", "layer2", "90"]
    assert "90 more scopes in --json" in lines[-1]


def test_of_too_many_outer_scopes_those_on_the_path_stay() -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 2)
    wires = []
    for number in range(40):
        with b.scope(f"s{number}"):
            wires.append(b.gate(x[0] + x[1] >= 1 + number * 2))
    with b.scope("last"):
        b.output("y", wires[35] + wires[34] >= 1)
    text = text_of(b.build())
    lines = section(text, "Scopes")
    assert len(lines) == 26
    assert any(line.split()[0] == "last" and line.endswith("50%") for line in lines)
    assert "17 more scopes" in lines[-1]


def test_a_path_through_many_scopes_shows_its_ends() -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 2)
    wire = x[0]
    for level in range(40):
        with b.scope(f"s{level}"):
            wire = b.gate(wire + x[1] >= 1)
    b.output("y", wire)
    lines = section(text_of(b.build()), "Critical path")
    assert "28 more runs" in " ".join(lines)
    assert lines[2].split()[1] == "s0"
    assert lines[14].split()[1] == "s39"


def test_gates_beyond_the_depth_are_explained() -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 2)
    wire = b.gate(x[0] + x[1] >= 1)
    b.output("y", wire)
    b.gate(b.gate(wire + x[0] >= 1) + x[1] >= 2)
    text = text_of(b.build())
    assert "2 levels beyond the depth, with only gates that reach no output." in text
    assert "2 gates that no output depends on" in text


def test_a_network_that_disagrees_says_so(samples: dict[str, tc.Circuit]) -> None:
    text = text_of(samples["parity"], network={**NETWORK, "agree": False})
    assert "DIFFERS FROM the integer network" in text


def test_five_bases(samples: dict[str, tc.Circuit]) -> None:
    text = text_of(samples["huge"], bases=["majority", "fan_in_2", "nand", "nor"])
    header = section(text, "Measures by basis")[0].split()
    assert header == ["threshold", "majority", "fan-in", "2", "nand", "nor"]
