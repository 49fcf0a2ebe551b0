"""Circuit: every rule of its arrays, immutability, views of its forms."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim import Circuit
from tcsim.errors import ArgumentError, CircuitError
from tcsim.strategies import circuits
from tests.measure.oracle import flatten

GOOD = {
    "input_names": ["a", "b"],
    "form_start": [0, 2, 4],
    "form_operand": [0, 1, -1, 2],
    "form_weight": [1, 1, 2, -1],
    "gate_form": [0, 1],
    "gate_threshold": [2, 0],
    "output_wire": [3, 0, -1],
    "output_names": ["y", "z", "one"],
    "gate_scope": [0, 1],
    "scope_names": ["", "s"],
    "gate_names": {1: "g"},
    "form_names": {0: "f"},
}


def test_arrays_of_a_circuit():
    circuit = Circuit(**GOOD)
    assert repr(circuit) == "<Circuit: 2 inputs, 3 outputs, size 2, depth 2>"
    assert (circuit.n_inputs, circuit.n_outputs, circuit.n_forms, circuit.size) == (2, 3, 2, 2)
    assert circuit.terms(1) == [(-1, 2), (2, -1)]
    assert circuit.expand(1) == {0: 2, 1: 2, 2: -1}
    assert circuit.threshold(0) == 2
    assert circuit.has_nested_forms
    assert circuit.gates[1].scope == "s"
    assert circuit.gates[1].name == "g"
    assert flatten(circuit).table() == [[1, 0, 1], [1, 0, 1], [1, 1, 1], [1, 1, 1]]


RULES = {
    "no form_start": ({"form_start": []}, "form_start must run from 0 to 4"),
    "form_start from 1": ({"form_start": [1, 2, 4]}, "form_start must run"),
    "form_start to 3": ({"form_start": [0, 2, 3]}, "form_start must run"),
    "a form that ends early": ({"form_start": [0, 5, 4]}, "form 1 ends before it starts"),
    "weights missing": ({"form_weight": [1, 1, 2]}, "4 form_operand but 3 form_weight"),
    "operands repeated": ({"form_operand": [0, 0, -1, 2]}, "form 0: operand 0 follows 0"),
    "operands that fall": ({"form_operand": [0, 1, 2, -1]}, "form 1: operand -1 follows 2"),
    "a threshold missing": ({"gate_threshold": [2]}, "1 gate_threshold"),
    "a gate_form missing": ({"gate_form": [0]}, "1 gate_form, 2 gate_threshold"),
    "a scope missing": ({"gate_scope": [0]}, "1 gate_scope"),
    "an unknown form": ({"gate_form": [0, 2]}, "gate 1 uses form 2, but the last is 1"),
    "a negative form": ({"gate_form": [-1, 1]}, "gate 0 uses form -1"),
    "an unknown scope": ({"gate_scope": [0, 2]}, "gate 1 has the unknown scope 2"),
    "a negative scope": ({"gate_scope": [-1, 0]}, "gate 0 has the unknown scope -1"),
    "a form in itself": ({"form_operand": [0, 1, -2, 2]}, "form 1 uses form 1"),
    "a later form": ({"form_operand": [-2, 1, -1, 2]}, "form 0 uses form 1, which is not earlier"),
    "an unknown wire": ({"form_operand": [0, 1, -1, 4]}, "reads wire 4, but the last is 3"),
    "a gate that reads itself": ({"form_operand": [0, 1, -1, 3]}, "form 1 reads gate 1"),
    "a cycle": ({"form_operand": [0, 3, -1, 2]}, "form 0 reads gate 1.*no cycle"),
    "a form used before its wires": ({"gate_form": [1, 0]}, "form 1 reads gate 0"),
    "an unknown output": ({"output_wire": [4, 0, -1]}, "output 0 is wire 4, but the last is 3"),
    "a negative output": ({"output_wire": [3, -3, -1]}, "output 1 is wire -3"),
    "an output name missing": ({"output_names": ["y", "z"]}, "3 output_wire but 2 output_names"),
    "inputs of one name": ({"input_names": ["a", "a"]}, "two inputs are named 'a'"),
    "outputs of one name": ({"output_names": ["y", "z", "y"]}, "two outputs are named 'y'"),
    "scopes of one name": ({"scope_names": ["", "s", "s"]}, "two scopes are named 's'"),
    "no root scope": ({"scope_names": ["s", ""]}, "root scope"),
    "no scopes": ({"scope_names": []}, "unknown scope"),
    "a name that is a number": ({"input_names": ["a", 3]}, "3 is not a string"),
    "no name": ({"output_names": ["y", "z", None]}, "None is not a string"),
    "a name of no gate": ({"gate_names": {2: "g"}}, "'g' is given to gate 2 of 2"),
    "a name of gate -1": ({"gate_names": {-1: "g"}}, "'g' is given to gate -1 of 2"),
    "a name of no form": ({"form_names": {9: "f"}}, "'f' is given to form 9 of 2"),
    "a gate named like an input": ({"gate_names": {0: "a"}}, "named 'a'"),
    "a gate named like a form": ({"gate_names": {0: "f"}}, "named 'f'"),
    "a gate with the name 7": ({"gate_names": {0: 7}}, "7 is not a string"),
    "names by text": ({"gate_names": {"0": "g"}}, "keys of gate_names must be integers"),
    "names by nothing": ({"form_names": {None: "g", 1: "h"}}, "keys of form_names"),
    "differences that wrap": (
        {"form_start": [0, 2**63 - 1, -(2**63) + 1, 4]},
        "form 1 ends before it starts",
    ),
    "operands whose difference wraps": (
        {"form_operand": [2**63 - 1, -(2**63) + 1, -1, 2]},
        "form 0: operand",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_rules(rule):
    changes, message = RULES[rule]
    with pytest.raises(CircuitError, match=message):
        Circuit(**{**GOOD, **changes})


@pytest.mark.parametrize(
    "name",
    [
        "form_start",
        "form_operand",
        "form_weight",
        "gate_form",
        "gate_threshold",
        "output_wire",
        "gate_scope",
    ],
)
def test_arrays_hold_integers(name):
    for value in ([0.5], "text", 3, [[0]], [None], np.zeros(2), np.zeros((2, 2), int)):
        with pytest.raises(ArgumentError, match=name):
            Circuit(**{**GOOD, name: value})
    if name not in {"form_weight", "gate_threshold"}:
        with pytest.raises(ArgumentError, match=f"{name}.*beyond int64"):
            Circuit(**{**GOOD, name: [2**63]})


ARRAYS = st.sampled_from(
    ["form_start", "form_operand", "form_weight", "gate_form", "gate_threshold", "output_wire"]
)
VALUES = st.integers(-3, 12) | st.sampled_from(
    [s * (2**bits + off) for s in (1, -1) for bits in (31, 62, 63, 64) for off in (-1, 0, 1)]
)


@given(circuits(size=(0, 6)), st.data())
def test_corrupted_arrays_are_refused_or_are_circuits(circuit, data):
    state = circuit._state()
    for name in data.draw(st.lists(ARRAYS, min_size=1, max_size=3)):
        values = list(state[name])
        for _ in range(data.draw(st.integers(1, 3))):
            action = data.draw(st.sampled_from(["change", "insert", "remove", "swap"]))
            place = data.draw(st.integers(0, len(values)))
            if action == "insert":
                values.insert(place, data.draw(VALUES))
            elif place < len(values) and action == "remove":
                del values[place]
            elif place < len(values) and action == "swap":
                values[place], values[-1] = values[-1], values[place]
            elif place < len(values):
                values[place] = data.draw(VALUES)
        state[name] = values
    changed = None
    with suppress(CircuitError, ArgumentError):
        changed = Circuit(**state)
    if changed is None:
        return
    # What is accepted has a meaning: every wire stands on a level and has a value.
    flat = flatten(changed)
    assert changed.levels.tolist() == flat.levels()
    assert len(flat.table()) == 2**changed.n_inputs


def test_nothing_can_be_changed():
    circuit = Circuit(**GOOD)
    for name in (*Circuit.__slots__, "depth", "other"):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(circuit, name, None)
        with pytest.raises(AttributeError, match="immutable"):
            delattr(circuit, name)
    for array in (
        circuit.form_start,
        circuit.form_operand,
        circuit.form_weight,
        circuit.gate_form,
        circuit.gate_threshold,
        circuit.gate_scope,
        circuit.output_wire,
        circuit.weights,
        circuit.thresholds,
        circuit.levels,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    for names in (circuit.gate_names, circuit.form_names, circuit.big_weights):
        with pytest.raises(TypeError):
            names[0] = "other"


def test_big_weights_are_read_only():
    circuit = Circuit(**{**GOOD, "form_weight": [2**63, 1, 2, -1]})
    assert circuit.weights.tolist() == [2**63, 1, 2, -1]
    with pytest.raises(ValueError, match="read-only"):
        circuit.weights[0] = 1


def test_arrays_of_others_are_copied():
    arrays = {
        name: np.array(value) for name, value in GOOD.items() if name.startswith(("form_", "gate_"))
    }
    names = {"gate_names": {1: "g"}, "form_names": {0: "f"}}
    view = np.array([9, *GOOD["form_weight"], 9])[1:-1]
    view.flags.writeable = False
    circuit = Circuit(**{**GOOD, **arrays, **names, "form_weight": view})
    before = circuit.structure_id, circuit.gates[1].terms
    for name in ("form_start", "form_operand", "gate_form", "gate_threshold", "gate_scope"):
        arrays[name][:] = 0
    view.base[:] = 7
    names["gate_names"][0] = "other"
    assert Circuit(**circuit._state()).structure_id == before[0]
    assert circuit.gates[1].terms == before[1]
    assert circuit.gate_names == {1: "g"}


def test_every_kind_of_integers():
    same = Circuit(**GOOD)
    for dtype in (np.int8, np.int32, ">i8", object):
        arrays = {
            name: np.array(value, dtype)
            for name, value in GOOD.items()
            if isinstance(value, list) and isinstance(value[0], int)
        }
        assert Circuit(**{**GOOD, **arrays}) == same
    assert Circuit(**{**GOOD, "gate_names": {np.int64(1): "g"}}) == same


@given(circuits(), circuits(weights=(-(2**70), 2**70)))
def test_repr_is_one_line(circuit, other):
    for each in (circuit, other):
        flat = flatten(each)
        assert repr(each) == (
            f"<Circuit: {flat.inputs} inputs, {len(flat.outputs)} outputs, "
            f"size {len(flat.gates)}, depth {flat.depth()}>"
        )


def test_the_public_face():
    for name in tc.__all__:
        assert getattr(tc, name) is not None
    assert set(tc.__all__) <= set(dir(tc))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tc.nothing


def test_arrays_made_later():
    """A deferred circuit checks its ports at once and makes its arrays on first use, once."""
    calls = []

    def arrays():
        calls.append(1)
        return {
            "form_start": np.array([0, 2]),
            "form_operand": np.array([0, 1]),
            "form_weight": np.array([1, 1]),
            "gate_form": np.array([0]),
            "gate_threshold": np.array([2]),
            "gate_scope": np.array([0]),
        }

    ports = {"input_names": ["a", "b"], "output_wire": np.array([2]), "output_names": ["y"]}
    circuit = Circuit.deferred(arrays, size=1, **ports)
    assert (circuit.size, circuit.n_forms, circuit.n_inputs, circuit.n_outputs) == (1, 1, 2, 1)
    assert not circuit.has_nested_forms
    assert not calls
    assert circuit.terms(0) == [(0, 1), (1, 1)]
    assert circuit.threshold(0) == 2
    assert circuit == Circuit(**arrays(), **ports)
    assert len(calls) == 2
    for change, problem in (
        ({"output_wire": np.array([3])}, "output 0 is wire 3, but the last is 2"),
        ({"output_names": ["y", "z"]}, "1 output_wire but 2 output_names"),
        ({"input_names": ["a", "a"]}, "two inputs are named 'a'"),
    ):
        with pytest.raises(CircuitError, match=problem):
            Circuit.deferred(arrays, size=1, **{**ports, **change})
