"""What one node gives where its inputs are known: types, shapes, and values on rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.evaluating import evaluate
from tcsim.networks.importers.onnx.lazy import Lazy, Scores
from tcsim.networks.importers.onnx.loading import onnx_module, type_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tcsim.networks.importers.onnx.graph import Importer
    from tcsim.networks.importers.onnx.tensors import Tensor

_ALIKE = ("QLinearSoftmax", "QLinearSigmoid", "QLinearLeakyRelu", "BiasGelu", "FastGelu", "Gelu")
"""Operators of onnxruntime's own that give what their first input is like."""


class LocalType(NamedTuple):
    """What is known of a tensor.

    Attributes:
        kind: name of its element type.
        shape: its axes.
        value: of a constant.
    """

    kind: str
    shape: tuple[int, ...]
    value: np.ndarray | None = None


def types_of(
    node: Any,  # noqa: ANN401 - onnx.NodeProto
    known: Mapping[str, LocalType],
    importer: Importer,
) -> dict[str, LocalType]:
    """Types and shapes of what a node gives; none where they do not follow from its inputs'."""
    helper, proto = onnx_module("onnx.helper"), onnx_module().TensorProto
    if node.op_type in _ALIKE and node.input[0] in known:
        return {node.output[0]: known[node.input[0]]._replace(value=None)}
    inputs, constants = [], []
    for name in dict.fromkeys(names_read(node)):
        if name not in known:
            continue
        kind, shape, value = known[name]
        if value is not None and value.dtype.kind in "biuf":
            constants.append(onnx_module("onnx.numpy_helper").from_array(value, name))
        else:
            number = proto.DataType.Value(kind)
            inputs.append(helper.make_tensor_value_info(name, number, shape))
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output if name]
    graph = helper.make_graph([node], "one", inputs, outputs, constants)
    opsets = [helper.make_opsetid(domain, n) for domain, n in importer.opsets.items()]
    try:
        model = helper.make_model(graph, opset_imports=opsets)
        found = onnx_module("onnx.shape_inference").infer_shapes(model, data_prop=True)
    except Exception:  # noqa: BLE001 - then nothing is known
        return {}
    made = {}
    for value in found.graph.output:
        one = value.type.tensor_type
        axes = one.shape.dim
        if one.elem_type and one.HasField("shape") and all(a.dim_value > 0 for a in axes):
            kind = type_name(one.elem_type)
            made[value.name] = LocalType(kind, tuple(int(a.dim_value) for a in axes))
    return made


def names_read(node: Any) -> Iterator[str]:  # noqa: ANN401 - onnx.NodeProto
    """Tensors that a node reads, those that graphs inside it read from around it included."""
    yield from (name for name in node.input if name)
    for attribute in node.attribute:
        graphs = [*attribute.graphs, *([attribute.g] if attribute.HasField("g") else [])]
        for graph in graphs:
            for inner in graph.node:
                yield from names_read(inner)
            yield from (value.name for value in graph.output)


def sample_of(tensor: Tensor) -> np.ndarray:
    """Values on the calibration rows, shape ``(rows, *shape)``."""
    if isinstance(tensor, Lazy):
        return tensor.sample
    if not isinstance(tensor, Scores):
        raise NetworkError("no values on rows")
    found = tensor.factor * (tensor.q.sample @ tensor.k.sample)
    if tensor.mask is not None:
        found = np.where(tensor.mask, found, -np.inf)
    if tensor.normal:
        found = np.exp(found - found.max(axis=-1, keepdims=True))
        found = found / found.sum(axis=-1, keepdims=True)
    return np.asarray(found)


def samples_of(node: Any, importer: Importer, given: Mapping[str, LocalType]) -> dict[str, Any]:  # noqa: ANN401
    """What a node gives on the calibration rows, by the reference of ONNX.

    Where the reference does not run it, random numbers: depth and size do not depend on them.
    """
    tensors = importer.tensors
    names = [name for name in node.input if name]
    moving = [name for name in names if not isinstance(tensors.get(name), np.ndarray)]
    rows: list[list[np.ndarray]] = []
    try:
        samples = {name: sample_of(tensors[name]) for name in moving}
        for row in range(len(next(iter(samples.values()), ()))):
            feeds = {name: tensors[name] for name in names if name not in moving}
            feeds |= {name: array[row].astype(np.float32) for name, array in samples.items()}
            rows.append(evaluate(node, feeds, importer.opsets))
        stacked = [np.stack(column).astype(np.float64) for column in zip(*rows, strict=True)]
        found = dict(zip(node.output, stacked, strict=True))
        if found and all(np.isfinite(found[name]).all() for name in node.output if name):
            return found
    except (NetworkError, ValueError, IndexError, KeyError):
        pass
    count = next(len(one.sample) for one in tensors.values() if isinstance(one, Lazy))
    random = np.random.default_rng(0)
    return {
        name: random.normal(size=(count, *given[name].shape))
        for name in node.output
        if name in given
    }
