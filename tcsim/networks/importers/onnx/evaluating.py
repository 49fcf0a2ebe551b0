"""Nodes of constants, by the reference implementation that the onnx package holds."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.loading import onnx_module
from tcsim.networks.importers.onnx.range_sizes import check_range

if TYPE_CHECKING:
    from collections.abc import Mapping


def evaluate(
    node: Any,  # noqa: ANN401 - onnx.NodeProto
    feeds: Mapping[str, np.ndarray],
    opsets: Mapping[str, int],
) -> list[np.ndarray]:
    """The outputs of a node whose inputs are known.

    Raises:
        NetworkError: the reference implementation does not take it.
    """
    check_range(node, feeds)
    _check_rows(node, feeds)
    helper = onnx_module("onnx.helper")
    outputs = [name for name in node.output if name]
    imports = [helper.make_opsetid(domain, version) for domain, version in opsets.items()]
    names = [name for name in dict.fromkeys(node.input) if name]
    try:
        function = helper.make_function("tcsim", "one", names, outputs, [node], imports)
        evaluator = onnx_module("onnx.reference").ReferenceEvaluator(function)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = evaluator.run(None, {name: feeds[name] for name in names}, attributes={})
    except Exception as error:  # noqa: BLE001 - whatever the reference raises
        text = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise NetworkError(f"the reference of ONNX does not evaluate it: {text}") from None
    by_name = dict(zip(outputs, found, strict=True))
    return [np.asarray(by_name[name]) if name else np.zeros(0) for name in node.output]


def _check_rows(node: Any, feeds: Mapping[str, np.ndarray]) -> None:  # noqa: ANN401
    """Name a table that is too short for the rows that are read, such as one of positions."""
    if node.op_type != "Gather" or any(one.name == "axis" and one.i for one in node.attribute):
        return
    table, rows = (feeds[name] for name in node.input[:2])
    if table.ndim != 2 or table.dtype.kind != "f" or not rows.size:
        return
    if (largest := int(rows.max())) >= len(table):
        raise NetworkError(
            f"row {largest} of the table {node.input[0]!r} is read, and it has {len(table)} rows: "
            f"where that is the table of positions, --seq plus the steps of --procedure cot:N must "
            f"fit into {len(table)}"
        )


def attributes(node: Any) -> dict[str, Any]:  # noqa: ANN401 - onnx.NodeProto
    """The attributes of a node: numbers, texts, lists and arrays."""
    helper = onnx_module("onnx.helper")
    numpy_helper = onnx_module("onnx.numpy_helper")
    found: dict[str, Any] = {}
    for one in node.attribute:
        value = helper.get_attribute_value(one)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        elif one.type == one.TENSOR:
            value = numpy_helper.to_array(value)
        found[one.name] = value
    return found
