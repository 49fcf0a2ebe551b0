"""What a model is made of: its constants, what it computes with, operators that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, ParseError
from tcsim.networks.importers.onnx.graph import CONTROL, DYNAMIC, said, unsupported
from tcsim.networks.importers.onnx.loading import inlined, onnx_module
from tcsim.networks.importers.onnx.ports import QUANTIZERS
from tcsim.networks.importers.onnx.tensors import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_QUANTIZED = {*QUANTIZERS, "DequantizeLinear", "QGemm", "Trunc"}
"""Operators of quantized models."""

FOLDED = {"Shape", "Size", "Constant", "ConstantOfShape"}
"""Operators whose result is known where shapes are."""


def initializers(graph: Any, name: str) -> dict[str, np.ndarray]:  # noqa: ANN401
    """The constants of a model.

    Raises:
        ParseError: one cannot be read.
        NetworkError: a sparse one, or one that is not finite.
    """
    to_array = onnx_module("onnx.numpy_helper").to_array
    if graph.sparse_initializer:
        raise NetworkError(f"{name}: sparse initializers are not read: make them dense")
    found: dict[str, np.ndarray] = {}
    for one in graph.initializer:
        try:
            array = np.asarray(to_array(one))
        except Exception as error:  # noqa: BLE001 - bytes that do not fit the shape
            raise ParseError(f"initializer {one.name!r}: {error}", path=name) from None
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise NetworkError(f"{name}: initializer {one.name!r} holds values that are not finite")
        found[one.name] = array
    return found


def is_real(model: Any, constants: Mapping[str, Any], inputs: Sequence[Any]) -> bool:  # noqa: ANN401
    """Whether a model computes with real numbers that are not quantized.

    Then something else reads a real input than what quantizes it; or nothing is quantized, and
    tokens choose from a table of real numbers.
    """
    helper = onnx_module().TensorProto
    floats = {helper.FLOAT, helper.FLOAT16, helper.DOUBLE, helper.BFLOAT16}
    names = {v.name for v in inputs if v.type.tensor_type.elem_type in floats}
    nodes = model.graph.node
    if any(
        name in names and not (node.op_type in QUANTIZERS and node.input[0] == name)
        for node in nodes
        for name in node.input
    ):
        return True
    if any(node.op_type in _QUANTIZED or node.op_type.startswith("QLinear") for node in nodes):
        return False
    return any(
        array.ndim == 2
        and array.dtype.kind == "f"
        and any(node.op_type == "Gather" and node.input[0] == name for node in nodes)
        for name, array in constants.items()
    )


def opsets_of(model: Any) -> dict[str, int]:  # noqa: ANN401
    """Versions of operators by domain."""
    return {one.domain: one.version for one in model.opset_import}


def expanded(model: Any, known: set[str], constants: set[str]) -> Any:  # noqa: ANN401
    """With operators that the standard defines by others, and that are not known, replaced."""
    onnx = onnx_module()
    opsets = opsets_of(model)
    for _ in range(8):
        wanted = set()
        fixed = set(constants)
        for node in model.graph.node:
            if _is_fixed(node, fixed):
                fixed.update(node.output)
                continue
            if node.op_type in known or node.op_type in (*CONTROL, DYNAMIC):
                continue
            try:
                schema = onnx.defs.get_schema(
                    node.op_type, opsets.get(node.domain, opsets.get("", 1)), node.domain
                )
            except Exception:  # noqa: BLE001, S112 - an operator of somebody's own
                continue
            if schema.has_function or schema.has_context_dependent_function:
                wanted.add((node.domain, node.op_type))
        if not wanted:
            return model
        try:
            model = onnx_module("onnx.inliner").inline_selected_functions(
                model, sorted(wanted), inline_schema_functions=True
            )
        except Exception:  # noqa: BLE001 - then it is named as not supported
            return model
    return model


def _is_fixed(node: Any, fixed: set[str]) -> bool:  # noqa: ANN401
    """Whether a node is known where shapes are: it reads shapes and constants."""
    if node.op_type in CONTROL:
        return False
    return node.op_type in ("Shape", "Size") or all(name in fixed for name in node.input if name)


def refuse(
    graph: Any,  # noqa: ANN401 - onnx.GraphProto
    constants: Mapping[str, Any],
    known: set[str],
    kind: str,
    name: str,
) -> None:
    """Name all operators that have no construction, before anything is built.

    Args:
        graph: of the model.
        constants: its initializers.
        known: operators that can be read.
        kind: what the model computes with, as `unsupported` has it.
        name: what errors call it.

    Raises:
        NetworkError: there are some.
    """
    fixed = set(constants)
    failures = []
    for node in graph.node:
        if node.op_type in CONTROL:
            failures.append(
                Failure(node.name or node.output[0], node.op_type, CONTROL[node.op_type])
            )
        elif _is_fixed(node, fixed):
            fixed.update(node.output)
        elif node.op_type not in known:
            reason = unsupported(node.op_type, kind)
            failures.append(Failure(node.name or node.output[0], node.op_type, reason))
    if failures:
        raise NetworkError(f"{name}: {said(failures)}")


def refuse_dynamic(model: Any, name: str) -> None:  # noqa: ANN401 - onnx.ModelProto
    """Name all nodes that quantize with a range of the data, whatever else the model needs.

    Raises:
        NetworkError: there are some.
    """
    graph = inlined(model, name).graph
    fixed = {one.name for one in graph.initializer}
    failures = []
    for node in graph.node:
        if _is_fixed(node, fixed):
            fixed.update(node.output)
        elif node.op_type == DYNAMIC:
            failures.append(
                Failure(node.name or node.output[0], DYNAMIC, unsupported(DYNAMIC, "real"))
            )
    if failures:
        raise NetworkError(f"{name}: {said(failures)}")
