"""Quantized models: QDQ and QOperator of onnxruntime, QONNX; equal to the runtime bit for bit."""

from __future__ import annotations

import itertools
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.linear_quantization import dequantize_linear, quantize_linear
from tests.networks.importers.onnx.models import (
    convolutional,
    model,
    node,
    onnx,
    perceptron,
    reference,
)

reason = "needs onnxruntime: pip install 'tcsim[test]'"
runtime = pytest.importorskip("onnxruntime", reason=reason)

RANDOM = np.random.default_rng(1)
SHAPES = {"perceptron": (6,), "convolutional": (1, 6, 6)}


class Rows:
    """Calibration rows, as onnxruntime reads them."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        random = np.random.default_rng(5)
        self.rows = iter([{"x": random.normal(size=(8, *shape)).astype(np.float32)}] * 3)

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self.rows, None)


def quantized(name: str, form: str, kind: str, folder: Path, *, per_channel: bool) -> Any:
    quantization = pytest.importorskip("onnxruntime.quantization", reason=reason)
    logging.getLogger().setLevel(logging.ERROR)
    build = {"perceptron": perceptron, "convolutional": convolutional}[name]
    onnx.save(build(np.random.default_rng(2)), folder / "float.onnx")
    quantization.quantize_static(
        folder / "float.onnx",
        folder / "integer.onnx",
        Rows(SHAPES[name]),
        quant_format=quantization.QuantFormat[form],
        per_channel=per_channel,
        activation_type=quantization.QuantType[kind],
        weight_type=quantization.QuantType.QInt8,
    )
    return folder / "integer.onnx"


CASES = list(itertools.product(SHAPES, ("QDQ", "QOperator"), ("QUInt8", "QInt8"), (False, True)))


@pytest.mark.parametrize(("name", "form", "kind", "per_channel"), CASES)
def test_equal_to_onnxruntime(
    name: str, form: str, kind: str, tmp_path: Path, *, per_channel: bool
) -> None:
    path = quantized(name, form, kind, tmp_path, per_channel=per_channel)
    imported = tc.networks.from_onnx(path)
    rows = RANDOM.normal(size=(200, *SHAPES[name])).astype(np.float32)
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    (expected,) = runtime.InferenceSession(str(path), options).run(None, {"x": rows})
    (entry,), (end,) = imported.inputs, imported.outputs
    zero = np.array(entry.zero, np.uint8 if kind == "QUInt8" else np.int8)
    integers = imported.network(quantize_linear(rows, np.float32(entry.scale), zero))
    assert len(np.unique(integers)) > 20
    assert np.array_equal(np.rint(expected / np.float32(end.scale)), integers - end.zero)


def test_a_quantized_perceptron_as_a_circuit(tmp_path: Path) -> None:
    path = quantized("perceptron", "QDQ", "QUInt8", tmp_path, per_channel=True)
    network = tc.networks.from_onnx(path).network
    circuit = tc.networks.compile(network)
    rows = RANDOM.integers(0, 256, (20, 6))
    assert np.array_equal(network.decode(circuit(network.encode(rows))), network(rows))
    assert circuit.depth == 5  # a rounding a node, of which Gemm and Relu share one


def test_weights_and_activations_of_few_bits() -> None:
    f = np.float32
    constants = {
        "w": RANDOM.normal(size=(6, 4)),
        "v": RANDOM.normal(size=(4, 3)),
        "b": RANDOM.normal(size=4),
        "z": 0.0,
        "b4": 4.0,
        "b3": 3.0,
        **{f"s{i}": scale for i, scale in enumerate((0.25, 0.3, 0.21, 0.5, 0.4))},
    }
    one = model(
        [
            node("Quant", "x s0 z b4", "xq", signed=1, narrow=0, rounding_mode="ROUND"),
            node("Quant", "w s1 z b3", "wq", signed=1, narrow=1, rounding_mode="ROUND"),
            node("MatMul", "xq wq", "m"),
            node("Add", "m b", "s"),
            node("Relu", "s", "r"),
            node("Quant", "r s2 z b4", "rq", signed=0, narrow=0, rounding_mode="FLOOR"),
            node("BipolarQuant", "v s3", "vq"),
            node("MatMul", "rq vq", "n"),
            node("Quant", "n s4 z b4", "o", signed=1, narrow=0, rounding_mode="ROUND"),
            node("Trunc", "o s4 z b4 b3", "y", rounding_mode="FLOOR"),
        ],
        {"x": ("float", ["N", 6])},
        {"y": ("float", ["N", 3])},
        constants,
        opset=13,
    )
    rows = (RANDOM.normal(size=(300, 6)) * 2).astype(f)
    w, v, bias = (np.asarray(constants[name]).astype(f) for name in "wvb")

    def quant(x: np.ndarray, scale: float, low: int, high: int, rounding: Any) -> np.ndarray:
        return rounding(np.clip(x / f(scale), low, high)).astype(f) * f(scale)

    hidden = quant(rows, 0.25, -8, 7, np.rint) @ quant(w, 0.3, -3, 3, np.rint) + bias
    hidden = quant(np.maximum(hidden, 0), 0.21, 0, 15, np.floor)
    output = quant(hidden @ np.where(v >= 0, f(0.5), f(-0.5)), 0.4, -8, 7, np.rint)
    expected = np.floor(np.rint(output / f(0.4)) / 2)
    imported = tc.networks.from_onnx(one)
    integers = imported.network(*imported.integers(rows))
    assert np.array_equal(integers, expected)
    circuit = tc.networks.compile(imported.network)
    bits = imported.network.encode(*imported.integers(rows))
    assert np.array_equal(imported.network.decode(circuit(bits)), integers)
    assert circuit.depth == 3


@pytest.mark.parametrize("operator", ["Gelu", "HardSwish", "Tanh", "Abs"])
def test_functions_between_two_quantizations(operator: str) -> None:
    one = model(
        [
            node("DequantizeLinear", "x s z", "r"),
            node(operator, "r", "f"),
            node("QuantizeLinear", "f t u", "y"),
        ],
        {"x": ("int8", [256])},
        {"y": ("uint8", [256])},
        {"s": 0.031, "z": np.array(3, np.int8), "t": 0.02, "u": np.array(20, np.uint8)},
        opset=20,
    )
    every = np.arange(-128, 128).astype(np.int8)
    (expected,) = reference(one, {"x": every})
    assert np.array_equal(tc.networks.from_onnx(one).network(every[None])[0], expected)


def test_sums_of_two_scales_are_exact() -> None:
    one = model(
        [
            node("DequantizeLinear", "x s", "a"),
            node("DequantizeLinear", "y t", "b"),
            node("Add", "a b", "c"),
            node("QuantizeLinear", "c u", "z"),
        ],
        {"x": ("uint8", [256, 1]), "y": ("uint8", [1, 256])},
        {"z": ("uint8", [256, 256])},
        {"s": 0.0371, "t": 0.0113, "u": 0.0522},
    )
    every = np.arange(256)
    network = tc.networks.from_onnx(one).network
    found = network(every.reshape(1, 256, 1), every.reshape(1, 1, 256))[0]
    scales = [float(np.float32(scale)) for scale in (0.0371, 0.0113, 0.0522)]
    exact = (every[:, None] * scales[0] + every[None] * scales[1]) / scales[2]
    assert np.abs(exact - np.rint(exact)).max() > 0.49
    clear = np.abs(np.abs(exact - np.floor(exact)) - 0.5) > 1e-9  # elsewhere a tie is meant
    assert clear.sum() > 65_000
    assert np.array_equal(found[clear], np.clip(np.rint(exact), 0, 255)[clear])


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_scales_along_an_axis(axis: int) -> None:
    values = RANDOM.normal(size=(3, 3)).astype(np.float32)
    scale, zero = np.array([0.1, 0.2, 0.3], np.float32), np.array([1, 2, 3], np.uint8)
    spread = scale.reshape((3, 1) if axis == 0 else (1, 3))
    found = quantize_linear(values, scale, zero, axis=axis)
    moved = np.rint(values / spread) + zero.reshape(spread.shape)
    assert np.array_equal(found, np.clip(moved, 0, 255))
    back = dequantize_linear(found.astype(np.uint8), scale, zero, axis=axis)
    assert np.allclose(back, (found - zero.reshape(spread.shape).astype(int)) * spread)
    with pytest.raises(NetworkError, match="3 scales for an axis of length 2"):
        quantize_linear(values[:2, :2], scale, zero, axis=axis)


@pytest.mark.parametrize(
    ("nodes", "match"),
    [
        ([node("DequantizeLinear", "x bad", "y")], "scales must be positive"),
        (
            [node("DequantizeLinear", "x s", "a"), node("Softmax", "a", "y")],
            "no exact construction",
        ),
        (
            [node("DequantizeLinear", "x s", "a"), node("Add", "a a", "y")],
            "sum that is not rounded",
        ),
        ([node("DequantizeLinear", "x x2", "y")], "no exact construction"),
    ],
    ids=["scale", "softmax", "output", "dynamic"],
)
def test_what_is_refused(nodes: list[Any], match: str) -> None:
    inputs: dict[str, tuple[str, list[object]]] = {"x": ("uint8", [4])}
    if "x2" in nodes[0].input:
        inputs["x2"] = ("float", [])
    one = model(nodes, inputs, {"y": ("float", [4])}, {"s": 0.5, "bad": -1.0})
    with pytest.raises(NetworkError, match=match):
        tc.networks.from_onnx(one, calibration={"x": [[0] * 4], "x2": [1.0]})
