"""Inputs of a model: their types, ranges and shapes, and real ones that are quantized first."""

from __future__ import annotations

import json
import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.exporting.onnx_graph import SCHEMA
from tcsim.networks.importers.imported import Grid
from tcsim.networks.importers.onnx import products, qonnx
from tcsim.networks.importers.onnx.evaluating import attributes
from tcsim.networks.importers.onnx.loading import type_name
from tcsim.networks.importers.onnx.tensors import ASSUMED, TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

QUANTIZERS = ("QuantizeLinear", "Quant", "IntQuant", "BipolarQuant")
"""Operators that make integers of a real input."""

_MOST_VALUES = 2**24
"""Values of an input that are read."""


@dataclass(frozen=True)
class Quantized:
    """A real input that is quantized first.

    Attributes:
        kind: the integer type; empty of QONNX, which has integers of any width.
        scale: what a step is worth.
        zero: the integer that stands for 0.
        low: the least integer.
        high: the largest.
    """

    kind: str
    scale: float
    zero: int
    low: int
    high: int


def declared_ranges(model: Any, name: str) -> dict[str, tuple[int, int]]:  # noqa: ANN401
    """Ranges of inputs that the metadata of a model says, as `to_onnx` writes them.

    Raises:
        NetworkError: it says that it does, and does not.
    """
    said = next((one.value for one in model.metadata_props if one.key == "tcsim"), None)
    if said is None:
        return {}
    names = {value.name for value in model.graph.input}
    try:
        found = json.loads(said)
        if found["schema"] != SCHEMA:
            return {}
        return {
            str(key): (operator.index(lo), operator.index(hi))
            for key, (lo, hi, _) in found["inputs"].items()
            if key in names
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NetworkError(
            f"{name}: the metadata 'tcsim' is no JSON object with the ranges of inputs: remove it"
        ) from None


def quantized_inputs(graph: Any, constants: Mapping[str, np.ndarray]) -> dict[str, Quantized]:  # noqa: ANN401
    """The real inputs that are quantized before anything else, and how."""
    found: dict[str, Quantized] = {}
    names = {value.name for value in graph.input} - set(constants)
    for node in graph.node:
        if node.op_type not in QUANTIZERS or node.input[0] not in names:
            continue
        try:
            one = _quantizer(node, constants)
        except NetworkError as error:
            label = node.name or node.output[0]
            raise NetworkError(f"{node.op_type} {label!r}: {error}") from None
        if found.setdefault(node.input[0], one) != one:
            raise NetworkError(f"input {node.input[0]!r} is quantized in two ways")
    return found


def _quantizer(node: Any, constants: Mapping[str, np.ndarray]) -> Quantized:  # noqa: ANN401
    if node.op_type == "QuantizeLinear":
        scale, zero, kind = products.parameters(node, constants)
        low, high = TYPES[kind]
    else:
        given = [constants.get(name) for name in node.input[1:]]
        if node.op_type == "BipolarQuant":
            raise NetworkError("a real input by its sign: quantize it to bits instead")
        one = qonnx.quantization(given, attributes(node))
        if one.rounding is not np.rint:
            raise NetworkError("a real input is rounded half to even only")
        scale, zero, kind, low, high = one.scale, np.array(one.zero), "", one.low, one.high
    if scale.size != 1 or zero.size != 1:
        raise NetworkError("an input of several scales; one is needed")
    return Quantized(kind, float(scale.reshape(-1)[0]), int(zero.reshape(-1)[0]), low, high)


def port(
    value: Any,  # noqa: ANN401 - onnx.ValueInfoProto
    quantized: Mapping[str, Quantized],
    ranges: dict[str, tuple[int, int]],
    notes: dict[str, None],
    name: str,
    words: int | None = None,
) -> tuple[Code, Grid]:
    """The code of an input, and what its integers stand for; `words` where they are tokens."""
    if value.name in quantized:
        one = quantized[value.name]
        notes[f"input {value.name!r} is quantized before the network reads it"] = None
        return Code(one.low, one.high, "binary"), Grid(one.scale, one.zero)
    kind = kind_of(value)
    low, high = TYPES[kind]
    if words is not None and value.name not in ranges:
        return Code(0, words - 1, "one_hot"), Grid()
    if value.name in ranges:
        given = ranges[value.name]
        least, largest = (int(given[0]), int(given[1]))
        if not (low <= least < largest <= high and max(-least, largest) < 2**60):
            raise NetworkError(f"{name}: ranges[{value.name!r}] = {given} of a {kind}")
        return Code(least, largest, "binary" if words is None else "one_hot"), Grid()
    if kind in ASSUMED:
        low, high = ASSUMED[kind]
        notes[f"input {value.name!r}, {kind}, is assumed to be within {low}..{high}"] = None
    return Code(low, high, "binary"), Grid()


def kind_of(value: Any) -> str:  # noqa: ANN401
    """The integer type of an input."""
    kind = type_name(value.type.tensor_type.elem_type)
    if kind not in TYPES:
        raise NetworkError(f"input {value.name!r} is of type {kind}: integers and reals are read")
    return kind


def shape_of(value: Any, name: str) -> tuple[int, ...]:  # noqa: ANN401
    """The axes of an input."""
    if not value.type.HasField("tensor_type") or not value.type.tensor_type.HasField("shape"):
        raise NetworkError(f"{name}: input {value.name!r} is no tensor of a known shape")
    shape = tuple(int(axis.dim_value) for axis in value.type.tensor_type.shape.dim)
    if math.prod(shape) > _MOST_VALUES:
        raise NetworkError(f"{name}: input {value.name!r} of shape {shape} is too large")
    if 0 in shape:
        raise NetworkError(f"{name}: input {value.name!r} holds no values: its shape is {shape}")
    return shape
