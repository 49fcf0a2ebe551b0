"""Critical paths, slack, dead gates, against all paths of small circuits."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.measure import critical_path, dead_gates, output_levels, slack, tails
from tcsim.strategies import circuits
from tests.measure.oracle import flatten

CIRCUITS = circuits(size=(0, 9), outputs=(0, 3))


def paths_up(flat, gate):
    """Every path of gates from a gate upwards, as long as it goes."""
    readers = [g for g in range(len(flat.gates)) if gate in flat.operands(g)]
    yield [gate]
    for reader in readers:
        for path in paths_up(flat, reader):
            yield [gate, *path]


def output_gates(flat):
    return {wire - flat.inputs for wire in flat.outputs if wire >= flat.inputs}


@given(CIRCUITS)
def test_critical_path_is_a_longest_path(circuit):
    flat = flatten(circuit)
    steps = critical_path(circuit)
    assert steps == circuit.critical_path()
    assert len(steps) == flat.depth() == circuit.depth
    for number, step in enumerate(steps):
        view = circuit.gates[step.gate]
        assert step.level == number + 1 == view.level
        assert (step.kind, step.name, step.scope) == (view.kind, view.name, view.scope)
    for below, above in pairwise(steps):
        assert below.gate in flat.operands(above.gate)
    if steps:
        assert steps[-1].gate in output_gates(flat)


@given(CIRCUITS)
def test_critical_path_of_each_output(circuit):
    flat = flatten(circuit)
    levels = [*flat.levels(), 0, 0]
    for name, wire in zip(circuit.output_names, flat.outputs, strict=True):
        steps = critical_path(circuit, name)
        depth = levels[wire - flat.inputs] if wire >= flat.inputs else 0
        assert len(steps) == depth
        if steps:
            assert steps[-1].gate == wire - flat.inputs
    expected = [len(critical_path(circuit, name)) for name in circuit.output_names]
    assert output_levels(circuit).tolist() == expected


def test_unknown_output():
    builder = tc.Builder()
    builder.output("y", builder.input("x"))
    with pytest.raises(ArgumentError, match="'z'"):
        critical_path(builder.build(), "z")


def test_lowest_wires_are_taken():
    builder = tc.Builder(share=False, fold=False)
    x = builder.inputs("x", 2)
    first, second = builder.gate(x[0] >= 1), builder.gate(x[1] >= 1)
    builder.output("y", first & second)
    assert [step.gate for step in critical_path(builder.build())] == [0, 2]


@given(CIRCUITS)
def test_tails_and_dead_gates(circuit):
    flat = flatten(circuit)
    ends = output_gates(flat)
    to_output, to_any = [], []
    for gate in range(circuit.size):
        lengths = [(len(path) - 1, path[-1] in ends) for path in paths_up(flat, gate)]
        to_any.append(max(length for length, _ in lengths))
        to_output.append(max((length for length, end in lengths if end), default=-1))
    assert tails(circuit).tolist() == to_output
    assert tails(circuit, to_outputs=False).tolist() == to_any
    dead = [gate for gate, length in enumerate(to_output) if length < 0]
    assert dead_gates(circuit).tolist() == dead


@given(CIRCUITS)
def test_slack_is_how_much_later_a_gate_can_fire(circuit):
    flat = flatten(circuit)
    late = latest(flat, flat.depth())
    expected = [
        -1 if last is None else last - level
        for last, level in zip(late, flat.levels(), strict=True)
    ]
    assert slack(circuit).tolist() == expected


def latest(flat, depth):
    """The latest level of each gate in a schedule of some depth; None for dead gates."""
    late = [depth if gate in output_gates(flat) else None for gate in range(len(flat.gates))]
    for gate in reversed(range(len(flat.gates))):
        if late[gate] is None:
            continue
        for operand in flat.operands(gate):
            before = late[gate] - 1
            late[operand] = before if late[operand] is None else min(late[operand], before)
    return late


@given(CIRCUITS)
def test_results_are_integers_per_gate(circuit):
    for values in (tails(circuit), slack(circuit)):
        assert values.dtype == np.int64
        assert values.shape == (circuit.size,)
