"""The loops give the same results compiled and as plain Python."""

import sys

import numba
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
    found = []
    for bound in (2**60, -1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_accelerate, "COMPILE_ABOVE", bound)
            patch.setattr(_accelerate, "COMPILED_ABOVE", bound)
            found.append(results(circuit))
    assert found[0] == found[1]


@pytest.mark.parametrize("numba_is_there", [True, False])
def test_when_loops_are_compiled(numba_is_there, monkeypatch):
    if numba_is_there:
        monkeypatch.setitem(sys.modules, "numba", numba)
    else:
        monkeypatch.delitem(sys.modules, "numba", raising=False)
    monkeypatch.setattr(_accelerate, "_compiled", lambda _: lambda *_: "compiled")
    bound = _accelerate.COMPILED_ABOVE if numba_is_there else _accelerate.COMPILE_ABOVE
    plain = _accelerate.run(lambda values: values, bound, np.arange(3))
    assert plain == [0, 1, 2]
    assert _accelerate.run(lambda values: values, bound + 1, np.arange(3)) == "compiled"


def test_plain_loops_write_to_what_can_be_written():
    def kernel(read, written):
        written[1] = read[2] + 5
        return len(written)

    read, written = np.arange(3), np.zeros(2, np.int64)
    read.flags.writeable = False
    assert _accelerate.run(kernel, 0, read, written) == 2
    assert written.tolist() == [0, 7]


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
