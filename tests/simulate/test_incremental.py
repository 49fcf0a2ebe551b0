"""`Incremental`: after any updates, what a full evaluation gives; and the work that it saves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import Incremental, evaluate, pack, trace
from tcsim.strategies import batches, circuits


def agrees(values: Incremental, circuit: tc.Circuit, batch: np.ndarray) -> None:
    """All outputs and all gates, by the reference engine."""
    assert np.array_equal(values.outputs, evaluate(circuit, batch, engine="reference"))
    gates = trace(circuit, batch, engine="reference")
    for wire in range(circuit.n_inputs):
        assert np.array_equal(values.value(wire), batch[:, wire])
    for gate in range(circuit.size):
        assert np.array_equal(values.value(circuit.n_inputs + gate), gates[:, gate])


@given(st.data())
def test_any_updates_equal_full_evaluation(data: st.DataObject) -> None:
    circuit = data.draw(circuits())
    batch = data.draw(batches(circuit, max_vectors=70)).copy()
    values = Incremental(circuit, batch)
    agrees(values, circuit, batch)
    numbers = st.lists(st.integers(0, circuit.n_inputs - 1), unique=True, max_size=3)
    for _ in range(data.draw(st.integers(0, 4))):
        inputs = data.draw(numbers) if circuit.n_inputs else []
        column = st.lists(st.booleans(), min_size=len(batch), max_size=len(batch))
        for wire in inputs:
            batch[:, wire] = data.draw(column)
        done = values.update(inputs, batch[:, inputs])
        assert 0 <= done.changed <= done.evaluated <= circuit.size
    agrees(values, circuit, batch)


@given(st.data())
def test_packed_words(data: st.DataObject) -> None:
    circuit = data.draw(circuits())
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    words = random.integers(0, 2**64, (circuit.n_inputs, 3), np.uint64)
    values = Incremental(circuit, words, packed=True)
    assert values.vectors == 192
    for wire in range(circuit.n_inputs):
        words[wire] = random.integers(0, 2**64, 3, np.uint64)
        values.update({wire: words[wire]})
    expected = evaluate(circuit, words, packed=True, engine="reference")
    assert np.array_equal(values.outputs, expected)
    if circuit.size:
        assert values.value(circuit.n_inputs).dtype == np.uint64


def chain(n: int) -> tc.Circuit:
    """``y[k] = y[k - 1] OR x[k]``: a path of n - 1 gates."""
    b = tc.Builder()
    x = b.inputs("x", n)
    y = x[0]
    for wire in x[1:]:
        y = y | wire
    b.output("y", y)
    return b.build()


@pytest.mark.nojit
def test_a_gate_that_does_not_change_stops_the_update() -> None:
    values = Incremental(chain(6), [[0, 0, 1, 0, 0, 0]])
    # Gates read x0|x1, that|x2, ...: the first changes, the second is held at 1 by x2.
    assert values.update({"x[0]": [1]}) == (2, 1)
    assert values.update({"x[5]": [1]}) == (1, 0)
    assert values.update({"x[0]": [1]}) == (0, 0)
    assert values.update({}) == (0, 0)
    assert values.update(["x[0]", 2, 5], [[0, 0, 0]]) == (5, 5)
    assert values.outputs.tolist() == [[0]]


@pytest.mark.nojit
def test_a_form_is_settled_once_after_all_its_operands() -> None:
    """A diamond: both sides change, the gate below them is evaluated once."""
    b = tc.Builder()
    x = b.input("x")
    y = b.input("y")
    b.output("z", tc.sum([x & y, x | y]) >= 2)
    values = Incremental(b.build(), [[0, 0], [1, 1]])
    assert values.update({"x": [1, 0], "y": [1, 0]}) == (3, 3)
    assert values.outputs.tolist() == [[1], [0]]


def test_weights_and_thresholds_of_any_size() -> None:
    """Depth-2 addition style forms: bit k of x + y by thresholds on weights up to 2**200."""
    n = 200
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    total = b.form(tc.dot([2**k for k in range(n)], x) + tc.dot([2**k for k in range(n)], y))
    limits = [1, 2**63, 2**64 + 1, 3**100, 2**199 + 2**70, 2**200, 2**201 - 2, 2**201 - 1]
    for limit in limits:
        b.output(f"t{limit}", total >= limit)
    b.output("twice", 2 * total - tc.sum(x) >= 2**150)
    circuit = b.build()
    random = np.random.default_rng(3)
    batch = random.integers(0, 2, (40, 2 * n), np.uint8)
    values = Incremental(circuit, batch)
    for _ in range(30):
        wires = random.choice(2 * n, 7, replace=False)
        batch[:, wires] = random.integers(0, 2, (40, 7))
        values.update(wires, batch[:, wires])
        assert np.array_equal(values.outputs, evaluate(circuit, batch, engine="reference"))


def test_a_form_of_forms_hears_of_negative_multiples() -> None:
    b = tc.Builder()
    x = b.inputs("x", 9)
    inner = b.form(3 * x[0] - 5 * x[1] + 2 * x[2] - x[3])
    outer = b.form(-7 * inner + 4 * tc.sum(x[4:]))
    for limit in range(-40, 70, 7):
        b.output(f"t{limit}", 2 * outer - 3 * inner >= limit)
    circuit = b.build()
    table = tc.pack([[row >> i & 1 for i in range(9)] for row in range(512)])
    values = Incremental(circuit, np.zeros_like(table), packed=True)
    for wire in range(9):
        values.update({wire: table[wire]})
    assert np.array_equal(values.outputs, circuit.truth_table(packed=True))


def test_constant_and_repeated_outputs_and_no_vectors() -> None:
    b = tc.Builder()
    x = b.input("x")
    for name, value in {"no": b.constant(0), "yes": b.constant(1), "x": x, "again": x}.items():
        b.output(name, value)
    circuit = b.build()
    values = Incremental(circuit, [1])
    assert values.outputs.tolist() == [[0, 1, 1, 1]]
    empty = Incremental(circuit, np.zeros((0, 1), np.uint8))
    assert empty.update({"x": np.zeros(0, bool)}) == (0, 0)
    assert empty.outputs.shape == (0, 4)


def test_a_large_circuit_costs_its_cone() -> None:
    """Of 20,000 independent gates, an update evaluates the two that it reaches."""
    b = tc.Builder()
    x = b.inputs("x", 20_001)
    for k in range(20_000):
        b.output(f"y{k}", x[k] & x[k + 1])
    values = Incremental(b.build(), np.ones((3, 20_001), np.uint8))
    assert values.update({"x[77]": [0, 1, 0]}) == (2, 2)
    assert values.outputs[:, 76:78].tolist() == [[0, 0], [1, 1], [0, 0]]


def test_bad_arguments_change_nothing() -> None:
    values = Incremental(chain(4), [[0, 0, 0, 0]] * 2)
    for arguments, message in {
        ("x[0]", (0, 1)): "inputs is one name",
        (("x[9]",), (0, 1)): "no input 'x\\[9\\]'",
        ((4,), (0, 1)): "no input 4",
        ((True,), (0, 1)): "no input True",
        ((1.5,), (0, 1)): "no input 1.5",
        ((1, "x[1]"), ((0, 1), (0, 1))): "one input twice",
        ((1,), ((0, 1),)): r"shape \(1, 2\)",
        ((1,), ((0,), (2,))): "not 0 or 1",
        ((1,), None): r"shape \(\)",
        ((1,), ((0,), (0.5,))): "0.5, not 0 or 1",
        ((1,), ((0,), (0, 1))): "rows of one length",
    }.items():
        with pytest.raises(ArgumentError, match=message):
            values.update(*arguments)
    for mapping in ({0: [1]}, {0: [[1], [1]]}, {0: [1, 2]}, {"z": [0, 1]}):
        with pytest.raises(ArgumentError):
            values.update(mapping)
    with pytest.raises(ArgumentError, match="given twice"):
        values.update({0: [1, 1]}, [[1], [1]])
    for wire in (-1, 7, True, "x[0]"):
        with pytest.raises(ArgumentError, match="wire"):
            values.value(wire)
    assert not values.outputs.any()
    packed = Incremental(chain(4), pack([[0] * 4]), packed=True)
    for words in ([1], np.zeros(2, np.uint64), np.zeros((1, 1), np.uint64)):
        with pytest.raises(ArgumentError):
            packed.update({0: words})
    for batch in ([[0, 0]], [[0, 0, 0, 2]], "0000"):
        with pytest.raises(ArgumentError):
            Incremental(chain(4), batch)


def test_too_large_is_refused_with_an_estimate() -> None:
    words = np.lib.stride_tricks.as_strided(np.zeros(1, np.uint64), (4, 2**42), (0, 0))
    with pytest.raises(LimitError, match=r"7 wires.* would take [\d,]+ bytes.*fewer vectors"):
        Incremental(chain(4), words, packed=True)


def test_progress_and_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt between two steps leaves work that the next call does first."""
    monkeypatch.setattr("tcsim.simulate.incremental.CALL_WORK", 1)
    seen = []
    values = Incremental(
        chain(9), [[0] * 9], progress=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (8, 8)
    assert len(seen) >= 8
    settle = values._settle

    def interrupted() -> None:
        raise KeyboardInterrupt

    values._settle = interrupted
    with pytest.raises(KeyboardInterrupt):
        values.update({0: [1]})
    values._settle = settle
    assert values.outputs.tolist() == [[1]]
