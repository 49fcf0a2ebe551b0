"""Models of real numbers: quantized by calibration rows, close to the model, exact as circuits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tests.networks.importers.onnx.models import convolutional, model, node, perceptron, reference

RANDOM = np.random.default_rng(3)


def imported(one: Any, shape: tuple[int, ...], error: float, **options: int) -> Any:
    """The network; it is as close to the model as said, and its circuit is it."""
    rows = RANDOM.normal(size=(48, *shape))
    found = tc.networks.from_onnx(one, calibration=rows, **options)
    real = np.stack([reference(one, {"x": row[None].astype(np.float32)})[0][0] for row in rows])
    assert np.allclose(found.floats[0], real, atol=1e-3 * np.abs(real).max())
    (given,) = found(rows)
    assert np.isclose(np.abs(given - found.floats[0]).max(), found.error[0])
    assert found.error[0] <= error * np.abs(real).max()
    assert given.std() > 0
    return found


def test_perceptron() -> None:
    found = imported(perceptron(RANDOM), (6,), 0.05)
    network = found.network
    circuit = tc.networks.compile(network)
    integers = network.checked(found.integers(RANDOM.normal(size=(10, 6)))[0])
    assert np.array_equal(network.decode(circuit(network.encode(integers))), network(integers))
    assert circuit.depth == 3
    assert "largest difference" in found.notes[-1]


def test_convolutional() -> None:
    found = imported(convolutional(RANDOM), (1, 6, 6), 0.05)
    assert found.network.cost().numbers().total.depth == 5


def test_a_gelu_of_five_nodes_is_one_table_and_a_norm_goes_into_scales() -> None:
    one = model(
        [
            node("Conv", "x w b", "c", pads=[1, 1, 1, 1]),
            node("BatchNormalization", "c g beta mean var", "n"),
            node("Div", "n root", "d"),
            node("Erf", "d", "e"),
            node("Add", "e one", "f"),
            node("Mul", "n f", "h"),
            node("Mul", "h half", "gelu"),
            node("AveragePool", "gelu", "p", kernel_shape=[2, 2], strides=[2, 2]),
            node("Flatten", "p", "flat"),
            node("MatMul", "flat v", "y"),
        ],
        {"x": ("float", ["N", 1, 4, 4])},
        {"y": ("float", ["N", 3])},
        {
            "w": RANDOM.normal(size=(2, 1, 3, 3)),
            "b": RANDOM.normal(size=2),
            "g": np.array([1.2, -0.7]),
            "beta": np.array([0.1, 0.2]),
            "mean": np.array([0.1, 0.2]),
            "var": np.array([1.0, 2.0]),
            "root": np.sqrt(2.0),
            "one": 1.0,
            "half": 0.5,
            "v": RANDOM.normal(size=(8, 3)),
        },
        opset=17,
    )
    found = imported(one, (1, 4, 4), 0.05)
    # A rounding behind the norm, one of the averages, one of the outputs; GELU costs none.
    assert found.network.cost().numbers().total.depth == 3


MASKS = {
    "causal": np.triu(np.full((3, 3), -1e9), 1),
    "padded": np.array([[0, 0, -1e9]]),
}


def attention(mask: str | None) -> Any:
    """A block with a norm, two heads and a residual addition."""
    constants: dict[str, object] = {
        name: RANDOM.normal(size=(4, 4)) for name in ("wq", "wk", "wv", "wo")
    }
    constants |= {
        "gamma": RANDOM.normal(size=4) + 1,
        "beta": RANDOM.normal(size=4) * 0.1,
        "factor": 1 / np.sqrt(2.0),
        "mask": MASKS.get(str(mask), np.zeros(1)),
        "heads": np.array([0, 3, 2, 2]),
        "whole": np.array([0, 3, 4]),
    }
    nodes = [node("LayerNormalization", "x gamma beta", "n", axis=-1)]
    for name, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
        nodes += [
            node("MatMul", f"n w{name}", name),
            node("Reshape", f"{name} heads", f"{name}1"),
            node("Transpose", f"{name}1", f"{name}2", perm=order),
        ]
    nodes += [node("MatMul", "q2 k2", "s"), node("Mul", "s factor", "t")]
    nodes += [node("Add", "t mask", "u")] if mask else []
    nodes += [
        node("Softmax", "u" if mask else "t", "p", axis=-1),
        node("MatMul", "p v2", "o"),
        node("Transpose", "o", "o1", perm=[0, 2, 1, 3]),
        node("Reshape", "o1 whole", "o2"),
        node("MatMul", "o2 wo", "r"),
        node("Add", "r x", "y"),
    ]
    return model(
        nodes, {"x": ("float", ["N", 3, 4])}, {"y": ("float", ["N", 3, 4])}, constants, opset=17
    )


@pytest.mark.parametrize("mask", [None, "causal", "padded"])
def test_attention(mask: str | None) -> None:
    found = imported(attention(mask), (3, 4), 0.2, activation_bits=8)
    names = [type(one).__name__ for one in found.network.operations]
    assert names.count("SoftmaxAttention") == 1
    assert names.count("LayerNorm") == 1
    (seen,) = [one for one in found.network.operations if type(one).__name__ == "SoftmaxAttention"]
    assert seen.causal == (mask == "causal")
    assert (seen.mask is not None) == (mask == "padded")


def test_classes_after_a_softmax() -> None:
    one = model(
        [
            node("MatMul", "x w", "l"),
            node("Softmax", "l", "p", axis=1),
            node("ArgMax", "p", "y", axis=1, keepdims=0),
        ],
        {"x": ("float", ["N", 4])},
        {"y": ("int64", ["N"])},
        {"w": RANDOM.normal(size=(4, 3))},
        opset=17,
    )
    rows = RANDOM.normal(size=(100, 4))
    found = tc.networks.from_onnx(one, calibration=rows)
    (expected,) = reference(one, {"x": rows.astype(np.float32)})
    assert np.mean(found(rows)[0] == expected) > 0.97
    assert any("softmax" in note for note in found.notes)
    assert tc.networks.compile(found.network).depth == 2


@pytest.mark.parametrize(
    ("calibration", "match"),
    [
        (None, "needs calibration data"),
        (np.zeros((0, 6)), "finite numbers of shape"),
        (np.zeros((5, 7)), r"finite numbers of shape \(rows, 6\)"),
        (np.full((5, 6), np.nan), "finite numbers"),
        ("rows", "calibration rows of 'x'"),
        ({"z": np.zeros((5, 6))}, "'x' are missing"),
    ],
    ids=["none", "empty", "shape", "nan", "text", "name"],
)
def test_bad_calibration(calibration: object, match: str) -> None:
    with pytest.raises(NetworkError, match=match):
        tc.networks.from_onnx(perceptron(RANDOM), calibration=calibration)


@pytest.mark.parametrize("opset", [11, 21])
def test_a_softmax_as_output(opset: int) -> None:
    one = model(
        [node("MatMul", "x w", "s"), node("Softmax", "s", "y")],
        {"x": ("float", ["N", 6])},
        {"y": ("float", ["N", 4])},
        {"w": RANDOM.normal(size=(6, 4))},
        opset=opset,
    )
    network = imported(one, (6,), 0.05).network
    assert network.cost().numbers().total.depth == 3


def test_a_softmax_along_the_first_axis_is_named() -> None:
    one = model(
        [node("Softmax", "x", "y", axis=0)],
        {"x": ("float", ["N", 6])},
        {"y": ("float", ["N", 6])},
        {},
    )
    with pytest.raises(NetworkError, match="another axis than the last"):
        tc.networks.from_onnx(one, calibration=np.ones((2, 6)))


@pytest.mark.parametrize("counted", [0, 1])
def test_averages_over_windows_with_padding(counted: int) -> None:
    one = model(
        [
            node(
                *("AveragePool", "x", "p"),
                kernel_shape=[3, 2],
                strides=[2, 1],
                pads=[1, 1, 1, 0],
                count_include_pad=counted,
            ),
            node("Relu", "p", "y"),
        ],
        {"x": ("float", ["N", 2, 4, 3])},
        {"y": ("float", ["N", 2, 2, 3])},
        {},
    )
    imported(one, (2, 4, 3), 0.02)
