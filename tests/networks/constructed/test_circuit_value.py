"""A decoder that evaluates circuits: every small one, and random ones, by its chain of thought."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.constructed.circuit_prompts import circuit_value_prompts, nand_gates
from tcsim.networks.constructed.circuit_value import (
    circuit_value_growth,
    circuit_value_model,
    circuit_value_pass,
)
from tcsim.networks.constructed.positions import position_code
from tcsim.networks.measuring.cost import network_cost


def evaluated(gates, row):
    """The values of all gates, one after the other."""
    wires = list(row)
    for left, right in gates:
        wires.append(1 - wires[left] * wires[right])
    return wires[len(row) :]


def all_circuits(inputs, gates):
    choices = [list(itertools.product(range(inputs + gate), repeat=2)) for gate in range(gates)]
    return list(itertools.product(*choices))


def all_rows(inputs):
    return list(itertools.product((0, 1), repeat=inputs))


@pytest.mark.parametrize(
    ("inputs", "gates"), [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (1, 3), (2, 3)]
)
def test_every_circuit_and_input(inputs: int, gates: int) -> None:
    circuits, rows = all_circuits(inputs, gates), all_rows(inputs)
    prompts = np.concatenate([circuit_value_prompts(one, rows) for one in circuits])
    expected = [evaluated(one, row) for one in circuits for row in rows]
    model = circuit_value_model(inputs, gates)
    assert model(prompts).tolist() == expected
    for option in (True, False):
        circuit = tc.networks.compile(model, share=option, fold=option)
        assert np.array_equal(model.decode(circuit(model.encode(prompts))), expected)
    total = network_cost(model, symbolic=False).total
    assert (total.size, total.edges) == (circuit.size, circuit.edges)
    assert total.depth == circuit.depth
    assert total.max_fan_in == circuit.measures.max_fan_in


@st.composite
def problems(draw, most_gates=12):
    inputs = draw(st.integers(1, 4))
    gates = []
    for gate in range(draw(st.integers(1, most_gates))):
        wire = st.integers(0, inputs + gate - 1)
        gates.append((draw(wire), draw(wire)))
    row = draw(st.lists(st.integers(0, 1), min_size=inputs, max_size=inputs))
    return gates, row


@settings(max_examples=25)
@given(problem=problems())
def test_any_circuit(problem) -> None:
    gates, row = problem
    prompts = circuit_value_prompts(gates, [row])
    model = circuit_value_model(len(row), len(gates))
    assert model(prompts)[0].tolist() == evaluated(gates, row)


@settings(max_examples=8)
@given(problem=problems(most_gates=6))
def test_any_circuit_compiled(problem) -> None:
    gates, row = problem
    prompts = circuit_value_prompts(gates, [row])
    model = circuit_value_model(len(row), len(gates))
    circuit = tc.networks.compile(model)
    assert model.decode(circuit(model.encode(prompts)))[0].tolist() == evaluated(gates, row)


def test_depth_is_linear_in_the_tokens() -> None:
    assert circuit_value_growth(range(2, 8)) == {s: 8 + 5 * (s - 1) for s in range(2, 8)}
    for gates in (1, 2, 5, 9):  # one pass, whatever the problem's size
        one_pass = circuit_value_pass(2, gates).at(n=2 * gates + 2)
        assert network_cost(one_pass, symbolic=False).total.depth == 8


def test_one_pass_says_the_first_gate_alone() -> None:
    one_pass = circuit_value_pass(2, 3).at(n=8)
    prompts = circuit_value_prompts([(0, 1), (0, 2), (1, 3)], all_rows(2))
    assert one_pass(prompts).tolist() == [1, 1, 1, 0]
    # The values of later gates are other functions of the same prompts.
    assert circuit_value_model(2, 3)(prompts)[:, 2].tolist() != one_pass(prompts).tolist()


def test_it_runs_a_circuit_of_the_library() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    carry = tc.sum(x) >= 2
    b.output("sum", tc.sum(x) - 2 * carry >= 1)
    b.output("carry", carry)
    adder = tc.transform.to_nand(tc.transform.bounded_fanin(b.build()))
    gates, rows = nand_gates(adder), all_rows(3)
    values = circuit_value_model(3, len(gates))(circuit_value_prompts(gates, rows))
    said = values[:, adder.output_wire - adder.n_inputs]
    assert said.tolist() == [[sum(row) % 2, sum(row) // 2] for row in rows]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 9, 17])
def test_a_position_agrees_with_itself_alone(count: int) -> None:
    codes = position_code(count)
    scores = codes @ codes.T
    digits = max(1, (count - 1).bit_length())
    assert codes.shape == (count, 2 * digits)
    assert (np.diag(scores) == digits).all()
    assert (scores[~np.eye(count, dtype=bool)] < digits).all()


def test_refused() -> None:
    with pytest.raises(NetworkError, match="gate 1 reads wire 3"):
        circuit_value_prompts([(0, 1), (3, 0)], [[0, 1]])
    with pytest.raises(NetworkError, match=r"0/1 of shape \(rows, inputs\)"):
        circuit_value_prompts([(0, 1)], [0, 1])
    with pytest.raises(NetworkError, match="at least one gate"):
        circuit_value_prompts([], [[0]])
    with pytest.raises(NetworkError, match="gates is a positive integer, not 0"):
        circuit_value_model(1, 0)
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", 2)) >= 2)
    with pytest.raises(NetworkError, match="gate 0 is no NAND of one or two wires"):
        nand_gates(b.build())
