"""The picture of every gate says what the gate computes."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.draw import draw
from tcsim.draw.gates import gate_graph
from tcsim.draw.graph import Graph, Pin
from tcsim.strategies import circuits


def weight_of(pin: Pin) -> int:
    return int(pin.label.replace("−", "-")) if pin.label else 1


def fires(symbol: str, pins: list[tuple[int, Pin]]) -> bool:
    """What a reader concludes from a gate's label and what is written on its wires."""
    literals = [(abs(weight_of(pin)), bit ^ pin.inverted) for bit, pin in pins if weight_of(pin)]
    total = sum(weight * literal for weight, literal in literals)
    if symbol in {"0", "1"}:
        return symbol == "1"
    if symbol == "NOT":
        return not any(bit for bit, pin in pins if weight_of(pin))
    if symbol in {"BUF", "OR"}:
        return any(literal for _, literal in literals)
    if symbol == "AND":
        return all(literal for _, literal in literals)
    if symbol == "MAJ":
        return 2 * total > sum(weight for weight, _ in literals)
    if found := re.fullmatch(r"≥(\d+) of (\d+)", symbol):
        assert len(literals) == int(found[2])
        return sum(literal for _, literal in literals) >= int(found[1])
    threshold = int(symbol.removeprefix("Σ ≥ ").replace("−", "-"))
    assert not any(pin.inverted for _, pin in pins)
    return sum(weight_of(pin) * bit for bit, pin in pins) >= threshold


@given(st.lists(st.integers(-3, 3), max_size=5), st.integers(-8, 8))
def test_label_bubbles_and_weights_mean_the_gate(weights: list[int], threshold: int) -> None:
    b = tc.Builder(fold=False)
    x = b.inputs("x", len(weights))
    b.gate(tc.dot(weights, x) >= threshold)
    circuit = b.build()
    graph = gate_graph(circuit)
    [gate] = [node for node in graph.nodes if node.shape == "gate"]
    index = graph.nodes.index(gate)
    pins = [(net.source, pin) for net in graph.nets for pin in net.pins if pin.target == index]
    assert len(pins) == len(circuit.expand(0))
    for bits in product((0, 1), repeat=len(weights)):
        read = [(bits[source], pin) for source, pin in pins]
        wanted = sum(w * bit for w, bit in zip(weights, bits, strict=True)) >= threshold
        assert fires(gate.lines[0], read) == wanted


@given(circuits(inputs=(0, 5), size=(0, 12), outputs=(0, 4)))
def test_nets_are_the_expanded_forms_and_the_outputs(circuit: tc.Circuit) -> None:
    graph = gate_graph(circuit)
    n = circuit.n_inputs

    def wire(index: int) -> int:
        node = graph.nodes[index]
        base = {"input": 0, "gate": n, "constant": -2}[node.shape]
        return base + node.number

    drawn = set()
    for net in graph.nets:
        for pin in net.pins:
            node = graph.nodes[pin.target]
            assert graph.nodes[net.source].layer < node.layer
            drawn.add((wire(net.source), node.shape, node.number))
    wanted = {
        (operand, "gate", gate)
        for gate in range(circuit.size)
        for operand in circuit.expand(int(circuit.gate_form[gate]))
    }
    wanted |= {(w, "output", i) for i, w in enumerate(circuit.output_wire.tolist())}
    assert drawn == wanted
    assert sum(len(net.pins) for net in graph.nets) == len(wanted)
    levels = {node.number: node.layer for node in graph.nodes if node.shape == "gate"}
    assert levels == dict(enumerate(circuit.levels.tolist()))


def critical_wires(graph: Graph) -> list[tuple[str, int, str, int]]:
    ends = [
        (graph.nodes[n.source], graph.nodes[p.target])
        for n in graph.nets
        for p in n.pins
        if p.critical
    ]
    return [(a.shape, a.number, b.shape, b.number) for a, b in ends]


@given(circuits(inputs=(0, 4), size=(0, 10), outputs=(0, 3)))
def test_critical_path_is_one_chain_to_a_deepest_output(circuit: tc.Circuit) -> None:
    graph, path = gate_graph(circuit), [step.gate for step in circuit.critical_path()]
    marked = [node for node in graph.nodes if node.critical]
    assert [node.number for node in marked if node.shape == "gate"] == path
    wires = critical_wires(graph)
    assert {("gate", a, "gate", b) for a, b in pairwise(path)} <= set(wires)
    if path:
        [output] = [node.number for node in marked if node.shape == "output"]
        assert ("gate", path[-1], "output", output) in wires
        first = len(circuit.expand(int(circuit.gate_form[path[0]])))
        assert len(wires) == len(path) + (1 if first else 0)
    else:
        assert not wires


def test_critical_path_is_marked_by_color_and_width(samples: dict[str, tc.Circuit]) -> None:
    marked = 'stroke="#c2410c" stroke-width="3"'
    assert marked in str(draw(samples["adder3"]))
    assert "#c2410c" not in str(draw(samples["adder3"], critical=False))


def test_dead_gates_are_dashed(samples: dict[str, tc.Circuit]) -> None:
    dead = [node.lines[-1] for node in gate_graph(samples["mixed"]).nodes if node.faint]
    assert dead == ["OR", "dead"]
    assert "reaches no output" in str(draw(samples["mixed"]))


def test_many_inputs_and_outputs_are_bundles() -> None:
    b = tc.Builder()
    x, y = b.inputs("x", 30), b.inputs("y", 30)
    b.output("mixed", tc.sum(x) - tc.sum(y[:3]) + 5 * y[7] >= 12)
    b.output("all", tc.all([~x[0], *x[1:]]))
    b.output("copy", [*x, *y, b.constant(1)])
    graph = gate_graph(b.build())
    labels = {
        node.shape: [n.lines for n in graph.nodes if n.shape == node.shape] for node in graph.nodes
    }
    assert labels["input"] == [("x[0] … x[29]", "30 inputs"), ("y[0] … y[29]", "30 inputs")]
    assert labels["output"] == [("mixed",), ("all",), ("copy[0] … copy[60]", "61 outputs")]
    assert labels["gate"] == [("Σ ≥ 12 of 34",), ("AND of 30",)]
    written = {(net.source, pin.label, pin.inverted) for net in graph.nets for pin in net.pins}
    assert written >= {
        (0, "30 wires", False),
        (1, "4 wires × −1…5", False),
        (0, "x[0]", True),
        (0, "29 wires", False),
        (0, "30 outputs", False),
        (1, "30 outputs", False),
    }


def test_names_without_common_stems_make_one_bundle() -> None:
    b = tc.Builder()
    letters = [b.input(f"{chr(97 + i % 26)}{chr(97 + i // 26)}") for i in range(41)]
    b.output("any", tc.any(letters))
    assert [n.lines for n in gate_graph(b.build()).nodes if n.shape == "input"] == [
        ("aa … ob", "41 inputs")
    ]


@pytest.mark.parametrize("count", [40, 41])
def test_up_to_forty_inputs_stand_alone(count: int) -> None:
    b = tc.Builder()
    b.output("any", tc.any(b.inputs("x", count)))
    found = [node for node in gate_graph(b.build()).nodes if node.shape == "input"]
    assert len(found) == (40 if count == 40 else 1)
