"""Pictures: whole SVG documents; colors are provenance, arrows are rules."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from click.testing import CliRunner

from reductions import graph, problem, rule, rule_table
from reductions.pictures import draw_graph, draw_rule, to_dot
from reductions.pictures.before_after import TINTS
from reductions.pictures.problem_graph import _layers
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import AndOrNot
from reductions.problems.gate_kinds import AND, NOT, OR
from tcsim.cli import main
from tcsim.errors import ArgumentError

SVG = "{http://www.w3.org/2000/svg}"
EVERY = AndOrNot.of_gates(bytes((1, 0)), *table_of([(AND, 0, 1), (OR, 0, 1), (NOT, 3)]), 4)


def boxes(panel):
    """Of each box of a circuit by its name: the color, and the lines of its label."""
    return {
        group.get("data-node"): (
            group.findall(f"{SVG}rect")[-1].get("fill"),
            [line.text for line in group.findall(f"{SVG}text")],
        )
        for group in panel.iter(f"{SVG}g")
        if group.get("data-node")
    }


@pytest.mark.parametrize("name", sorted(rule_table()))
def test_every_rule_has_a_picture(name):
    drawing = draw_rule(rule(name))
    document = ET.fromstring(drawing.svg)
    assert document.tag == f"{SVG}svg"
    assert len(list(document.iter(f"{SVG}svg"))) == 3
    assert name in drawing.text
    used = [color for color in TINTS if color in drawing.svg]
    assert used, "nothing is colored"


def test_colors_are_provenance_and_labels_are_values():
    one = rule("cvp_nand_cvp")
    mapped = one.run(EVERY)
    document = ET.fromstring(draw_rule(one, EVERY).svg)
    before, after = list(document.iter(f"{SVG}svg"))[1:]
    values = wire_values(EVERY)
    assert boxes(before)["gate1"] == (TINTS[3], ["OR", f"3 = {values[3]}"])
    values, found = wire_values(mapped.instance), boxes(after)
    for wire, origin in enumerate(mapped.provenance.origin.tolist()):
        gate = wire - 2
        color, lines = found[f"gate{gate}" if gate >= 0 else f"input{wire}"]
        assert color == TINTS[origin]
        assert lines[-1] == f"{wire} = {values[wire]}"
    assert found["gate0"][1][0] == "NAND"
    assert "inverted operand" not in draw_rule(one, EVERY).svg


def test_clauses_have_the_colors_of_their_wires():
    one = rule("monotone_cvp_horn_entailment")
    source = one.source.ladder(1)
    origin = one.run(source).provenance.origin.tolist()
    after = list(ET.fromstring(draw_rule(one, source).svg).iter(f"{SVG}svg"))[2]
    rows = [box.get("fill") for box in after.findall(f"{SVG}rect")[1:]]
    assert rows == [TINTS[wire % len(TINTS)] for wire in origin]


def test_a_source_that_is_not_drawn_has_a_legend_of_colors():
    drawing = draw_rule(rule("turing_machine_cvp"))
    assert "step and cell 0" in drawing.svg


def test_bad_instances():
    with pytest.raises(ArgumentError, match="maps instances of cvp"):
        draw_rule(rule("cvp_nand_cvp"), 3)


def test_the_graph_names_everything():
    drawing = draw_graph()
    texts = {line.text for line in ET.fromstring(drawing.svg).iter(f"{SVG}text")}
    assert texts >= set(graph())
    assert drawing.svg.count("<path") >= len(set(graph().edges()))
    assert "isolated: none" in drawing.text


def test_dot_has_every_rule():
    edges = re.findall(r'"(\w+)" -> "(\w+)"', to_dot())
    assert sorted(edges) == sorted(graph().edges())
    assert to_dot().count("{") == to_dot().count("}") == 1


def test_layers_of_a_graph_with_a_cycle():
    every = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("a", "c"), ("d", "b")])
    forward, layers = _layers(every)
    assert forward == {("a", "b"), ("b", "c"), ("a", "c"), ("d", "b")}
    assert all(layers[a] < layers[b] for a, b in forward)
    assert layers["c"] == 2


def run(*words):
    return CliRunner().invoke(main, ["reductions", *map(str, words)])


def test_commands(tmp_path):
    for name in ("graph.svg", "graph.dot"):
        assert run("graph", "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text().startswith(("<svg", "digraph"))
    assert run("graph", "-o", tmp_path / "graph.png").exit_code == 3
    instance, picture = tmp_path / "instance.json", tmp_path / "picture.svg"
    instance.write_bytes(problem("cvp").encode(EVERY))
    words = ("show", "cvp_nand_cvp", "--picture", picture, "--instance", instance)
    assert run(*words).exit_code == 0
    assert picture.read_text() == draw_rule(rule("cvp_nand_cvp"), EVERY).svg
    assert run("show", "cvp", "--picture", picture).exit_code == 2
    assert run("show", "cvp_nand_cvp", "--instance", instance).exit_code == 2
