"""Layers by population counts equal the reference, also where adders would be quicker."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.simulate import layers
from tcsim.simulate.engines import BitsEngine
from tcsim.simulate.explain import counts
from tcsim.simulate.program import compile_program
from tcsim.simulate.reference import reference
from tcsim.strategies import circuits


@pytest.fixture
def eager(monkeypatch):
    """Make a layer of whatever can be one."""
    for name in ("LEAST_FORMS", "LEAST_TERMS"):
        monkeypatch.setattr(layers, name, 1)
    for name in ("TERM_NS", "WORD_NS", "GATE_NS"):
        monkeypatch.setattr(layers, name, -1)
    monkeypatch.setattr(layers, "counts_ones", lambda: True)


def _agrees(circuit, vectors):
    program = compile_program(circuit, circuit.output_wire)
    batch = np.random.default_rng(vectors).integers(0, 2, (vectors, circuit.n_inputs), np.uint8)
    words = BitsEngine(program, vectors).words(tc.pack(batch))
    want = reference(circuit, batch, circuit.output_wire)
    np.testing.assert_array_equal(tc.unpack(words, vectors), want)
    return program


@pytest.mark.usefixtures("eager")
@given(circuits(), st.sampled_from((1, 64, 65, 700)))
def test_any_circuit(circuit, vectors):
    _agrees(circuit, vectors)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(("inputs", "largest"), [(63, 1), (64, 3), (65, 127), (130, 5)])
def test_two_layers(inputs, largest):
    rng = np.random.default_rng(inputs)
    b = tc.Builder()
    x = b.inputs("x", inputs)
    hidden = []
    for weights in rng.integers(-largest, largest + 1, (20, inputs)).tolist():
        form = b.form(tc.dot(weights, x), f"sum{len(hidden)}")
        hidden += [b.gate(form >= cut) for cut in (-2, 0, 3)]
    for j, weights in enumerate(rng.integers(-largest, largest + 1, (17, 60)).tolist()):
        b.output(f"y{j}", tc.dot(weights, hidden) >= 1)
    program = _agrees(b.build(), 1100)
    assert _layers(program) == 2


def test_a_dense_layer_counts_and_a_small_one_adds(monkeypatch):
    monkeypatch.setattr(layers, "counts_ones", lambda: True)

    def layer(forms, inputs):
        b = tc.Builder()
        x = b.inputs("x", inputs)
        signs = np.random.default_rng(0).integers(0, 2, (forms, inputs)) * 2 - 1
        for j, row in enumerate(signs.tolist()):
            b.output(f"y{j}", tc.dot(row, x) >= 1)
        return _agrees(b.build(), 600)

    assert _layers(layer(64, 256)) == 1
    assert _layers(layer(4, 256)) == 0
    assert _layers(layer(64, 8)) == 0
    monkeypatch.setattr(layers, "counts_ones", lambda: False)
    assert _layers(layer(64, 256)) == 0


def _layers(program):
    """How many layers a program runs."""
    return counts(program)["layer"]
