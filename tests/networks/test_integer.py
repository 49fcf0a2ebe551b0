"""Integer networks: exactly one meaning, proven ranges, and what is refused."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given

import tcsim as tc
from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
from tests.networks.oracle import all_rows, networks, run

IDENTITY = Affine([[1, 0], [0, 1]], [0, 0])
CUTS = Requantize([[1, 2], [0, 5]], Code(-1, 1))
PAIR = Inputs(2, Code(0, 3))


@given(network=networks())
def test_equals_plain_python_and_stays_in_its_ranges(network: IntegerNetwork) -> None:
    rows = all_rows(network, 100)
    expected = [run(network, row) for row in rows]
    found = network(rows)
    assert found.dtype == np.int64
    assert found.tolist() == ([value for (value,) in expected] if network.classify else expected)
    values = np.array(rows)
    assert len(network.ranges) == len(network.operations) + 1
    for operation, (lo, hi) in zip(network.operations, network.ranges[1:], strict=True):
        values = operation(values)
        assert ((values >= lo) & (values <= hi)).all()


def test_structure() -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, CUTS, IDENTITY, Argmax(2)], labels=["a", "b"])
    assert network.sizes == (2, 2, 2)
    assert list(network.layers) == ["hidden1", "output"]
    assert network.layers["output"] == (network.operations[2], network.operations[3])
    assert [end.tolist() for end in network.ranges[1]] == [[0, 0], [3, 3]]
    assert network.output_code == Code(0, 1, "one_hot")
    assert repr(network) == "<IntegerNetwork: x 2 of 0..3 -> 2 classes, 4 operations>"
    assert network.predict([[0, 3], [3, 0]]).tolist() == [
        network.labels[i] for i in network([[0, 3], [3, 0]])
    ]


def test_outputs_of_a_regressor_are_scaled() -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, CUTS], output_scale=0.5)
    assert network([[3, 0]]).tolist() == [[1, 0]]
    assert network.predict([[3, 0]]).tolist() == [[0.5, 0.0]]
    assert network.accuracy([[3, 0], [0, 0]], [[0.5, 0.0], [-0.5, 0.0]]) == 1.0


def test_immutable_and_picklable() -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, CUTS, Argmax(2)], labels=[3, 5])
    with pytest.raises(AttributeError, match="immutable"):
        network.labels = None
    with pytest.raises(AttributeError, match="immutable"):
        del network.labels
    with pytest.raises(ValueError, match="read-only"):
        network.ranges[0][0][0] = 5
    rows = all_rows(network)
    for twin in (pickle.loads(pickle.dumps(network)), copy.deepcopy(network)):
        assert np.array_equal(twin(rows), network(rows))
        assert twin.labels == network.labels
        with pytest.raises(ValueError, match="read-only"):
            twin.operations[0].weights[0, 0] = 5


@pytest.mark.parametrize(
    ("operations", "options", "message"),
    [
        ([], {}, "at least one operation"),
        ([IDENTITY], {}, "must be on wires"),
        ([Argmax(2), CUTS], {}, "cuts for 2 features, but there are 1"),
        ([IDENTITY, "relu"], {}, "operation 2 is no operation of a network: 'relu'"),
        ([Affine([[1]], [0]), CUTS], {}, "operation 1 .*: weights for 1 inputs, but there are 2"),
        (
            [Affine([[1], [1]], [0]), CUTS],
            {},
            "operation 2 .*: cuts for 2 features, but there are 1",
        ),
        ([IDENTITY, Argmax(3)], {}, "operation 2 .*: argmax over 3 classes, but there are 2"),
        ([IDENTITY, Argmax(2)], {"labels": ["a"]}, "1 labels do not fit"),
        ([IDENTITY, CUTS], {"labels": ["a", "b"]}, "2 labels do not fit"),
        ([Affine([[2**60], [2**60]], [0]), Argmax(2)], {}, r"operation 1 .* beyond 2\*\*62"),
    ],
)
def test_bad_networks(operations, options, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        IntegerNetwork(PAIR, operations, **options)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[0, 4]], r"x\[0, 1\] is 4, not in 0\.\.3"),
        ([[-1, 0]], r"x\[0, 0\] is -1"),
        ([[0.0, 1.0]], "integers"),
        ([0, 1], "shape"),
        ([[0, 1, 2]], "shape"),
        ([[0], [0, 1]], "array of integers"),
        (None, "integers"),
    ],
)
def test_bad_rows(x: object, message: str) -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, Argmax(2)])
    for method in (network, network.encode):
        with pytest.raises(ArgumentError, match=message):
            method(x)


def test_what_takes_a_circuit_or_a_network_says_so() -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, CUTS])
    with pytest.raises(ArgumentError, match="compile it first"):
        tc.write(network, "network.tc")
    with pytest.raises(ArgumentError, match="of_network takes a network"):
        tc.report.of_circuit(network)
    with pytest.raises(NetworkError, match="compile takes an IntegerNetwork, not int"):
        tc.networks.compile(3)
    with pytest.raises(NetworkError, match="a shape is a sequence"):
        tc.networks.Reshape(4)
    with pytest.raises(NetworkError, match="in a Code, not"):
        tc.networks.Sketch().input("x", 2, 3)
    sketch = tc.networks.Sketch()
    x = sketch.input("x", 2, Code(0, 1))
    with pytest.raises(NetworkError, match="3 is no operation"):
        sketch.add(3, x)
    with pytest.raises(NetworkError, match="no edge of this sketch"):
        sketch.add(IDENTITY, network)


def test_bad_bits_and_codes() -> None:
    network = IntegerNetwork(PAIR, [IDENTITY, Argmax(2)])
    with pytest.raises(ArgumentError, match=r"shape \(rows, 2\)"):
        network.decode([[1, 0, 0]])
    with pytest.raises(ArgumentError, match=r"bits\[1, 0\] = 11 is no one_hot word"):
        network.decode([[1, 0], [1, 1]])
    with pytest.raises(NetworkError, match="one-hot"):
        network.with_codes(outputs="binary")
    with pytest.raises(NetworkError, match="gray"):
        network.with_codes(inputs="gray")
    with pytest.raises(NetworkError, match="thermometer or binary"):
        IntegerNetwork(PAIR, [IDENTITY, CUTS]).with_codes(outputs="one_hot")
