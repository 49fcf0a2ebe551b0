"""Builder: inputs, outputs, gates, forms, scopes, names; sharing and folding on and off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import FALSE, TRUE
from tcsim.errors import BuilderError
from tests.measure.oracle import flatten


def gates(circuit):
    return [(gate.terms, gate.threshold) for gate in circuit.gates]


def test_the_shortest_circuit():
    builder = tc.Builder()
    x = builder.inputs("x", 1001)
    builder.output("vote", tc.sum(x) >= 501)
    circuit = builder.build()
    assert repr(circuit) == "<Circuit: 1001 inputs, 1 outputs, size 1, depth 1>"
    assert circuit.gates[0].kind == "maj"


def test_a_built_builder_is_closed():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    both = x[0] & x[1]
    builder.output("y", both)
    builder.build()
    assert repr(builder) == "<Builder: 2 inputs, 1 gates, built>"
    uses = [
        builder.build,
        lambda: builder.input("z"),
        lambda: builder.inputs("z", 2),
        lambda: builder.output("z", x[0]),
        lambda: builder.gate(x[0] | x[1]),
        lambda: builder.materialize(x[0]),
        lambda: builder.form(x[0] + x[1]),
        lambda: builder.add_gates([1], [[0]], 1),
        lambda: builder.scope("s").__enter__(),
    ]
    for use in uses:
        with pytest.raises(BuilderError, match="start a new Builder"):
            use()


def test_an_empty_circuit():
    circuit = tc.Builder().build()
    assert (circuit.n_inputs, circuit.n_outputs, circuit.size, circuit.depth) == (0, 0, 0, 0)
    assert circuit.width == circuit.edges == 0


def test_inputs_after_gates():
    builder = tc.Builder()
    a = builder.input("a")
    gate = builder.gate(a >= builder.input("b"))
    c = builder.input("c")
    builder.output("y", gate & c)
    circuit = builder.build()
    assert circuit.input_names == ("a", "b", "c")
    assert gates(circuit) == [({0: 1, 1: -1}, 0), ({2: 1, 3: 1}, 2)]


# Sharing and folding --------------------------------------------------------------------------


def asked_for(builder):
    """Everything that sharing and folding save."""
    x = builder.inputs("x", 3)
    return [
        (x[0] + x[1] >= 1),
        (x[1] + x[0] >= 1),
        (x[0] + x[1] >= 2),
        (x[0] >= 1),
        (0 * x[0] + x[2] <= 0),
        (tc.sum(x) >= 0),
        (tc.sum(x) >= 4),
        (x[0] & builder.constant(1)),
        (x[0] - x[0] + x[1] + x[2] >= 2),
    ]


def test_literal_builds():
    builder = tc.Builder(share=False, fold=False)
    builder.output("y", asked_for(builder))
    circuit = builder.build()
    assert gates(circuit) == [
        ({0: 1, 1: 1}, 1),
        ({0: 1, 1: 1}, 1),
        ({0: 1, 1: 1}, 2),
        ({0: 1}, 1),
        ({0: 0, 2: -1}, 0),
        ({0: 1, 1: 1, 2: 1}, 0),
        ({0: 1, 1: 1, 2: 1}, 4),
        ({0: 1}, 1),
        ({0: 0, 1: 1, 2: 1}, 2),
    ]
    assert circuit.output_wire.tolist() == list(range(3, 12))
    assert circuit.n_forms == circuit.size


def test_sharing_alone():
    builder = tc.Builder(fold=False)
    builder.output("y", asked_for(builder))
    circuit = builder.build()
    assert len(gates(circuit)) == 7
    assert circuit.output_wire.tolist() == [3, 3, 4, 5, 6, 7, 8, 5, 9]
    assert circuit.n_forms == 5


def test_folding_alone():
    builder = tc.Builder(share=False)
    builder.output("y", asked_for(builder)[:4] + asked_for_names(builder))
    circuit = builder.build()
    assert gates(circuit)[:3] == [({0: 1, 1: 1}, 1), ({0: 1, 1: 1}, 1), ({0: 1, 1: 1}, 2)]
    assert circuit.output_wire.tolist()[3] == 0


def asked_for_names(builder):
    z = builder.inputs("z", 2)
    return [0 * z[0] + z[1] >= 1, z[0] - z[0] >= 1]


def test_sharing_and_folding():
    builder = tc.Builder()
    builder.output("y", asked_for(builder))
    circuit = builder.build()
    assert circuit.output_wire.tolist() == [3, 3, 4, 0, 6, TRUE, FALSE, 0, 5]
    assert gates(circuit) == [
        ({0: 1, 1: 1}, 1),
        ({0: 1, 1: 1}, 2),
        ({1: 1, 2: 1}, 2),
        ({2: -1}, 0),  # the only NOT gate: an output is an inverted input
    ]
    assert circuit.n_forms == 3


def test_forms_are_folded_by_their_range():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    s = builder.form(2 * x[0] - 3 * x[1] + 5)
    t = builder.form(s - 2 * x[2])
    y = [t >= 0, t >= 1, t >= 7, t >= 8, -t >= 0, -t >= -7]
    builder.output("y", y)
    circuit = builder.build()
    assert [wire < 0 for wire in circuit.output_wire] == [True, False, False, True, False, True]
    assert [row[0] for row in flatten(circuit).table()] == [1] * 8


# Outputs --------------------------------------------------------------------------------------


def test_outputs():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    builder.output("bus", x)
    builder.output("nested", [[x[0]], [x[1], x[0] & x[1]]])
    builder.output("none", [])
    builder.output("zero", builder.constant(0))
    builder.output("one", ~builder.constant(0))
    circuit = builder.build()
    names = ["bus[0]", "bus[1]", "nested[0][0]", "nested[1][0]", "nested[1][1]", "zero", "one"]
    assert list(circuit.output_names) == names
    assert circuit.output_wire.tolist() == [0, 1, 0, 1, 2, FALSE, TRUE]


def test_bad_outputs():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    builder.output("y", x[0])
    with pytest.raises(BuilderError, match="already an output named 'y'"):
        builder.output("y", x[1])
    with pytest.raises(BuilderError, match="linear form, not a bit"):
        builder.output("z", x[0] + x[1])
    with pytest.raises(BuilderError, match="linear form, not a bit"):
        builder.output("z", builder.form(x[0] + x[1]))
    for value in (1, "x", b"x", None):
        with pytest.raises(BuilderError, match="must be a wire or condition"):
            builder.output("z", value)
    for name in ("", 3, None):
        with pytest.raises(BuilderError, match="non-empty string"):
            builder.output(name, x[0])


def test_constants():
    builder = tc.Builder()
    assert builder.constant(1).is_constant
    assert not builder.input("x").is_constant
    for value in (2, -1, 0.5, "1", builder, np.arange(2)):
        with pytest.raises(BuilderError, match="constant"):
            builder.constant(value)


# Gates and forms ------------------------------------------------------------------------------


def test_gate_of_a_negation():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    neither = builder.gate(~(x[0] | x[1]), "neither")
    not_x = builder.gate(~x[0], "not_x")
    again = builder.gate(~not_x)
    assert builder.gate(~builder.constant(0)).id == builder.constant(1).id
    assert builder.gate(x[1]).id == x[1].id
    builder.output("y", [neither, not_x, again])
    circuit = builder.build()
    assert gates(circuit) == [({0: -1, 1: -1}, 0), ({0: -1}, 0), ({3: -1}, 0)]
    assert circuit.gate_names == {0: "neither", 1: "not_x"}


def test_gate_takes_signals():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    for make in (builder.gate, builder.materialize):
        for value in (x[0] + x[1], builder.form(x[0] + x[1]), 1, None, x):
            with pytest.raises(BuilderError, match="takes wires and conditions"):
                make(value)


def test_materialize():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    assert repr(builder.materialize(~(x[0] & x[1]))) == "<Negation of <Wire gate 0>>"
    assert builder.materialize(x[0] >= 1) == x[0]
    assert len(builder) == 1


def test_forms_are_stored_once():
    builder = tc.Builder(share=False)
    x = builder.inputs("x", 3)
    s = builder.form(tc.sum(x) + 1, "s")
    assert repr(builder.form(s)) == "<SharedForm 0>"
    t = builder.form(2 * s - x[0], "t")
    builder.output("y", [s >= 2, s >= 3, t >= 4])
    circuit = builder.build()
    assert [circuit.terms(form) for form in range(circuit.n_forms)] == [
        [(0, 1), (1, 1), (2, 1)],
        [(-1, 2), (0, -1)],
    ]
    assert circuit.thresholds.tolist() == [1, 2, 2]
    assert circuit.form_names == {0: "s", 1: "t"}
    assert circuit.gates[2].terms == {0: 1, 1: 2, 2: 2}


def test_forms_of_conditions():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    s = builder.form((x[0] & x[1]) + ~(x[1] & x[2]) + ~x[0])
    builder.output("y", s >= 2)
    circuit = builder.build()
    table = flatten(circuit).table()
    expected = [
        [int((a & b) + (1 - (b & c)) + (1 - a) >= 2)]
        for a in (0, 1)
        for b in (0, 1)
        for c in (0, 1)
    ]
    assert table == expected


@pytest.mark.parametrize("bits", [62, 63, 64, 511])
def test_weights_of_any_size(bits):
    big = 2**bits
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    builder.output("y", big * x[0] - big * x[1] + x[2] >= big)
    builder.output("z", ~(big * x[0] + 2 * x[1] >= big + 1))
    circuit = builder.build()
    assert gates(circuit) == [
        ({0: big, 1: -big, 2: 1}, big),
        ({0: -big, 1: -2}, -big),
    ]
    assert bool(circuit.big_weights) == (bits >= 63)
    expected = [
        [int(a > b or (a == b and big == 0)), int(not (a and b))]
        for a in (0, 1)
        for b in (0, 1)
        for c in (0, 1)
    ]
    assert flatten(circuit).table() == expected


@given(st.lists(st.integers(-(2**70), 2**70), min_size=2, max_size=4), st.integers(-(2**70), 2**70))
def test_huge_weights_are_exact(weights, threshold):
    builder = tc.Builder(fold=False)
    x = builder.inputs("x", len(weights))
    builder.output("y", tc.dot(weights, x) >= threshold)
    circuit = builder.build()
    assert gates(circuit) == [(dict(enumerate(weights)), threshold)]


# Scopes and names -----------------------------------------------------------------------------


def test_scopes():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    with builder.scope("outer"):
        first = x[0] & x[1]
        with builder.scope("inner"):
            second = x[0] ^ x[2]
        third = x[1] | x[2]
    with builder.scope("outer/inner"):
        fourth = tc.majority(x)
    # A gate belongs to the scope in which its comparison was written, wherever it is made.
    with builder.scope("late"):
        builder.output("y", [fourth, third, second, first, ~tc.all(x)])
    circuit = builder.build()
    assert circuit.scope_names == ("", "outer", "outer/inner", "late")
    scopes = [(gate.kind, gate.scope) for gate in circuit.gates]
    assert scopes == [
        ("maj", "outer/inner"),
        ("or", "outer"),
        ("and", "outer/inner"),
        ("weighted", "outer/inner"),
        ("and", "outer"),
        ("or", "late"),
    ]


def test_the_complement_stays_in_the_scope_of_its_comparison():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    with builder.scope("here"):
        both = x[0] & x[1]
    builder.output("y", builder.gate(~both))
    assert builder.build().gates[0].scope == "here"


def test_a_scope_closes_when_an_error_passes():
    builder = tc.Builder()
    with pytest.raises(ZeroDivisionError), builder.scope("s"):
        _ = 1 // 0
    assert builder.current_scope == 0


@pytest.mark.parametrize("name", ["", "/", "a//b", "/a", "a/", 3, None])
def test_bad_scopes(name):
    with pytest.raises(BuilderError, match="scope's name"), tc.Builder().scope(name):
        pass


def test_many_scopes():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    for i in range(20_000):
        with builder.scope(f"s{i}"):
            builder.gate(x[0] & x[1])
    assert len(builder.build().scope_names) == 20_001


def test_names():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    both = builder.gate(x[0] & x[1], "both")
    builder.gate(x[1] & x[0], "the same gate")
    builder.form(x[0] + x[1], "s")
    for make in (
        lambda: builder.gate(x[0] | x[1], "both"),
        lambda: builder.gate(x[0] | x[1], "s"),
        lambda: builder.form(x[0] - x[1], "both"),
        lambda: builder.input("s"),
        lambda: builder.gate(x[0] | x[1], "x[0]"),
        lambda: builder.input("x[0]"),
    ):
        with pytest.raises(BuilderError, match="there is already"):
            make()
    for value in (x[0], x[0] >= 1, builder.constant(1), tc.sum(x) >= 0):
        with pytest.raises(BuilderError, match="not a gate"):
            builder.gate(value, "name")
    builder.output("both", both)
    circuit = builder.build()
    assert circuit.gate_names == {0: "both"}
    assert circuit.form_names == {0: "s"}
    assert circuit.gates[0].name == "both"


def test_bad_inputs():
    builder = tc.Builder()
    with pytest.raises(BuilderError, match="must not be negative"):
        builder.inputs("x", -1)
    with pytest.raises(BuilderError, match="integer"):
        builder.inputs("x", 1.5)
    for name in ("", None, 3):
        with pytest.raises(BuilderError, match="non-empty string"):
            builder.input(name)
    assert len(builder.inputs("x", 0)) == 0


def test_repr():
    builder = tc.Builder()
    builder.inputs("x", 2)
    assert repr(builder) == "<Builder: 2 inputs, 0 gates, open>"
