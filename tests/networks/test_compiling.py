"""Compiled circuits equal their networks bit for bit, at the depths and sizes that are stated."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import LimitError
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
from tests.networks.oracle import all_rows, assert_circuit_equals_network, ends, networks

LEVELS = {"thermometer": 1, "binary": 2}
FUNCTIONS = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "step": lambda z: 7.0 * (z >= 0),
    "logistic": lambda z: 7.0 / (1 + math.exp(-z)),
    "tanh": lambda z: 3.0 * math.tanh(z),
}


def tiny(
    activation: str, inputs: int, bits: int, hidden: int, seed: int, code: str, *, classify: bool
):
    """A network of 2 or 3 neurons a layer with random weights and one activation."""
    random = np.random.default_rng([seed, inputs, bits, hidden])
    function = FUNCTIONS[activation]
    source = Inputs(inputs, Code(0, 2**bits - 1, code))
    lo, hi = np.zeros(inputs, int), np.full(inputs, 2**bits - 1)
    below = 4 if activation in ("identity", "tanh") else 0
    grid = Code(-below, 7 - below, code)
    operations = []
    for layer in range(hidden + 1):
        outputs = 3 if layer == hidden else 2 + layer % 2
        affine = Affine(
            random.integers(-7, 8, (len(lo), outputs)), random.integers(-9, 10, outputs)
        )
        operations.append(affine)
        lo, hi = ends(affine, lo, hi)
        if layer == hidden and classify:
            operations.append(Argmax(3))
            break
        spread = max(float((hi - lo).max()) / 8, 1.0)

        def rounded(x, spread=spread):
            values = [[round(function(int(v) / spread)) for v in row] for row in x]
            return np.clip(values, grid.lo, grid.hi)

        operations.append(Requantize.from_function(rounded, lo, hi, grid, activation))
        lo, hi = ends(operations[-1], lo, hi)
    return IntegerNetwork(source, operations)


@pytest.mark.parametrize("activation", FUNCTIONS)
@pytest.mark.parametrize("code", ["thermometer", "binary"])
@pytest.mark.parametrize("classify", [True, False])
def test_exhaustive(activation: str, code: str, classify: bool) -> None:
    several = set()
    for inputs, bits in [(2, 2), (2, 3), (3, 2), (3, 3)]:
        for hidden in (0, 1, 2, 3):
            network = tiny(activation, inputs, bits, hidden, 0, code, classify=classify)
            rows = all_rows(network)
            assert len(rows) == 2 ** (inputs * bits)
            several.add(len(np.unique(network(rows), axis=0)))
            for option in (True, False):
                circuit = tc.networks.compile(network, share=option, fold=option)
                assert_circuit_equals_network(network, circuit, rows)
            assert circuit.depth == hidden * LEVELS[code] + (2 if classify else LEVELS[code])
    assert max(several) > 2  # these networks are no constants


@given(network=networks(), share=st.booleans(), fold=st.booleans())
def test_random_networks(network: IntegerNetwork, share: bool, fold: bool) -> None:
    circuit = tc.networks.compile(network, share=share, fold=fold)
    assert_circuit_equals_network(network, circuit, all_rows(network, 200))


@settings(max_examples=10)
@given(network=networks(max_features=12, max_steps=31, max_weight=10**6))
def test_larger_networks(network: IntegerNetwork) -> None:
    assert_circuit_equals_network(network, tc.networks.compile(network), all_rows(network, 60))


@given(network=networks())
def test_simplifying_never_adds(network: IntegerNetwork) -> None:
    literal = tc.networks.compile(network, share=False, fold=False)
    simple = tc.networks.compile(network)
    assert simple.size <= literal.size
    assert simple.edges <= literal.edges
    assert simple.depth <= literal.depth


@pytest.mark.parametrize("steps", range(1, 20))
def test_binary_output_takes_a_gate_a_step_and_a_gate_a_digit(steps: int) -> None:
    code = Code(0, steps, "binary")
    network = IntegerNetwork(
        Inputs(1, Code(-3, steps + 5)), [Requantize(np.arange(1, steps + 1)[None], code)]
    )
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert (circuit.depth, circuit.size) == (2, steps + steps.bit_length())
    assert_circuit_equals_network(network, circuit)


def test_a_neuron_stores_one_form_for_all_its_gates() -> None:
    network = IntegerNetwork(
        Inputs(3, Code(0, 15)),
        [Affine([[3], [-2], [5]], [1]), Requantize(np.arange(0, 64, 4)[None, :15], Code(0, 15))],
    )
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert (circuit.size, circuit.edges) == (15, 15 * 45)
    assert circuit.n_forms == 3 + 1  # three inputs, one neuron
    assert len(circuit.form_operand) == 45 + 3


@pytest.mark.parametrize("cut", [-100, 100])
def test_saturated_layer(cut: int) -> None:
    """All hidden gates fire always, or never: the rest is constant, and folds away."""
    network = IntegerNetwork(
        Inputs(2, Code(0, 3)),
        [
            Affine([[1, -1], [1, 2]], [0, 0]),
            Requantize(np.full((2, 3), cut), Code(0, 3)),
            Affine([[1, 0, 1], [0, 1, 1]], [0, 1, 0]),
            Argmax(3),
        ],
    )
    literal = tc.networks.compile(network, share=False, fold=False)
    assert literal.size == 6 + 3 + 3
    assert_circuit_equals_network(network, literal)
    folded = tc.networks.compile(network)
    assert folded.size == folded.depth == 0
    assert_circuit_equals_network(network, folded)


def test_scopes_and_names() -> None:
    network = tiny("relu", 2, 2, 2, 0, "thermometer", classify=True)
    circuit = tc.networks.compile(network)
    assert circuit.scope_names == ("", "hidden1", "hidden2", "output")
    assert circuit.input_names[:4] == ("x[0]>=1", "x[0]>=2", "x[0]>=3", "x[1]>=1")
    assert circuit.output_names == ("class[0]", "class[1]", "class[2]")
    assert {"x[1]", "hidden1[0]", "hidden1.value[0]"} <= set(circuit.form_names.values())
    binary = tiny("tanh", 2, 2, 1, 0, "binary", classify=False)
    circuit = tc.networks.compile(binary)
    assert circuit.input_names[:2] == ("x[0].bit0", "x[0].bit1")
    assert circuit.output_names[:3] == ("y[0].bit0", "y[0].bit1", "y[0].bit2")


@given(network=networks())
def test_other_codes_are_the_same_function(network: IntegerNetwork) -> None:
    rows = all_rows(network, 100)
    for kind in ("thermometer", "binary"):
        outputs = None if network.classify else kind
        other = network.with_codes(inputs=kind, hidden=kind, outputs=outputs)
        assert np.array_equal(other(rows), network(rows))
        assert_circuit_equals_network(other, tc.networks.compile(other), rows)


def test_too_large_to_build() -> None:
    wide = IntegerNetwork(
        Inputs(100, Code(0, 255)),
        [Affine(np.ones((100, 8000), int), np.zeros(8000, int)), Argmax(8000)],
    )
    with pytest.raises(LimitError, match=r"network\.cost\(\)"):
        tc.networks.compile(wide)
    assert wide.cost().numbers().total.size == 8000 * 7999 // 2 + 8000
