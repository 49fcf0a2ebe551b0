"""Threshold, majority and fan-in 2 against circuits made gate by gate (`oracle`)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim import Circuit, measure
from tcsim.strategies import circuits
from tests.measure.oracle import flatten, majority_netlist, two_input_netlist

SMALL = circuits(inputs=(0, 4), size=(0, 7))
WEIGHTY = circuits(inputs=(0, 4), size=(0, 5), weights=(-12, 12))
BIG = circuits(inputs=(0, 3), size=(0, 4), weights=(-(2**70), 2**70))
FLAT = circuits(inputs=(0, 5), size=(0, 8), nested=False)


def check_threshold(circuit):
    flat, found = flatten(circuit), measure.measures(circuit)
    levels = flat.levels()
    assert circuit.levels.tolist() == levels
    assert found.basis == "threshold"
    assert found.depth == circuit.depth == flat.depth()
    assert found.size == circuit.size == len(flat.gates)
    assert found.edges == circuit.edges == sum(len(terms) for terms, _ in flat.gates)
    weights = [abs(w) for terms, _ in flat.gates for w in terms.values()]
    assert found.wires == sum(weights)
    assert found.max_weight == max(weights, default=0)
    assert found.max_fan_in == max((len(terms) for terms, _ in flat.gates), default=0)
    profile = [levels.count(level) for level in range(max(levels, default=0) + 1)]
    assert list(found.levels) == profile
    assert found.width == circuit.width == max(profile)
    assert found.parallelism == (found.size / found.depth if found.depth else 0)
    assert found.depth_literal is None


def check_majority(circuit):
    flat, found = flatten(circuit), measure.majority(circuit)
    net = majority_netlist(flat)
    net.check(flat)
    assert found.basis == "majority"
    check_netlist(net, found)
    assert found.wires == net.wires()
    assert found.max_fan_in == net.max_fan_in()
    assert found.max_weight == net.max_weight()
    assert found.depth_literal == net.depth(free_nots=True)


def check_two_input(circuit):
    flat, found = flatten(circuit), measure.fan_in_2(circuit)
    net = two_input_netlist(flat)
    net.check(flat)
    assert found.basis == "fan_in_2"
    check_netlist(net, found)
    assert found.wires == net.edges()
    assert found.max_fan_in == net.max_fan_in() <= 2
    assert found.max_weight == net.max_weight()
    assert found.depth_literal is None


def check_netlist(net, found):
    assert found.depth == net.depth()
    assert found.size == len(net.gates)
    assert found.edges == net.edges()
    assert found.levels == net.profile()
    assert found.width == max(net.profile())


@given(SMALL | WEIGHTY | BIG | FLAT)
def test_threshold(circuit):
    check_threshold(circuit)


@given(SMALL | WEIGHTY | BIG | FLAT)
def test_majority(circuit):
    check_majority(circuit)


@given(SMALL | WEIGHTY | BIG | FLAT)
def test_fan_in_2(circuit):
    check_two_input(circuit)


@given(st.sampled_from(["threshold", "majority", "fan_in_2"]), SMALL)
def test_every_basis_is_listed(basis, circuit):
    assert measure.BASES[basis](circuit).basis == basis


def tiny(gates, output):
    """Literal gates over inputs and earlier gates, each ((weight or None a wire), threshold)."""
    inputs = len(gates[0][0])
    terms = [[(i, w) for i, w in enumerate(weights) if w is not None] for weights, _ in gates]
    starts = [0]
    for row in terms:
        starts.append(starts[-1] + len(row))
    return Circuit(
        input_names=[f"x{i}" for i in range(inputs)],
        form_start=starts,
        form_operand=[wire for row in terms for wire, _ in row],
        form_weight=[weight for row in terms for _, weight in row],
        gate_form=range(len(gates)),
        gate_threshold=[threshold for _, threshold in gates],
        output_wire=[output],
        output_names=["y"],
    )


def check(circuit):
    check_threshold(circuit)
    check_majority(circuit)
    check_two_input(circuit)


def test_every_gate_of_two_inputs():
    for weights in product((None, -2, -1, 0, 1, 3), repeat=2):
        for threshold in range(-3, 5):
            check(tiny([(weights, threshold)], 2))


def test_every_gate_of_three_small_weights():
    for weights in product((-1, 1, 2), repeat=3):
        for threshold in range(-2, 7):
            check(tiny([(weights, threshold)], 3))


PAIRS = [
    [(first, one), (second, two)]
    for first in product((None, -1, 1), repeat=2)
    for one in (0, 1, 2)
    for second in product((None, -1, 1), repeat=3)
    for two in (-1, 0, 1, 2)
]


def test_some_circuits_of_two_gates():
    for gates in PAIRS[::11]:
        check(tiny(gates, 3))


@pytest.mark.slow
def test_every_circuit_of_two_gates():
    for gates in PAIRS:
        for output in (2, 3):
            check(tiny(gates, output))
