"""The engine on Python's integers: memory, parts, limits. That it is right: test_engines."""

import numpy as np
import pytest
from hypothesis import given

import tcsim as tc
from tcsim.circuit import FALSE, TRUE
from tcsim.errors import LimitError
from tcsim.simulate import engines, trace
from tcsim.simulate.bigint_steps import compile_bigint
from tcsim.strategies import circuits


@given(circuits(inputs=(0, 6), size=(0, 12)))
def test_exhaustive_tables_of_integers(circuit):
    """Straight from the program, without words: bit r of input i is bit i of r."""
    n = circuit.n_inputs
    rows = 1 << n
    inputs = [sum((r >> i & 1) << r for r in range(rows)) for i in range(n)]
    wires = np.array([*circuit.output_wire, FALSE, TRUE], np.int64)
    ones = (1 << rows) - 1
    got = compile_bigint(circuit, wires).run(inputs, ones)
    batch = [[r >> i & 1 for i in range(n)] for r in range(rows)]
    table = circuit(np.array(batch, np.uint8).reshape(rows, n), engine="reference").T.tolist()
    want = [sum(bit << r for r, bit in enumerate(column)) for column in table]
    assert got == [*want, 0, ones]


def _chain(length):
    b = tc.Builder()
    x = b.inputs("x", 4)
    y = x[0]
    for i in range(length):
        y = (y & x[i % 3 + 1]) if i % 2 else (y | ~x[i % 3 + 1])
    b.output("y", y)
    return b.build()


def test_values_are_dropped_after_their_last_reader():
    circuit = _chain(1000)
    assert compile_bigint(circuit, circuit.output_wire).alive <= 6
    every = circuit.n_inputs + np.arange(circuit.size)
    assert compile_bigint(circuit, every).alive >= circuit.size


def test_gates_that_nothing_needs_are_left_out():
    circuit = _chain(50)
    wires = np.array([circuit.n_inputs + 10])
    assert len(compile_bigint(circuit, wires).steps) == 11


def test_digits_of_sums_count_as_alive():
    b = tc.Builder()
    x = b.inputs("x", 63)
    b.output("y", [tc.sum(x) >= 7, tc.sum(x) >= 8])
    circuit = b.build()
    program = compile_bigint(circuit, circuit.output_wire)
    assert program.alive >= 6 + 62


def test_parts_shrink_with_the_values_alive(monkeypatch):
    circuit = _chain(40)
    batch = np.random.default_rng(0).integers(0, 2, (1000, 4), np.uint8)
    want = trace(circuit, batch, engine="reference")
    steps = []
    for limit in (2**28, 2**12, 1):
        monkeypatch.setattr(engines, "ROW_BYTES", limit)
        steps.append(engines.choose_engine(circuit, "bigint", "gates", 1000).step)
        np.testing.assert_array_equal(trace(circuit, batch, engine="bigint"), want)
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == engines.BIGINT_VECTORS
    assert steps[2] == 64


def test_outputs_can_be_written_to():
    engine = engines.choose_engine(_chain(3), "bigint", "outputs", 64)
    words = engine.words(np.zeros((4, 2), np.uint64))
    words &= np.uint64(1)
    assert words.dtype == np.uint64


def test_digits_that_outgrow_memory(monkeypatch):
    monkeypatch.setattr("tcsim.simulate.bigint_steps.physical_memory", lambda: 2**12)
    b = tc.Builder(fold=False, share=False)
    x = b.inputs("x", 3)
    b.output("y", 2**100 * x[0] + 3 * x[1] - x[2] >= 5)
    with pytest.raises(LimitError, match=r"10\d digits of sums .* intermediate sums"):
        b.build()([1, 0, 1], engine="bigint")
