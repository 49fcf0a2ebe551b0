"""structure_id, content_id, equality, hash, pickle, copy."""

import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.strategies import circuits

VECTORS = json.loads((Path(__file__).parent / "structure_ids.json").read_text())


def nothing():
    return tc.Builder().build()


def majority():
    builder = tc.Builder()
    builder.output("vote", tc.majority(builder.inputs("x", 5)))
    return builder.build()


def parity():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    with builder.scope("first"):
        half = x[0] ^ x[1]
    builder.output("odd", half ^ x[2])
    builder.output("even", ~(half ^ x[2]))
    builder.output("one", builder.constant(1))
    return builder.build()


def nested():
    builder = tc.Builder(share=False, fold=False)
    x = builder.inputs("x", 4)
    s = builder.form(tc.dot([1, -2, 3, 0], x), "s")
    builder.output("t", [s >= k for k in range(-2, 5)])
    builder.output("u", 2 * s - x[3] >= 1)
    return builder.build()


def huge():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    builder.output("y", 2**511 * x[0] - 2**63 * x[1] + (2**63 - 1) * x[2] >= 2**100)
    builder.output("z", x[0] - 2**200 * x[1] >= -(2**64))
    return builder.build()


def content(circuit):
    """All that there is of a circuit, in lists."""
    return [
        value.tolist() if hasattr(value, "tolist") else value for value in circuit._state().values()
    ]


CIRCUITS = {make.__name__: make for make in (nothing, majority, parity, nested, huge)}


@pytest.mark.parametrize("name", CIRCUITS)
def test_stored_vectors(name):
    """A change here invalidates every cache: it needs a new version in `tcsim.circuit`."""
    circuit = CIRCUITS[name]()
    assert circuit.structure_id == VECTORS["tcsim.structure/1"][name]
    assert circuit.content_id == VECTORS["tcsim.content/1"][name]


@given(circuits(outputs=(0, 3)))
def test_names_and_scopes_are_content_and_not_structure(circuit):
    changes = [{"scope_names": ["", "other"]}]
    if circuit.n_inputs:
        changes.append({"input_names": [f"other {i}" for i in range(circuit.n_inputs)]})
    if circuit.n_outputs:
        changes.append({"output_names": [f"other {i}" for i in range(circuit.n_outputs)]})
    if circuit.size:
        changes.append({"scope_names": ["", "other"], "gate_scope": [1] * circuit.size})
        changes.append({"gate_names": {0: "other"}})
        changes.append({"form_names": {0: "other"}})
    for change in changes:
        changed = circuit.replace(**change)
        assert changed.structure_id == circuit.structure_id
        assert changed.content_id != circuit.content_id
        assert changed != circuit


@given(circuits(size=(0, 2)), circuits(size=(0, 2)))
def test_equality_is_that_of_the_content(circuit, other):
    assert (circuit == other) == (content(circuit) == content(other))


def test_gate_and_form_names_differ():
    circuit = majority()
    ids = {
        circuit.content_id,
        circuit.replace(gate_names={0: "a"}).content_id,
        circuit.replace(form_names={0: "a"}).content_id,
        circuit.replace(gate_names={0: "a"}, form_names={0: "b"}).content_id,
        circuit.replace(gate_names={0: "b"}, form_names={0: "a"}).content_id,
    }
    assert len(ids) == 5


@given(circuits(size=(1, 6)), st.data())
def test_every_array_is_structure(circuit, data):
    name = data.draw(st.sampled_from(["form_weight", "gate_threshold", "output_wire"]))
    array = {"form_weight": circuit.weights, "gate_threshold": circuit.thresholds}.get(
        name, circuit.output_wire
    )
    values = array.tolist()
    if not values:
        return
    place = data.draw(st.integers(0, len(values) - 1))
    values[place] += -1 if values[place] > -2 else 1
    assert circuit.replace(**{name: values}).structure_id != circuit.structure_id


def test_big_values_are_structure():
    ids = set()
    for weight in (2**63, -(2**63), 2**64, 2**63 + 1):
        for threshold in (2**70, -(2**70)):
            changed = huge().replace(
                form_weight=[weight, *huge().weights[1:]],
                gate_threshold=[threshold, *huge().thresholds[1:]],
            )
            ids.add(changed.structure_id)
    assert len(ids) == 8


@given(circuits(weights=(-(2**70), 2**70), names=st.text(max_size=3)) | circuits())
def test_pickle_copy_equality(circuit):
    restored = pickle.loads(pickle.dumps(circuit))
    assert restored == circuit
    assert hash(restored) == hash(circuit)
    assert restored.content_id == circuit.content_id
    assert restored.replace() == circuit
    assert {circuit: 1}[restored] == 1
    assert copy.copy(circuit) is circuit
    assert copy.deepcopy(circuit) is circuit
    assert [view.terms for view in restored.gates] == [view.terms for view in circuit.gates]
    assert circuit != 3
    assert circuit != circuit.content_id


def test_a_pickle_is_validated():
    state = majority()._state()
    state["gate_form"] = [7]
    _, (restored, _) = None, majority().__reduce__()
    with pytest.raises(tc.TcsimError, match="form 7"):
        restored(state)


def test_replace_takes_the_arguments_of_a_circuit():
    with pytest.raises(TypeError, match="unexpected keyword"):
        majority().replace(depth=3)
