"""Inverted outputs: complemented gates, flipped readers, NOT gates only where stated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import FALSE, TRUE
from tcsim.inversion import settle_outputs
from tcsim.strategies import circuits
from tests.measure.oracle import flatten

CIRCUITS = (
    circuits(inputs=(0, 4), outputs=(0, 5))
    | circuits(inputs=(0, 3), weights=(-(2**64), 2**64), outputs=(1, 4))
    | circuits(inputs=(1, 4), size=(1, 6), depth=(1, 4), nested=False, outputs=(1, 5))
)


def settle(circuit, inverted):
    flags = np.array(inverted, bool)
    return settle_outputs(
        flags,
        input_names=circuit.input_names,
        form_start=circuit.form_start,
        form_operand=circuit.form_operand,
        form_weight=circuit.weights,
        gate_form=circuit.gate_form,
        gate_threshold=circuit.thresholds,
        output_wire=circuit.output_wire,
        output_names=circuit.output_names,
        gate_scope=circuit.gate_scope,
        scope_names=circuit.scope_names,
        gate_names=dict(circuit.gate_names),
        form_names=dict(circuit.form_names),
    )


def expected_nots(circuit, inverted):
    """Inverted inputs, and gates that are output in both polarities."""
    plain = {w for w, flag in zip(circuit.output_wire, inverted, strict=True) if not flag}
    turned = {w for w, flag in zip(circuit.output_wire, inverted, strict=True) if flag}
    return {wire for wire in turned if wire < circuit.n_inputs or wire in plain}


@given(CIRCUITS, st.data())
def test_function_and_size(circuit, data):
    inverted = [bool(wire >= 0 and data.draw(st.booleans())) for wire in circuit.output_wire]
    settled = settle(circuit, inverted)
    wanted = [
        [value ^ flag for value, flag in zip(row, inverted, strict=True)]
        for row in flatten(circuit).table()
    ]
    assert flatten(settled).table() == wanted
    nots = expected_nots(circuit, inverted)
    assert settled.size == circuit.size + len(nots)
    assert [gate.terms for gate in settled.gates[circuit.size :]] == [{w: -1} for w in sorted(nots)]
    # Only what an output inverts is complemented: every other gate computes what it did.
    complemented = {
        wire
        for wire, flag in zip(circuit.output_wire, inverted, strict=True)
        if flag and wire not in nots
    }
    for vector in ([0] * circuit.n_inputs, [1] * circuit.n_inputs):
        before, after = flatten(circuit).values(vector), flatten(settled).values(vector)
        for wire, value in enumerate(before):
            assert after[wire] == value ^ (wire in complemented)
    # Negation is absorbed: nothing but the NOT gates gets deeper.
    assert settled.levels[: circuit.size].tolist() == circuit.levels.tolist()
    assert settled.edges == circuit.edges + len(nots)


@given(circuits(names=st.text("abcd", min_size=1, max_size=2), outputs=(1, 4)), st.data())
def test_names_stay_with_their_values(circuit, data):
    inverted = [bool(wire >= 0 and data.draw(st.booleans())) for wire in circuit.output_wire]
    settled = settle(circuit, inverted)
    assert settled.gate_names.items() <= circuit.gate_names.items()
    before = {name: form for form, name in circuit.form_names.items()}
    for vector in ([0] * circuit.n_inputs, [1] * circuit.n_inputs):
        old, new = flatten(circuit).values(vector), flatten(settled).values(vector)
        for gate, name in settled.gate_names.items():
            assert circuit.gate_names[gate] == name
            assert old[circuit.n_inputs + gate] == new[circuit.n_inputs + gate]
        for form, name in settled.form_names.items():
            assert total(settled, form, new) == total(circuit, before[name], old)


def total(circuit, form, values):
    return sum(weight * values[wire] for wire, weight in circuit.expand(form).items())


def build(output, **options):
    builder = tc.Builder(**options)
    x = builder.inputs("x", 3)
    output(builder, x)
    return builder.build()


def test_an_inverted_gate_is_complemented():
    circuit = build(lambda b, x: b.output("y", ~tc.majority(x)))
    assert circuit.size == 1
    assert (circuit.gates[0].terms, circuit.gates[0].threshold) == ({0: -1, 1: -1, 2: -1}, -1)


def test_readers_absorb_the_complement():
    def output(builder, x):
        both = x[0] & x[1]
        builder.output("y", [~both, both | x[2], 3 * both - x[2] >= 1])

    circuit = build(output)
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [
        ({0: -1, 1: -1}, -1),
        ({2: 1, 3: -1}, 0),
        ({2: -1, 3: -3}, -2),
    ]


def test_forms_of_forms_absorb_the_complement():
    def output(builder, x):
        both = x[0] & x[1]
        s = builder.form(2 * both - x[2])
        t = builder.form(x[0] - 3 * s)
        builder.output("y", [~both, 5 * t + s >= -20])

    circuit = build(output)
    wanted = [
        [int(not (a & b)), int(5 * (a - 3 * (2 * (a & b) - c)) + 2 * (a & b) - c >= -20)]
        for a in (0, 1)
        for b in (0, 1)
        for c in (0, 1)
    ]
    assert flatten(circuit).table() == wanted
    assert circuit.gates[1].terms == {0: 5, 2: 14, 3: 28}


def test_an_inverted_input_is_a_not_gate():
    circuit = build(lambda b, x: b.output("y", [~x[1], ~x[1], x[1]]))
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [({1: -1}, 0)]
    assert circuit.output_wire.tolist() == [3, 3, 1]


def test_both_polarities_are_a_gate_and_its_not():
    circuit = build(lambda b, x: b.output("y", [x[0] & x[1], ~(x[0] & x[1])]))
    assert [gate.kind for gate in circuit.gates] == ["and", "not"]
    assert circuit.output_wire.tolist() == [3, 4]


def test_constants_need_no_gate():
    circuit = build(lambda b, x: b.output("y", [~b.constant(0), ~b.constant(1)]))
    assert (circuit.size, circuit.output_wire.tolist()) == (0, [TRUE, FALSE])


def test_a_gate_that_shares_its_form_gets_one_of_its_own():
    def output(builder, x):
        s = tc.sum(x)
        builder.output("y", [s >= 1, ~(s >= 2), ~(s >= 3)])

    circuit = build(output)
    assert circuit.n_forms == 3
    assert [circuit.terms(form) for form in (1, 2)] == [[(-1, -1)], [(-1, -1)]]
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [
        ({0: 1, 1: 1, 2: 1}, 1),
        ({0: -1, 1: -1, 2: -1}, -1),
        ({0: -1, 1: -1, 2: -1}, -2),
    ]


def test_a_named_form_keeps_its_meaning():
    def output(builder, x):
        s = builder.form(tc.sum(x), "s")
        builder.output("y", ~(s >= 2))

    circuit = build(output)
    assert circuit.form_names == {0: "s"}
    assert circuit.expand(0) == {0: 1, 1: 1, 2: 1}


def test_a_form_that_changes_by_a_constant_loses_its_name():
    def output(builder, x):
        both = x[0] & x[1]
        s = builder.form(both + x[2], "s")
        builder.form(s - both, "t")
        builder.output("y", [~both, s >= 1])

    circuit = build(output)
    assert list(circuit.form_names.values()) == ["t"]


def test_a_complemented_gate_loses_its_name():
    def output(builder, x):
        both = builder.gate(x[0] & x[1], "both")
        either = builder.gate(x[0] | x[1], "either")
        builder.output("y", [~both, either])

    assert build(output).gate_names == {1: "either"}


@pytest.mark.parametrize("bits", [61, 62, 63, 64, 200])
def test_big_weights(bits):
    big = 2**bits

    def output(builder, x):
        first = big * x[0] + big * x[1] - x[2] >= big
        builder.output("y", [~first, big * first + big * x[0] >= 2 * big])

    circuit = build(output)
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [
        ({0: -big, 1: -big, 2: 1}, 1 - big),
        ({0: big, 3: -big}, big),
    ]
