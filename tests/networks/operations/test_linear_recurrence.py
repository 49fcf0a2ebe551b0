"""LinearRecurrence: exact fractions in every state, one rounding, one level for all positions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, LinearRecurrence, Requantize
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)


def plain(operation: LinearRecurrence, sequence: list[list[int]]) -> list[list[int]]:
    """The definition, with a state of fractions that is carried from position to position."""
    state = [Fraction(0)] * len(operation.a)
    found = []
    for x in sequence:
        moved = [sum(p * h for p, h in zip(row, state, strict=True)) for row in operation.a]
        read = [sum(p * v for p, v in zip(row, x, strict=True)) for row in operation.b]
        state = [p + q for p, q in zip(moved, read, strict=True)]
        outputs = []
        for row, direct in zip(operation.c, operation.d, strict=True):
            value = sum(p * h for p, h in zip(row, state, strict=True))
            value += sum(p * v for p, v in zip(direct, x, strict=True))
            half = Fraction(1, 2) if operation.rounding == "half_up" else 0
            rounded = math.floor(value + half)
            outputs.append(min(max(rounded, operation.code.lo), operation.code.hi))
        found.append(outputs)
    return found


@st.composite
def recurrences(draw, kinds=("thermometer", "binary")) -> LinearRecurrence:
    states, inputs, outputs = (draw(st.integers(1, 2)) for _ in range(3))
    number = st.fractions(-2, 2, max_denominator=6)

    def table(rows: int, columns: int):
        return [[draw(number) for _ in range(columns)] for _ in range(rows)]

    lo = draw(st.integers(-4, 2))
    code = Code(lo, lo + draw(st.integers(1, 6)), draw(st.sampled_from(kinds)))
    return LinearRecurrence(
        table(states, states),
        table(states, inputs),
        table(outputs, states),
        code,
        d=draw(st.sampled_from([None, table(outputs, inputs)])),
        rounding=draw(st.sampled_from(["half_up", "floor"])),
    )


@st.composite
def inputs_codes(draw) -> Code:
    lo = draw(st.integers(-3, 2))
    kind = draw(st.sampled_from(["thermometer", "binary", "one_hot"]))
    return Code(lo, lo + draw(st.integers(1, 3)), kind)


@given(operation=recurrences(), data=st.data())
def test_meaning(operation: LinearRecurrence, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 6))
    row = st.lists(st.integers(-9, 9), min_size=operation.inputs, max_size=operation.inputs)
    rows = data.draw(
        st.lists(st.lists(row, min_size=length, max_size=length), min_size=1, max_size=3)
    )
    assert operation(np.array(rows)).tolist() == [plain(operation, one) for one in rows]


def test_states_and_weights_beyond_int64() -> None:
    """Sixty positions of a decay by 5/7: the weights have more than 150 bits."""
    operation = LinearRecurrence([[Fraction(5, 7)]], [[1]], [[1]], Code(-9, 9))
    random = np.random.default_rng(0)
    x = random.integers(-3, 4, (5, 60, 1))
    assert operation(x).tolist() == [plain(operation, one) for one in x.tolist()]
    assert max(w for row in operation.rows(60)[-1][0][0] for w in row) > 2**150
    network = alone(operation, ((60, 1), Code(-3, 3)))
    circuit = tc.networks.compile(network)
    assert circuit.depth == 1
    long = alone(operation, ((65, 1), Code(-3, 3)))  # its range is the code's
    assert (long.output_values[0].least, long.output_values[0].largest) == (-9, 9)
    assert network.decode(circuit(network.encode(x))).tolist() == operation(x).tolist()


@settings(max_examples=30)
@given(
    operation=recurrences(),
    code=inputs_codes(),
    length=st.integers(1, 4),
    share=st.booleans(),
    fold=st.booleans(),
)
def test_circuit(operation, code, length: int, share: bool, fold: bool) -> None:
    network = alone(operation, ((length, operation.inputs), code))
    assert_circuit_is_the_network(network, share=share, fold=fold)


@settings(max_examples=30)
@given(
    operation=recurrences(),
    code=inputs_codes(),
    length=st.integers(1, 4),
    batch=st.sampled_from([(), (2,)]),
    projected=st.booleans(),
)
def test_cost(operation, code, length: int, batch, projected: bool) -> None:
    shape = (*batch, length, operation.inputs)
    if projected:  # forms that all read the same wires of a position
        sketch = tc.networks.Sketch()
        x = sketch.input("x", shape, code)
        size = operation.inputs
        mixed = sketch.add(Affine(np.full((size, size), 3), np.zeros(size, int)), x)
        network = sketch.network(sketch.add(operation, mixed))
    else:
        network = alone(operation, (shape, code))
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.depth == (2 if operation.code.kind == "binary" else 1)


@pytest.mark.parametrize("length", [1, 2, 5, 9])
def test_one_level_for_all_positions(length: int) -> None:
    operation = LinearRecurrence([[0.5, 1], [0, 0.25]], [[1], [1]], [[1, 2]], Code(0, 7))
    network = alone(operation, ((length, 1), Code(0, 3)))
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.depth == 1
    assert circuit.size == 7 * length
    assert circuit.edges == 7 * 3 * length * (length + 1) // 2


def test_a_named_length() -> None:
    operation = LinearRecurrence([[0.5]], [[1, 2]], [[1], [2]], Code(0, 3, "binary"))
    named = alone(operation, (("n", 2), Code(0, 3)))
    for length in (1, 2, 7):
        assert_named_axis_is_its_number(named, n=length)


def test_exhaustive_and_not_constant() -> None:
    operation = LinearRecurrence([[0.5]], [[1]], [[1]], Code(-4, 4))
    network = alone(operation, ((4, 1), Code(-2, 2)))
    assert len(rows_of(network, 700)[0]) == 5**4
    assert assert_circuit_is_the_network(network, 700) > 100


def test_range_is_reached() -> None:
    operation = LinearRecurrence([[-0.5]], [[1]], [[1]], Code(-9, 9))
    network = alone(operation, ((3, 1), Code(-1, 2)))
    found = network.run(*rows_of(network, 100))[0]
    (values,) = network.output_values
    assert found.min(axis=0).tolist() == values.lo.tolist()
    assert found.max(axis=0).tolist() == values.hi.tolist()


def test_levels_of_late_inputs() -> None:
    """Inputs that come later in a sequence's middle delay it and what follows, nothing before."""
    code = Code(0, 3)
    operation = LinearRecurrence([[1]], [[1]], [[1]], Code(0, 9))
    sketch = tc.networks.Sketch()
    x = sketch.input("x", (3, 1), code)
    rounded = sketch.add(Requantize([[1, 2, 3]], code), x)
    network = sketch.network(sketch.add(operation, rounded))
    assert assert_cost_is_the_circuit(network).depth == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 2]], [[1]], [[1]]), r"a is \(1, 2\)"),
        (([[1]], [[1], [2]], [[1]]), r"b is \(2, 1\)"),
        (([[1]], [[1]], [[1, 2]]), r"c is \(1, 2\)"),
        (([[float("nan")]], [[1]], [[1]]), "finite"),
        (([[float("inf")]], [[1]], [[1]]), "finite"),
        (([[]], [[1]], [[1]]), "rows of one length"),
        (([[1], [1, 2]], [[1]], [[1]]), "rows of one length"),
        ((5, [[1]], [[1]]), "matrix of finite numbers"),
        (([["x"]], [[1]], [[1]]), "matrix of finite numbers"),
    ],
)
def test_bad_matrices(arguments, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        LinearRecurrence(*arguments, Code(0, 3))


def test_bad_use() -> None:
    with pytest.raises(NetworkError, match="half_up or floor"):
        LinearRecurrence([[1]], [[1]], [[1]], Code(0, 3), rounding="even")
    with pytest.raises(NetworkError, match="thermometer or binary"):
        LinearRecurrence([[1]], [[1]], [[1]], Code(0, 3, "one_hot"))
    with pytest.raises(NetworkError, match=r"d is \(1, 2\)"):
        LinearRecurrence([[1]], [[1]], [[1]], Code(0, 3), d=[[1, 2]])
    operation = LinearRecurrence([[1]], [[1]], [[1]], Code(0, 3))
    with pytest.raises(NetworkError, match=r"positions, 1\) integers, not \(4, 2\)"):
        alone(operation, ((4, 2), Code(0, 1)))
    with pytest.raises(NetworkError, match="reads"):
        alone(operation, ((4,), Code(0, 1)))
