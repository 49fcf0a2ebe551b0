"""One small random model per operator, by name: (content of the file, shape of its input)."""

from __future__ import annotations

import numpy as np

from tests.networks.importers.tflite.files import File


def _scale(random: np.random.Generator) -> float:
    return float(np.float32(random.uniform(0.02, 0.2)))


def build(name: str, seed: int, kind: str = "int8") -> tuple[bytes, tuple[int, ...]]:
    random = np.random.default_rng(seed)
    file = File()
    lowest = -128 if kind == "int8" else 0
    zero = int(random.integers(lowest + 60, lowest + 200))
    shape = {"FULLY_CONNECTED": (1, 6), "LOGISTIC": (1, 9), "SOFTMAX": (1, 5)}.get(
        name, (1, 4, 5, 3)
    )
    x = file.tensor(shape, _scale(random), zero, kind)
    fused = int(random.choice([0, 1, 3]))
    makers = {
        "CONV_2D": _convolution,
        "DEPTHWISE_CONV_2D": _depthwise,
        "FULLY_CONNECTED": _connected,
        "ADD": _sum,
        "SUB": _sum,
        "MAX_POOL_2D": _pool,
        "AVERAGE_POOL_2D": _pool,
        "MEAN": _mean,
    }
    y = makers.get(name, _plain)(file, random, name, x, kind, fused)
    return file.build([x], [y]), shape


def _out(
    file: File, random: np.random.Generator, shape: tuple[int, ...], kind: str, size: float = 1
) -> int:
    lowest = -128 if kind == "int8" else 0
    return file.tensor(
        shape, _scale(random) * size, int(random.integers(lowest, lowest + 255)), kind
    )


def _window(random: np.random.Generator, size: tuple[int, int], kernel: tuple[int, int]) -> tuple:
    same, strides = (
        bool(random.integers(2)),
        (int(random.integers(1, 3)), int(random.integers(1, 3))),
    )
    places = tuple(
        -(-n // s) if same else (n - k) // s + 1
        for n, k, s in zip(size, kernel, strides, strict=True)
    )
    return {"Padding": 0 if same else 1, "StrideH": strides[0], "StrideW": strides[1]}, places


def _convolution(file, random, name, x, kind, fused) -> int:
    options, places = _window(random, (4, 5), (2, 3))
    scales = random.uniform(0.001, 0.02, 4).astype(np.float32).tolist()
    signed = kind == "int8"
    weights = file.tensor(
        (4, 2, 3, 3),
        scales if signed else scales[0],
        0 if signed else 100,
        kind,
        random.integers(-127, 128, 72) if signed else random.integers(0, 256, 72),
    )
    bias = file.tensor(
        (4,), [1e-3] * 4 if signed else 1e-3, 0, "int32", random.integers(-999, 999, 4)
    )
    y = _out(file, random, (1, *places, 4), kind)
    options |= {"DilationHFactor": 1, "DilationWFactor": 1, "FusedActivationFunction": fused}
    return file.op(name, [x, weights, bias], y, **options)


def _depthwise(file, random, name, x, kind, fused) -> int:
    options, places = _window(random, (4, 5), (2, 3))
    scales = random.uniform(0.001, 0.02, 6).astype(np.float32).tolist()
    weights = file.tensor((1, 2, 3, 6), scales, 0, "int8", random.integers(-127, 128, 36), axis=3)
    bias = file.tensor((6,), [1e-3] * 6, 0, "int32", random.integers(-999, 999, 6))
    y = _out(file, random, (1, *places, 6), kind)
    options |= {"DepthMultiplier": 2, "DilationHFactor": 1, "DilationWFactor": 1}
    return file.op(name, [x, weights, bias], y, FusedActivationFunction=fused, **options)


def _connected(file, random, name, x, kind, fused) -> int:
    zero = 0 if kind == "int8" else 120
    low, high = (-127, 128) if kind == "int8" else (0, 256)
    scale = float(np.float32(random.uniform(0.001, 0.02)))
    weights = file.tensor((4, 6), scale, zero, kind, random.integers(low, high, 24))
    bias = file.tensor((4,), 1e-3, 0, "int32", random.integers(-999, 999, 4))
    y = _out(file, random, (1, 4), kind)
    return file.op(name, [x, weights, bias], y, FusedActivationFunction=fused)


def _sum(file, random, name, x, kind, fused) -> int:
    low, high = (-128, 128) if kind == "int8" else (0, 256)
    other = file.tensor((1, 1, 1, 3), _scale(random), 5, kind, random.integers(low, high, 3))
    y = _out(file, random, (1, 4, 5, 3), kind)
    return file.op(name, [x, other], y, FusedActivationFunction=fused)


def _pool(file, random, name, x, kind, fused) -> int:
    options, places = _window(random, (4, 5), (3, 2))
    source = file.tensors[x]
    y = file.tensor((1, *places, 3), source["scales"], source["zeros"][0], kind)
    options |= {"FilterHeight": 3, "FilterWidth": 2, "FusedActivationFunction": fused}
    return file.op(name, [x], y, **options)


def _mean(file, random, name, x, kind, fused) -> int:
    axes = file.tensor((2,), kind="int32", values=[1, 2])
    return file.op(name, [x, axes], _out(file, random, (1, 3), kind, 0.3), KeepDims=False)


def _plain(file, random, name, x, kind, fused) -> int:
    """LOGISTIC, TANH, RELU, RELU6, QUANTIZE, SOFTMAX."""
    shape = file.tensors[x]["shape"]
    if name in ("LOGISTIC", "TANH", "SOFTMAX"):
        scale, zero = (1 / 128, 0) if name == "TANH" else (1 / 256, -128)
        y = file.tensor(shape, scale, zero if kind == "int8" else zero + 128, kind)
    else:
        y = _out(file, random, shape, kind)
    return file.op(name, [x], y, **({"Beta": 1.0} if name == "SOFTMAX" else {}))
