"""Expanded forms, against recursion; limits and exactness."""

import numpy as np
import pytest
from hypothesis import given

import tcsim as tc
from tcsim import measure
from tcsim.errors import LimitError
from tcsim.measure import fan_out, flat_forms, storage
from tcsim.strategies import circuits
from tests.measure.oracle import flatten

CIRCUITS = circuits(size=(0, 9)) | circuits(weights=(-(2**70), 2**70))


@given(CIRCUITS)
def test_forms_of_gates(circuit):
    flat, found = flatten(circuit), flat_forms(circuit)
    for form, (terms, _) in zip(circuit.gate_form, flat.gates, strict=True):
        row = slice(found.start[form], found.start[form + 1])
        assert dict(zip(found.operand[row], found.weight[row], strict=True)) == terms
        assert found.operand[row].tolist() == sorted(terms)
        assert found.fan_in[form] == len(terms)


@given(CIRCUITS)
def test_every_form_agrees_with_expand(circuit):
    found = flat_forms(circuit)
    for form in range(circuit.n_forms):
        row = slice(found.start[form], found.start[form + 1])
        pairs = zip(found.operand[row].tolist(), found.weight[row].tolist(), strict=True)
        assert dict(pairs) == circuit.expand(form)


@given(CIRCUITS)
def test_row_totals(circuit):
    found = flat_forms(circuit)
    rows = [[abs(w) for w in circuit.expand(form).values()] for form in range(circuit.n_forms)]
    sizes = np.abs(found.weight)
    assert found.row_sums(sizes).tolist() == [sum(row) for row in rows]
    assert found.row_max(sizes).tolist() == [max(row, default=0) for row in rows]


@given(CIRCUITS)
def test_fan_out(circuit):
    flat = flatten(circuit)
    expected = [0] * (flat.inputs + len(flat.gates))
    for terms, _ in flat.gates:
        for wire in terms:
            expected[wire] += 1
    assert fan_out(circuit).tolist() == expected


@given(CIRCUITS)
def test_storage(circuit):
    assert storage(circuit)["forms"] == len(circuit.form_start) - 1
    assert storage(circuit)["terms"] == len(circuit.form_weight)


def doubling(levels):
    """Forms ``f_0 = x, f_i = 2**60 * f_(i-1)``, and one that weighs the last by 0."""
    builder = tc.Builder(fold=False)
    x, y = builder.input("x"), builder.input("y")
    form = builder.form(x + y)
    for _ in range(levels):
        form = builder.form(2**60 * form)
    builder.output("all", form >= 1)
    builder.output("none", 0 * form + x >= 1)
    return builder.build()


@pytest.mark.parametrize("levels", [1, 2, 20, 40])
def test_products_of_weights_leave_machine_integers_and_floats(levels):
    circuit = doubling(levels)
    assert circuit.big_weights == {}
    assert circuit.gates[0].terms == {0: 2 ** (60 * levels), 1: 2 ** (60 * levels)}
    found = measure.measures(circuit)
    assert found.max_weight == 2 ** (60 * levels)
    assert found.wires == 2 * 2 ** (60 * levels) + 1
    assert found.edges == 4
    assert measure.majority(circuit).depth == 1


@pytest.mark.parametrize("bits", [57, 62])
def test_totals_beyond_int64(bits):
    builder = tc.Builder()
    x = builder.inputs("x", 4)
    builder.output("y", [tc.sum(x) * 2**bits >= 2**bits + k for k in range(1, 60)])
    circuit = builder.build()
    assert measure.measures(circuit).wires == circuit.size * 4 * 2**bits
    (scope,) = measure.scope_measures(circuit)
    assert scope.wires == circuit.size * 4 * 2**bits
    assert measure.majority(circuit).wires > circuit.size * 4 * 2**bits


def test_operands_that_cancel_are_none_and_written_zeros_are():
    builder = tc.Builder(share=False, fold=False)
    x = builder.inputs("x", 3)
    s = builder.form(x[0] + 2 * x[1])
    t = builder.form(x[0] + x[2])
    builder.output("canceled", s - t >= 1)
    builder.output("zero form", s + 0 * t >= 1)
    builder.output("zero wire", s - 2 * x[1] + 0 * x[2] >= 1)
    builder.output("canceled forms", builder.form(s + t) - builder.form(t + s) >= 1)
    circuit = builder.build()
    found = [gate.terms for gate in circuit.gates]
    assert found == [{1: 2, 2: -1}, {0: 1, 1: 2, 2: 0}, {0: 1, 2: 0}, {}]
    assert found == [terms for terms, _ in flatten(circuit).gates]
    assert measure.measures(circuit).edges == 2 + 3 + 2 + 0


def test_fibonacci_forms_stay_small():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    before, last = builder.form(x[0]), builder.form(x[1])
    for _ in range(3_000):
        before, last = last, builder.form(before + last)
    builder.output("y", last >= 1)
    circuit = builder.build()
    fibonacci = [1, 1]
    while len(fibonacci) < 3_001:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert measure.measures(circuit).max_weight == fibonacci[3_000]
    assert circuit.edges == 2


def test_an_expansion_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("tcsim.measure.flat.TERM_LIMIT", 100)
    builder = tc.Builder()
    x = builder.inputs("x", 20)
    form = builder.form(tc.sum(x))
    builder.output("y", [builder.form(2 * form + x[i]) >= i for i in range(6)])
    circuit = builder.build()
    with pytest.raises(LimitError, match="terms"):
        measure.measures(circuit)
    assert repr(circuit) == "<Circuit: 20 inputs, 6 outputs, size 5, too large to expand>"


def test_running_sums_expand_quickly():
    builder = tc.Builder()
    x = builder.inputs("x", 400)
    form = builder.form(x[0])
    for wire in x[1:]:
        form = builder.form(form + wire)
        builder.output(f"y{wire.id}", form >= 1)
    circuit = builder.build()
    assert circuit.edges == sum(range(2, 401))
    assert storage(circuit)["terms"] == 1 + 2 * 399
