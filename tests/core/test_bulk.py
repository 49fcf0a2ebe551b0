"""Gates from arrays: two-dimensional, in compressed rows, sharing forms, reading each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.bulk import normalize_forms
from tcsim.errors import ArgumentError, BuilderError


def inputs(count=4):
    builder = tc.Builder()
    return builder, builder.inputs("x", count)


def gates(circuit):
    return [(gate.terms, gate.threshold) for gate in circuit.gates]


def test_rows_of_one_length():
    builder, _ = inputs()
    made = builder.add_gates([1, 2], [[2, 0], [1, 3]], [[5, -6], [7, 8]])
    builder.output("y", made)
    assert gates(builder.build()) == [({0: -6, 2: 5}, 1), ({1: 7, 3: 8}, 2)]
    assert len(made) == 2
    assert made[1].id == made.ids[0] + 1


def test_one_weight_for_all():
    builder, x = inputs()
    builder.add_gates(np.array([1, 2]), x.ids.reshape(2, 2), -1)
    assert gates(builder.build()) == [({0: -1, 1: -1}, 1), ({2: -1, 3: -1}, 2)]


def test_compressed_rows():
    builder, _ = inputs()
    builder.add_gates([1, 0, 2], [3, 0, 1, 2], [1, 2, 3, 4], starts=[0, 2, 2, 4])
    assert gates(builder.build()) == [({0: 2, 3: 1}, 1), ({}, 0), ({1: 3, 2: 4}, 2)]


def test_shared_forms():
    builder, _ = inputs()
    builder.add_gates([1, 2, 3, 1], [[0, 1, 2], [1, 2, 3]], 1, forms=[0, 0, 0, 1])
    circuit = builder.build()
    assert circuit.n_forms == 2
    assert circuit.gate_form.tolist() == [0, 0, 0, 1]
    assert circuit.edges == 12


def test_repeated_operands_are_added_up():
    builder, _ = inputs()
    builder.add_gates([1, 1], [[2, 0, 2], [1, 1, 3]], [[5, 1, -5], [4, 4, 1]])
    assert gates(builder.build()) == [({0: 1, 2: 0}, 1), ({1: 8, 3: 1}, 1)]


def test_repeated_operands_beyond_int64():
    builder, _ = inputs()
    builder.add_gates([2**70], [[0, 0, 1]], [[2**62, 2**62, 3]])
    circuit = builder.build()
    assert gates(circuit) == [({0: 2**63, 1: 3}, 2**70)]
    assert circuit.big_weights == {0: 2**63}
    assert circuit.big_thresholds == {0: 2**70}


def test_gates_read_gates_of_the_same_call():
    builder, _ = inputs(1)
    first = builder.next_gate_id
    builder.add_gates([1] * 3, [[0], [first], [first + 1]], 1)
    circuit = builder.build()
    assert circuit.levels.tolist() == [1, 2, 3]


def test_operands_that_are_no_wires():
    """-1 pads arrays in NumPy, and numbers stored forms inside: it must not slip in."""
    builder, x = inputs(3)
    builder.form(tc.sum(x))
    for operand in (-1, -2, 3, builder.next_gate_id - 1):
        with pytest.raises(BuilderError, match=f"operand {operand} is no wire"):
            builder.add_gates([2], [[0, operand]], 1)


def test_a_gate_does_not_read_itself_or_later_ones():
    builder, _ = inputs(1)
    first = builder.next_gate_id
    for operands in ([[first], [0]], [[0], [first + 1]], [[first + 1], [0]]):
        with pytest.raises(BuilderError, match="does not come before"):
            builder.add_gates([1, 1], operands, 1)
    assert len(builder) == 0


def test_literal_even_where_the_builder_shares_and_folds():
    builder, _ = inputs()
    builder.add_gates([1, 1, 5], [[0, 1], [0, 1], [0, 1]], [[1, 0], [1, 0], [1, 1]])
    circuit = builder.build()
    assert gates(circuit) == [({0: 1, 1: 0}, 1), ({0: 1, 1: 0}, 1), ({0: 1, 1: 1}, 5)]
    assert circuit.n_forms == 3


def test_the_open_scope():
    builder, _ = inputs()
    with builder.scope("layer"):
        builder.add_gates([1], [[0, 1]], 1)
    assert builder.build().gates[0].scope == "layer"


def test_nothing():
    builder, _ = inputs()
    assert len(builder.add_gates([], np.zeros((0, 2), int), 1)) == 0
    assert len(builder.add_gates([], [], [], starts=[0])) == 0
    assert builder.build().size == 0


WRONG = {
    "a threshold too many": ([1, 2], [[0, 1]], 1, {}, "2 thresholds for 1 forms"),
    "flat operands": ([1], [0, 1], 1, {}, "shape"),
    "three dimensions": ([1], [[[0, 1]]], 1, {}, "shape"),
    "uneven operands": ([1, 1], [[0, 1], [2]], 1, {}, "operands"),
    "uneven weights": ([1], [[0, 1]], [[1], [1, 2]], {}, "weights"),
    "shape of weights": ([1], [[0, 1]], [1, 1], {}, r"weights have shape \(2,\)"),
    "float weights": ([1], [[0, 1]], [[0.5, 1]], {}, "weights"),
    "one float weight": ([1], [[0, 1]], 1.5, {}, "weights"),
    "text": ([1], [["a", "b"]], 1, {}, "operands"),
    "float operands": ([1], [[0.0, 1.0]], 1, {}, "operands"),
    "float thresholds": (np.array([1.0]), [[0, 1]], 1, {}, "thresholds"),
    "a number for thresholds": (1, [[0, 1]], 1, {}, "thresholds must be one-dimensional"),
    "thresholds in two dimensions": ([[1]], [[0, 1]], 1, {}, "thresholds"),
    "an unknown wire": ([1], [[0, 9]], 1, {}, "operand 9 is no wire"),
    "an unknown form": ([1], [[0, -1]], 1, {}, "operand -1 is no wire"),
    "a huge operand": ([1], [[0, 2**80]], 1, {}, "operands"),
    "starts that fall": ([1, 1], [0, 1], 1, {"starts": [0, 2, 1, 2]}, "starts"),
    "starts beyond": ([1], [0, 1], 1, {"starts": [0, 3]}, "starts"),
    "starts from one": ([1], [0, 1], 1, {"starts": [1, 2]}, "starts"),
    "no starts": ([], [], 1, {"starts": []}, "starts"),
    "huge starts": ([1, 1], [0, 1], 1, {"starts": [0, 2**80, 2]}, "starts"),
    "starts that wrap": (
        [1, 1, 1],
        [],
        1,
        {"starts": [0, 2**63 - 1, -(2**63) + 1, 0]},
        "starts",
    ),
    "an unknown form to use": ([1], [[0, 1]], 1, {"forms": [1]}, "forms="),
    "a negative form to use": ([1], [[0, 1]], 1, {"forms": [-1]}, "forms="),
    "a huge form to use": ([1], [[0, 1]], 1, {"forms": [2**80]}, "forms="),
    "forms of another length": ([1], [[0, 1]], 1, {"forms": [0, 0]}, "forms="),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments(name):
    thresholds, operands, weights, options, message = WRONG[name]
    builder, _ = inputs()
    with pytest.raises((ArgumentError, BuilderError), match=message):
        builder.add_gates(thresholds, operands, weights, **options)
    assert len(builder) == 0
    builder.output("y", builder.add_gates([1], [[0, 1]], 1))
    assert builder.build().size == 1


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(-(2**64), 2**64)), max_size=5),
        max_size=4,
    )
)
def test_forms_are_brought_into_order(rows):
    starts = np.cumsum([0, *map(len, rows)])
    flat = [pair for row in rows for pair in row]
    found = normalize_forms(
        np.array([operand for operand, _ in flat], np.int64), [w for _, w in flat], starts
    )
    for number, row in enumerate(rows):
        expected = {}
        for operand, weight in row:
            expected[operand] = expected.get(operand, 0) + weight
        place = slice(found.starts[number], found.starts[number + 1])
        assert found.operands[place].tolist() == sorted(expected)
        assert dict(zip(found.operands[place], found.weights[place], strict=True)) == expected


@given(st.integers(0, 4), st.integers(0, 5), st.randoms(use_true_random=False))
def test_rows_of_one_length_are_the_same_as_compressed_ones(rows, fan_in, random):
    operands = [[random.randrange(4) for _ in range(fan_in)] for _ in range(rows)]
    weights = [[random.randrange(-9, 10) for _ in range(fan_in)] for _ in range(rows)]
    table = np.array(operands, np.int64).reshape(rows, fan_in)
    first = normalize_forms(table, np.array(weights, np.int64).reshape(rows, fan_in))
    second = normalize_forms(
        table.reshape(-1), [w for row in weights for w in row], np.arange(rows + 1) * fan_in
    )
    assert first.starts.tolist() == second.starts.tolist()
    assert first.operands.tolist() == second.operands.tolist()
    assert first.weights.tolist() == second.weights.tolist()
