"""Circuits as perceptrons of step activations, and back: the same function, the same depth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import LimitError, NetworkError
from tcsim.networks import Affine, Requantize
from tcsim.strategies import circuits


def batch(circuit: tc.Circuit) -> np.ndarray:
    if circuit.n_inputs <= 6:
        rows = np.arange(2**circuit.n_inputs)
        return rows[:, None] >> np.arange(circuit.n_inputs) & 1
    return np.random.default_rng(0).integers(0, 2, (64, circuit.n_inputs))


@settings(max_examples=150)
@given(circuit=circuits(inputs=(1, 6), size=(0, 12), outputs=(1, 4)))
def test_there_and_back(circuit: tc.Circuit) -> None:
    network = circuit.to_network()
    rows = batch(circuit)
    expected = circuit(rows.astype(np.uint8))
    assert np.array_equal(network(rows), expected)
    for option in (True, False):
        back = tc.networks.compile(network, share=option, fold=option)
        assert np.array_equal(back(rows.astype(np.uint8)), expected)
    assert back.depth == max(1, circuit.depth)
    assert network.cost().numbers().total.depth == back.depth


def test_layers_are_levels() -> None:
    b = tc.Builder()
    x = b.inputs("x", 8)
    total = [tc.sum(x) >= k for k in range(1, 9)]
    b.output("parity", tc.dot([1, -1] * 4, total) >= 1)
    b.output("first", x[0])
    b.output("one", b.constant(1))
    circuit = b.build()
    network = circuit.to_network()
    assert list(network.layers) == ["level1", "level2"]
    assert [type(one) for one in network.operations] == [Affine, Requantize] * 2
    assert network.operations[0].weights.shape == (8, 9)  # the gates, and x[0] carried
    back = tc.networks.compile(network)
    assert tc.equivalent(circuit, back)
    assert (back.depth, back.size) == (2, 9 + 2)  # x[0] is a neuron of both layers


def test_a_deep_circuit() -> None:
    """A ripple-carry adder of 16 bits, whose high digits are carried through every layer."""
    circuit = tc.transform.bounded_fanin(tc.library.get("addition").circuit(n=16))
    network = circuit.to_network()
    rows = batch(circuit)
    assert np.array_equal(network(rows), circuit(rows.astype(np.uint8)))
    back = tc.networks.compile(network)
    assert back.depth == circuit.depth > 10
    assert np.array_equal(back(rows.astype(np.uint8)), circuit(rows.astype(np.uint8)))


def test_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    b = tc.Builder()
    x = b.inputs("x", 2)
    b.output("y", 2**63 * x[0] + x[1] >= 1)
    with pytest.raises(NetworkError, match=r"gate 0 has a weight of 9223372036854775808"):
        b.build().to_network()
    with pytest.raises(NetworkError, match="0 outputs"):
        tc.Builder().build().to_network()
    monkeypatch.setattr("tcsim.networks.from_circuit.LIMIT", 3)
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", 4)) >= 2)
    with pytest.raises(LimitError, match="4 weights, more than 3"):
        b.build().to_network()
