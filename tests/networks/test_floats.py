"""Float networks: what they compute, how outputs are read, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, NetworkError

W1, B1 = [[1.0, -2.0, 0.5], [0.25, 1.0, -1.0]], [0.5, 0.0, -0.25]
W2, B2 = [[1.0, 0.0], [-1.0, 2.0], [0.5, 0.5]], [0.0, 0.1]
PLAIN = {
    "identity": lambda z: z,
    "linear": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "step": lambda z: float(z >= 0),
    "logistic": lambda z: 1 / (1 + math.exp(-z)),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
}


def layer(weights, bias, function, row):
    columns = zip(*weights, strict=True)
    return [
        function(b + sum(w * x for w, x in zip(column, row, strict=True)))
        for column, b in zip(columns, bias, strict=True)
    ]


@pytest.mark.parametrize("name", PLAIN)
def test_layers_in_plain_python(name: str) -> None:
    network = tc.networks.from_layers([(W1, B1, name), (W2, B2, "identity")], labels=["a", "b"])
    rows = [[0.0, 0.0], [1.0, -1.0], [-2.0, 3.0], [0.5, 0.25]]
    expected = [layer(W2, B2, PLAIN["identity"], layer(W1, B1, PLAIN[name], row)) for row in rows]
    assert np.allclose(network(rows), expected, rtol=1e-12)
    labels = ["a" if a >= b else "b" for a, b in expected]
    assert network.predict(rows).tolist() == labels
    assert network.accuracy(rows, labels) == 1.0
    assert network.accuracy(rows, ["a"] * 4) == labels.count("a") / 4
    assert network.sizes == (2, 3, 2)


def test_large_values_do_not_overflow() -> None:
    for name in ("logistic", "tanh"):
        network = tc.networks.from_layers([([[1e6]], [0.0], name)], classify=False)
        assert network([[-1e9], [1e9]]).ravel().tolist() == [-1.0 if name == "tanh" else 0.0, 1.0]


@pytest.mark.parametrize("last", ["identity", "logistic", "softmax"])
def test_last_activation_of_a_classifier_keeps_the_order(last: str) -> None:
    network = tc.networks.from_layers([(W2, B2, last)])
    assert network.layers[-1].activation == "identity"


@pytest.mark.parametrize("last", ["identity", "logistic"])
def test_single_output_decides_between_two_classes(last: str) -> None:
    network = tc.networks.from_layers([([[2.0]], [-3.0], last)], labels=["no", "yes"])
    # z = 2x - 3 is above 0 from x = 2 on; z = 0 is the first class.
    assert network.predict([[1], [1.5], [2]]).tolist() == ["no", "no", "yes"]


def test_ties_go_to_the_lowest_class() -> None:
    network = tc.networks.from_layers([([[1.0, 1.0, 1.0]], [0.0, 0.0, 0.0], "identity")])
    assert network.predict([[0], [5]]).tolist() == [0, 0]


def test_accuracy_of_a_regressor_is_r_squared() -> None:
    network = tc.networks.from_layers([([[1.0]], [0.0], "identity")], classify=False)
    # Residuals 0, 0, -1; targets vary by 1 + 0 + ... about their mean.
    rows, targets = [[0], [1], [2]], [0.0, 1.0, 3.0]
    mean = 4 / 3
    total = sum((t - mean) ** 2 for t in targets)
    assert network.accuracy(rows, targets) == pytest.approx(1 - 1 / total)
    assert network.accuracy(rows, [[0.0], [1.0], [2.0]]) == 1.0
    assert network.accuracy([[3], [3]], [3.0, 3.0]) == 1.0
    assert network.accuracy([[3], [3]], [4.0, 4.0]) == 0.0


def test_read_only() -> None:
    network = tc.networks.from_layers([(W2, B2, "identity")])
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].weights[0, 0] = 1


@pytest.mark.parametrize(
    ("layers", "options", "message"),
    [
        ([], {}, "at least one layer"),
        (None, {}, "layers must be a list"),
        ([(W2, B2, np.ones(2))], {}, "layer 1: unknown activation"),
        ([(W1, B1)], {}, r"layer 1 must be \(weights, bias, activation\)"),
        (["abc"], {}, "layer 1 must be"),
        (
            [(W1, B1, "relu"), ([[math.nan, 0.0]] * 3, B2, "identity")],
            {},
            r"layer 2: weights\[0, 0\] is nan",
        ),
        ([(W1, [0, 0, math.inf], "identity")], {}, r"layer 1: bias\[2\] is inf"),
        ([(W1, B2, "identity")], {}, r"layer 1: 3 outputs but a bias of shape \(2,\)"),
        ([(W1, B1, "relu"), (W1, B1, "identity")], {}, r"layer 2: .*\(2, 3\).*3 outputs"),
        ([([1.0], [0.0], "identity")], {}, "2 axes"),
        ([([["a"]], [0.0], "identity")], {}, "numbers"),
        ([([[1.0], [1.0, 2.0]], [0.0], "identity")], {}, "layer 1: weights"),
        ([([[]], [], "identity")], {}, "hold nothing"),
        ([(W1, B1, "gelu"), (W2, B2, "identity")], {}, "layer 1: unknown activation 'gelu'.*relu"),
        ([(W1, B1, "softmax"), (W2, B2, "identity")], {}, "layer 1: unknown activation 'softmax'"),
        ([(W2, B2, "relu")], {}, "layer 1: a classifier ends with"),
        ([(W2, B2, "identity")], {"labels": ["a"]}, "2 different values"),
        ([(W2, B2, "identity")], {"labels": ["a", "a"]}, "2 different values"),
        ([(W2, B2, "identity")], {"labels": "ab"}, "2 different values"),
        ([(W2, B2, "relu")], {"classify": False, "labels": [1, 2]}, "labels are for classifiers"),
    ],
)
def test_bad_layers(layers, options, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_layers(layers, **options)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1.0]], r"rows must be numbers of shape \(rows, 2\)"),
        ([1.0, 2.0], r"shape \(2,\)"),
        ([["a", "b"]], "numbers"),
        ([[1.0, math.nan]], r"rows\[0, 1\] is nan"),
        ([[1], [1, 2]], "array of numbers"),
    ],
)
def test_bad_rows(rows: object, message: str) -> None:
    network = tc.networks.from_layers([(W1, B1, "identity")])
    with pytest.raises(ArgumentError, match=message):
        network(rows)


def test_bad_labels() -> None:
    network = tc.networks.from_layers([(W1, B1, "identity")])
    with pytest.raises(ArgumentError, match=r"labels have shape \(1,\), predictions \(2,\)"):
        network.accuracy([[0, 0], [1, 1]], [0])
    with pytest.raises(ArgumentError, match="labels have shape"):
        network.accuracy(np.zeros((0, 2)), [])
