"""The loops give the same results compiled and as plain Python."""

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim import _accelerate, measure
from tcsim.strategies import circuits

FUNCTIONS = {
    "levels": measure.levels,
    "majority": measure.majority,
    "fan_in_2": measure.fan_in_2,
    "tails": measure.tails,
    "tails to any": lambda circuit: measure.tails(circuit, to_outputs=False),
    "one processor": lambda circuit: measure.processors(circuit, 1),
    "three processors": lambda circuit: measure.processors(circuit, 3),
    "measures": measure.measures,
}


def results(circuit):
    fresh = circuit.replace()  # what was computed before is remembered by the circuit
    found = {name: function(fresh) for name, function in FUNCTIONS.items()}
    return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in found.items()}


@pytest.mark.nojit
@settings(max_examples=20)
@given(circuits(size=(0, 9)))
def test_compiled_and_plain(circuit):
    with pytest.MonkeyPatch.context() as patch:
        plain = results(circuit)
        patch.setattr(_accelerate, "COMPILE_ABOVE", -1)
        assert results(circuit) == plain


def test_a_million_gates():
    gates, inputs = 1_000_000, 64
    random = np.random.default_rng(7)
    builder = tc.Builder()
    x = builder.inputs("x", inputs)
    number = np.arange(gates)
    before = builder.next_gate_id + number - 1 - random.integers(0, 50, gates)
    first = np.where(number < 50, x.ids[number % 32], before)
    second = x.ids[random.integers(32, inputs, gates)]
    made = builder.add_gates(random.integers(1, 3, gates), np.stack((first, second), 1), 1)
    builder.output("y", made[-1])
    circuit = builder.build()

    found = measure.measures(circuit)
    levels = [0] * gates
    for gate, wire in enumerate((first - builder.next_gate_id + gates).tolist()):
        levels[gate] = 1 + (levels[wire] if gate >= 50 else 0)
    assert circuit.levels.tolist() == levels
    assert found.depth == levels[-1] == len(circuit.critical_path())
    assert found.edges == found.wires == 2 * gates
    assert found.width == max(np.bincount(levels))
    assert measure.majority(circuit).size == measure.fan_in_2(circuit).size == gates
    assert measure.processors(circuit, 1).steps == gates
    schedule = measure.processors(circuit, 100)
    assert schedule.lower <= schedule.steps <= schedule.upper
    assert (measure.slack(circuit) >= 0).sum() == gates - len(measure.dead_gates(circuit))
    assert measure.fan_out(circuit).sum() == 2 * gates
    assert len(measure.live_values(circuit)) == max(levels) + 1
