"""Small ONNX models for the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[test]'")

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

helper, numpy_helper = onnx.helper, onnx.numpy_helper

TYPES = {"float": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "bool": 9}
DOMAIN = "qonnx.custom_op.general"


def tensor(name: str, array: object) -> Any:
    return numpy_helper.from_array(np.asarray(array), name)


def model(
    nodes: Sequence[Any],
    inputs: Mapping[str, tuple[str, Sequence[object]]],
    outputs: Mapping[str, tuple[str, Sequence[object]]],
    constants: Mapping[str, object],
    *,
    opset: int = 21,
) -> Any:
    """A model; arrays of float64 become float32."""
    arrays = {name: np.asarray(value) for name, value in constants.items()}
    initializers = [
        tensor(name, array.astype(np.float32) if array.dtype == np.float64 else array)
        for name, array in arrays.items()
    ]
    ports = [
        [helper.make_tensor_value_info(name, TYPES[kind], shape) for name, (kind, shape) in given]
        for given in (inputs.items(), outputs.items())
    ]
    graph = helper.make_graph(list(nodes), "model", *ports, initializers)
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid(DOMAIN, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)


def node(operator: str, inputs: str, output: str, **attributes: Any) -> Any:
    """A node; names are separated by blanks, ``-`` leaves an input out."""
    names = ["" if name == "-" else name for name in inputs.split()]
    domain = DOMAIN if operator in ("Quant", "BipolarQuant", "Trunc") else ""
    return helper.make_node(
        operator,
        names,
        output.split(),
        name=f"{operator}_{output.split(maxsplit=1)[0]}",
        domain=domain,
        **attributes,
    )


def reference(one: Any, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    """What the reference implementation of the onnx package gives."""
    from onnx.reference import ReferenceEvaluator

    return [np.asarray(found) for found in ReferenceEvaluator(one).run(None, dict(feeds))]


def perceptron(random: np.random.Generator) -> Any:
    """A float perceptron 6 -> 8 -> 5 -> 3."""
    sizes: dict[str, Any] = {"w1": (6, 8), "b1": 8, "w2": (8, 5), "b2": 5, "w3": (5, 3), "b3": 3}
    return model(
        [
            node("Gemm", "x w1 b1", "a"),
            node("Relu", "a", "r"),
            node("MatMul", "r w2", "m"),
            node("Add", "m b2", "s"),
            node("Sigmoid", "s", "t"),
            node("Gemm", "t w3 b3", "y"),
        ],
        {"x": ("float", ["N", 6])},
        {"y": ("float", ["N", 3])},
        {name: random.normal(size=size) for name, size in sizes.items()},
        opset=17,
    )


def convolutional(random: np.random.Generator) -> Any:
    """A float convolutional network with a residual addition and pools."""
    return model(
        [
            node("Conv", "x w1 b1", "a", pads=[1, 1, 1, 1]),
            node("Relu", "a", "r"),
            node("MaxPool", "r", "p", kernel_shape=[2, 2], strides=[2, 2]),
            node("Conv", "p w2 b2", "c", pads=[1, 1, 1, 1]),
            node("Add", "c p", "d"),
            node("Relu", "d", "e"),
            node("GlobalAveragePool", "e", "g"),
            node("Flatten", "g", "f"),
            node("Gemm", "f w3 b3", "y"),
        ],
        {"x": ("float", ["N", 1, 6, 6])},
        {"y": ("float", ["N", 3])},
        {
            "w1": random.normal(size=(3, 1, 3, 3)),
            "b1": random.normal(size=3),
            "w2": random.normal(size=(3, 3, 3, 3)) * 0.4,
            "b2": random.normal(size=3),
            "w3": random.normal(size=(3, 3)),
            "b3": random.normal(size=3),
        },
        opset=17,
    )
