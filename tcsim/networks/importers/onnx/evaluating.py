"""Nodes of constants, by the reference implementation that the onnx package holds."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.loading import onnx_module

if TYPE_CHECKING:
    from collections.abc import Mapping


_LARGEST = 2**24
"""Numbers of a constant."""


def evaluate(
    node: Any,  # noqa: ANN401 - onnx.NodeProto
    feeds: Mapping[str, np.ndarray],
    opsets: Mapping[str, int],
) -> list[np.ndarray]:
    """The outputs of a node whose inputs are known.

    Raises:
        NetworkError: the reference implementation does not take it.
    """
    _check_range(node, feeds)
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


def _check_range(node: Any, feeds: Mapping[str, np.ndarray]) -> None:  # noqa: ANN401
    """Refuse a Range that the reference would write out for minutes."""
    if node.op_type != "Range" or len(node.input) != 3:
        return
    ends = [feeds[name] for name in node.input]
    if any(end.size != 1 for end in ends):
        return
    start, limit, delta = (float(end.reshape(())) for end in ends)
    count = (limit - start) / delta if delta else 0.0
    if count > _LARGEST:
        raise NetworkError(f"a range of {count:.0f} numbers, more than {_LARGEST:,}")


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
