"""Planar circuits: networkx finds every target planar; what must cross is refused."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from reductions import rule
from reductions.codec import dumps
from reductions.problem import INSTANCE_SCHEMA
from reductions.problems.circuit_value import decide, table_of, wire_values
from reductions.problems.circuits import AndOrNot
from reductions.problems.gate_kinds import AND, NAND, NOT, OR
from reductions.problems.planar_circuits import PLANAR, Planar, is_planar, wire_graph
from reductions.rules.cvp_planar_cvp import second
from reductions.rules.planar_layout import Layout
from reductions.strategies import instances
from tcsim.errors import ArgumentError, ParseError

RULE = rule("cvp_planar_cvp")


def test_every_small_target_is_planar():
    for instance in RULE.source.every(2):
        assert is_planar(RULE(instance))


@settings(max_examples=25)
@given(instances("cvp"))
def test_every_target_is_planar_and_values_cross(instance):
    mapped = RULE.run(instance)
    assert is_planar(mapped.instance)
    assert RULE.invariant.holds(instance, mapped)
    assert decide(second(instance)) == decide(instance)


def test_what_must_cross_is_refused():
    # Three inputs, each read by three gates through one more gate: a subdivided K(3, 3).
    pairs = [(OR, 0, 1), (AND, 0, 1), (NAND, 0, 1)]
    rows = [*pairs, (OR, 2, 3), (OR, 2, 4), (OR, 2, 5)]
    kind, operands = table_of(rows)
    with pytest.raises(ArgumentError, match="not planar: two of its wires must cross"):
        Planar.of_gates(bytes(3), kind, operands, 8)
    circuit = AndOrNot.of_gates(bytes(3), *table_of([(OR, 0, 1), (AND, 0, 1)]), 3).circuit
    assert Planar(circuit, bytes(3)).output == 3


def test_documents_of_circuits_that_cross_are_refused():
    gates = [["or", 0, 1], ["and", 0, 1], ["nand", 0, 1], ["or", 2, 3], ["or", 2, 4], ["or", 2, 5]]
    instance = {"inputs": "000", "gates": gates, "output": 8}
    text = dumps({"schema": INSTANCE_SCHEMA, "problem": "planar_cvp", "instance": instance})
    with pytest.raises(ParseError, match="not planar"):
        PLANAR.decode(text)


def test_one_crossing_is_three_xors():
    source = AndOrNot.of_gates(bytes((1, 0)), *table_of([(AND, 0, 1)]), 2)
    target = RULE(source)
    # The track of wire 0 crosses row 1, on which the track of wire 1 begins.
    assert PLANAR.sizes(target) == {"inputs": 2, "gates": 13, "edges": 26, "depth": 7}
    assert target.gates.kind.tolist() == [NAND] * 12 + [AND]
    assert target.gates.operands[12].tolist() == [9, 13, -1]
    values = wire_values(target)
    assert (values[9], values[13]) == (0, 1)


def test_crossings_are_as_many_as_rows_between():
    source = RULE.source.ladder(6)
    spans = [
        len(source.values) + gate - 1 - wire
        for gate, wires in enumerate(source.gates.operands.tolist())
        for wire in wires
        if wire >= 0
    ]
    assert len(Layout(source).row) == sum(spans)
    assert RULE(source).circuit.size == source.circuit.size + 12 * sum(spans)


def test_a_chain_needs_no_crossing():
    source = AndOrNot.of_gates(b"\1", *table_of([(NOT, 0), (NOT, 1), (NOT, 2)]), 3)
    assert RULE(source).circuit.size == 3


def test_a_target_of_many_gates_is_decided_by_the_engine():
    random = np.random.default_rng(1)
    n, m = 40, 120
    low = np.sort(random.integers(0, np.arange(n, n + m)[:, None] - 1, (m, 2)), axis=1)
    low[:, 1] += low[:, 1] == low[:, 0]
    operands = np.full((m, 3), -1)
    operands[:, :2] = low
    values = bytes(random.integers(0, 2, n).tolist())
    source = AndOrNot.of_gates(values, random.integers(0, 2, m), operands, n + m - 1)
    target = RULE(source)
    assert target.circuit.size > 50_000
    assert bool(target.circuit(np.frombuffer(values, np.uint8)[None])[0, 0]) == decide(source)


def test_the_graph_has_an_edge_for_each_operand():
    ladder = PLANAR.ladder(2)
    graph = wire_graph(ladder)
    assert graph.number_of_edges() == PLANAR.sizes(ladder)["edges"]
    assert nx.check_planarity(graph)[0]
