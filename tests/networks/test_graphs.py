"""Graphs of any operations: everything that is said of a network, about random ones."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.hierarchy import from_circuit
from tcsim.networks import (
    Affine,
    Code,
    Concatenate,
    Convolution,
    Embedding,
    ExpTable,
    Gather,
    HardAttention,
    IntegerNetwork,
    LayerNorm,
    LinearRecurrence,
    MatrixProduct,
    Pad,
    Product,
    Requantize,
    Reshape,
    RMSNorm,
    Sketch,
    Slice,
    Softmax,
    WordSum,
    compile,  # noqa: A004 - its name
    fused,
    minimize,
    verify,
)
from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.operations.constant import Constant
from tcsim.networks.procedures import port_delays
from tcsim.networks.procedures.modules import network_module
from tcsim.strategies import arrays, graphs

Rows = tuple[np.ndarray, ...]


def pairs(**options):
    """A network and rows for it."""
    return graphs(**options).flatmap(lambda one: st.tuples(st.just(one), arrays(one)))


def assert_circuit_is(network: IntegerNetwork, rows: Rows, circuit: tc.Circuit) -> None:
    expected = network.run(*rows)
    bits = circuit(network.encode(*rows))
    assert np.array_equal(bits, network.encode_outputs(*expected))
    for found, meant in zip(network.decode_all(bits), expected, strict=True):
        assert np.array_equal(found, meant)


def assert_same_function(network: IntegerNetwork, other: IntegerNetwork, rows: Rows) -> None:
    for mine, theirs in zip(network.run(*rows), other.run(*rows), strict=True):
        assert np.array_equal(mine, theirs)


def check_meaning(network: IntegerNetwork, rows: Rows) -> None:
    for share in (True, False):
        for fold in (True, False):
            assert_circuit_is(network, rows, compile(network, share=share, fold=fold))


def check_ranges(network: IntegerNetwork, rows: Rows) -> None:
    for one, found in zip(network.values, network.every_value(*rows), strict=True):
        assert found.dtype == np.int64
        assert found.shape == (len(rows[0]), *one.shape)
        lo, hi = one.full()
        assert (found >= lo).all()
        assert (found <= hi).all()


def check_numbers(network: IntegerNetwork) -> None:
    found = compile(network, share=False, fold=False).measures
    total = network_cost(network, symbolic=False).total
    assert total.size == found.size
    if total.even:
        assert (0, *total.levels) == found.levels
        assert total.width == found.width
    assert total.depth >= found.depth  # the levels of gates that no output needs count too
    assert total.max_weight >= found.max_weight
    if total.exact:
        assert (total.edges, total.max_fan_in) == (found.edges, found.max_fan_in)
    else:
        assert total.edges >= found.edges
        assert total.max_fan_in >= found.max_fan_in


def check_symbols(network: IntegerNetwork) -> None:
    cost, numbers = network.cost(), network_cost(network, symbolic=False)
    total, expected = cost.total.at(cost.values), numbers.total
    assert (total.depth, total.size) == (expected.depth, expected.size)
    if total.exact:
        assert expected.exact
        assert (total.edges, total.max_fan_in) == (expected.edges, expected.max_fan_in)
    else:
        assert total.edges >= expected.edges
        assert total.max_fan_in >= expected.max_fan_in
    assert set(cost.layers) == set(numbers.layers)
    for name, layer in cost.layers.items():
        assert layer.at(cost.values).size == numbers.layers[name].size


def check_codes(network: IntegerNetwork, rows: Rows, kind: str, place: str) -> None:
    try:
        other = network.with_codes(**{place: kind})
    except NetworkError:
        return  # an operation does not read it, or does not make it
    assert_same_function(network, other, rows)
    assert_circuit_is(other, rows, compile(other))
    check_numbers(other)


def check_minimized(network: IntegerNetwork, rows: Rows, objective: str) -> None:
    other = minimize(network, objective)
    before, after = (network_cost(one, symbolic=False).total for one in (network, other))
    assert getattr(after, objective) <= getattr(before, objective)
    assert_same_function(network, other, rows)
    assert_circuit_is(other, rows, compile(other))


def check_fused(network: IntegerNetwork, rows: Rows) -> None:
    other = fused(network)
    assert_same_function(network, other, rows)
    assert_circuit_is(other, rows, compile(other))
    check_numbers(other)
    assert network_cost(other, symbolic=False).total.depth <= network_cost(network).total.depth


def check_slices(network: IntegerNetwork) -> None:
    for one in verify(network):
        assert one.verdict == "PASS", one


def check_ports(network: IntegerNetwork) -> None:
    circuit = compile(network, share=False, fold=False)
    total = network_cost(network, symbolic=False).total
    if total.even:
        flat = from_circuit(circuit, *ports(network, circuit), bound=True)
        assert port_delays(network).rows() == flat.delays.rows()
    try:
        module = network_module(network)
    except NetworkError as error:
        assert "attention" in str(error)  # noqa: PT017 - such networks are seldom
        return
    assert module.size == circuit.size
    if total.even:
        assert tuple(module.levels) == (0, *total.levels)


def ports(network: IntegerNetwork, circuit: tc.Circuit) -> list[dict[str, list[str]]]:
    """Names of the wires of each array of inputs, and of each output."""
    inputs = [(one.name, one.features * one.code.wires) for one in network.sources]
    outputs = [(f"y{i}", one.size * one.code.wires) for i, one in enumerate(network.output_values)]
    found = []
    for parts, names in ((inputs, circuit.input_names), (outputs, circuit.output_names)):
        rest, groups = iter(names), {}
        for name, count in parts:
            groups[name] = [next(rest) for _ in range(count)]
        found.append(groups)
    return found


def check_copies(network: IntegerNetwork, rows: Rows) -> None:
    copy = pickle.loads(pickle.dumps(network))
    assert_same_function(network, copy, rows)
    assert repr(copy) == repr(network)
    assert network_cost(copy, symbolic=False).total == network_cost(network, symbolic=False).total


@given(network=pairs())
def test_circuits(network) -> None:
    check_ranges(*network)
    check_meaning(*network)


@given(network=graphs())
def test_formulas(network: IntegerNetwork) -> None:
    check_numbers(network)
    check_symbols(network)


@given(
    network=pairs(),
    kind=st.sampled_from(["thermometer", "binary", "one_hot"]),
    place=st.sampled_from(["inputs", "hidden", "outputs"]),
)
def test_other_codes(network, kind: str, place: str) -> None:
    check_codes(*network, kind, place)


@given(network=pairs(), objective=st.sampled_from(["depth", "size", "edges"]))
def test_minimizing(network, objective: str) -> None:
    check_minimized(*network, objective)


@given(network=pairs(operations=[Affine, Softmax, Requantize, Product, MatrixProduct]))
def test_fusing(network) -> None:
    check_fused(*network)


@given(network=graphs())
def test_slices(network: IntegerNetwork) -> None:
    check_slices(network)


@given(network=graphs())
def test_ports(network: IntegerNetwork) -> None:
    check_ports(network)


@given(network=pairs())
def test_copies(network) -> None:
    check_copies(*network)


def of(shape, code, *operations) -> IntegerNetwork:
    """A chain behind one input."""
    sketch = Sketch()
    edge = sketch.input("x", shape, code)
    for operation in operations:
        edge = sketch.add(operation, edge)
    return sketch.network(edge)


def test_a_network_without_gates_has_no_width() -> None:
    network = of((), Code(0, 1), Reshape((1,)))
    assert network.cost().numbers().total.width == network.cost().total.width == 0


def test_one_integer_without_axes() -> None:
    steps = Requantize([[0]], Code(-1, 0))
    network = of((), Code(-1, 0), Reshape((1,)), Reshape(()), Reshape((1,)), steps, Reshape(()))
    assert_circuit_is(network, (np.array([-1, 0]),), compile(network))
    assert repr(network).startswith("<IntegerNetwork: x 1 of -1..0 -> 1 outputs")


def test_constants_are_no_path() -> None:
    network = of(2, Code(0, 1), Constant(0, Code(0, 1)))
    assert port_delays(network).rows() == [[None]]


def test_outputs_whose_wires_arrive_apart() -> None:
    sketch = Sketch()
    x = sketch.input("x", 1, Code(0, 1))
    y = sketch.add(Requantize([[1]], Code(0, 1)), x)
    module = network_module(sketch.network(sketch.add(Concatenate(0), x, y)))
    assert module.ragged == {"y0"}
    assert module.delay("y0", "x") == 1


@pytest.mark.parametrize(
    "operation", [HardAttention(Code(0, 2)), RMSNorm(Code(0, 2), eps=1)], ids=repr
)
def test_no_other_code_than_is_made(operation) -> None:
    with pytest.raises(NetworkError, match="thermometer or binary"):
        operation.with_code(Code(0, 2, "one_hot"))


def test_a_value_times_itself_weighs_twice() -> None:
    sketch = Sketch()
    x = sketch.input("x", 1, Code(0, 1))
    square = sketch.add(Product(), x, x)
    check_numbers(sketch.network(sketch.add(Requantize([[0]], Code(0, 1)), square)))


def test_probabilities_below_zero_weigh_more() -> None:
    table = ExpTable([0], [1])
    check_numbers(of(2, Code(0, 2), Softmax(table, Code(-1, 0), scale=1)))


def test_gates_of_tokens_that_are_sliced_away_are_counted() -> None:
    one = Requantize([[1]], Code(0, 1))
    check_numbers(of(3, Code(0, 2, "binary"), Embedding([[1], [0], [2]]), Slice(0, 1), one))


def test_a_word_that_stands_on_digits_of_its_operands() -> None:
    word, steps = Code(0, 3, "binary"), Requantize([[0, 1, 3]], Code(0, 3))
    check_numbers(of(1, word, WordSum([[1, 2]], [0, 0], word), steps))
    check_numbers(of(1, word, WordSum([[2, 1, 0]], [0, 0, 1], word), RMSNorm(Code(0, 1), eps=1)))


def test_prefixes_of_padded_values() -> None:
    pad = Pad(((0, 1), (0, 0)))
    scan = LinearRecurrence([[1]], [[1]], [[1]], Code(0, 1))
    check_numbers(of((1, 1), Code(0, 1), Convolution([[[1]]]), pad, scan))


def test_windows_that_lie_outside_altogether() -> None:
    sums = Affine([[1]], [0])
    steps = Requantize([[1]], Code(0, 1))
    outside = Convolution([[[1]]], padding=[(0, 1)])
    network = of((1, 1), Code(0, 1), sums, outside, steps)
    check_numbers(network)
    check_symbols(network)


def test_one_place_by_two_indices_is_read_twice() -> None:
    check_numbers(of(1, Code(0, 2), Gather([0, -1]), LayerNorm(Code(0, 1), eps=1)))


def test_norms_of_single_digits_do_not_wait_for_products() -> None:
    word = Code(0, 1, "binary")
    sketch = Sketch()
    x = sketch.input("x", 2, word)
    late = sketch.add(Requantize([[1]], word), x)
    y = sketch.add(Concatenate(0), x, late)
    network = sketch.network(sketch.add(RMSNorm(Code(0, 1), eps=1), y))
    assert network_cost(network, symbolic=False).total.even
    check_numbers(network)


def test_digits_that_arrive_apart_are_said_to() -> None:
    word = Code(0, 7, "binary")
    once = of(1, word, WordSum([[3]], [1], word))
    twice = of(1, word, WordSum([[3]], [1], word), WordSum([[5]], [1], word))
    assert network_cost(once, symbolic=False).total.even
    assert not network_cost(twice, symbolic=False).total.even
    check_numbers(once)
    check_numbers(twice)
