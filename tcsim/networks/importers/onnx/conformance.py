"""The single-node tests of the onnx package, each imported, compiled, and run as a circuit."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, TcsimError
from tcsim.networks.compiling import compile as compiled
from tcsim.networks.importers.onnx.importing import from_onnx
from tcsim.networks.importers.onnx.linear_quantization import dequantize_linear, quantize_linear
from tcsim.networks.importers.onnx.loading import onnx_module
from tcsim.networks.importers.onnx.tensors import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIXED = {
    "CastLike": (1,),
    "ConstantOfShape": (0,),
    "ConvInteger": (1, 2, 3),
    "CumProd": (1,),
    "CumSum": (1,),
    "GatherND": (1,),
    "MatMulInteger": (2, 3),
    "Pad": (1, 2, 3),
    "QLinearConv": (1, 2, 3, 4, 5, 6, 7, 8),
    "QLinearMatMul": (1, 2, 4, 5, 6, 7),
    "Range": (0, 1, 2),
    "ReduceMax": (1,),
    "ReduceMin": (1,),
    "TopK": (1,),
    "Trilu": (1,),
}
"""Inputs that a network must know when it is built: shapes, axes, scales, kernels."""

_NARROW = {"Mul", "Div", "Mod", "Pow", "BitShift", "Sub"}
"""Operators whose operands of 32 bits or more have declared ranges: circuits of a few seconds."""


@dataclass(frozen=True)
class Case:
    """A test.

    Attributes:
        name: what the onnx package calls it.
        operator: the operator of its node.
        model: an ``onnx.ModelProto``.
        inputs: arrays by name.
        outputs: the expected arrays.
    """

    name: str
    operator: str
    model: Any
    inputs: dict[str, np.ndarray]
    outputs: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Result:
    """What became of a test.

    Attributes:
        case: the test.
        reason: why it is not supported; empty where it passed.
        given: what was fixed or declared beforehand.
        depth: of the circuit; 0 where there is none.
        size: its gates.
    """

    case: Case
    reason: str = ""
    given: str = ""
    depth: int = 0
    size: int = 0


def cases() -> Iterator[Case]:
    """The tests of one node that are looked at.

    They have integers and truth values alone, or a QLinear operator, or QuantizeLinear or
    DequantizeLinear.
    """
    loader = onnx_module("onnx.backend.test.loader")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        loaded = loader.load_model_tests(kind="node")
    for case in loaded:
        graph = case.model.graph if case.model is not None else None
        if graph is None or len(graph.node) != 1:
            continue
        operator = graph.node[0].op_type
        quantized = operator.startswith("QLinear") or operator in (
            "QuantizeLinear",
            "DequantizeLinear",
        )
        if quantized or all(map(_integral, [*graph.input, *graph.output])):
            ((inputs, outputs),) = case.data_sets
            names = [value.name for value in graph.input]
            yield Case(
                case.name.removeprefix("test_"),
                operator,
                case.model,
                dict(zip(names, map(_array, inputs), strict=False)),
                tuple(map(_array, outputs)),
            )


def kind_of(case: Case) -> str:
    """Which of the three kinds of tests it is."""
    if case.operator in ("QuantizeLinear", "DequantizeLinear"):
        return "scales"
    return "QLinear operators" if case.operator.startswith("QLinear") else "integers alone"


def check(case: Case) -> Result:
    """Import a test, compile it, run the circuit, compare exactly.

    Raises:
        NetworkError: the circuit gives something else.
    """
    if case.operator in ("QuantizeLinear", "DequantizeLinear"):
        return _check_arithmetic(case)
    model, fixed = _with_fixed(case)
    ranges = _ranges(case, fixed)
    words = [f"{', '.join(fixed)} fixed"] if fixed else []
    words += [f"{name} in {low}..{high}" for name, (low, high) in ranges.items()]
    given = "; ".join(words)
    try:
        imported = from_onnx(model, ranges=ranges)
    except TcsimError as error:
        return Result(case, _reason(error), given)
    network = imported.network
    circuit = compiled(network)
    rows = [np.asarray(case.inputs[name]).astype(np.int64)[None] for name in imported.names[0]]
    found = network.decode_all(circuit(network.encode(*rows)))
    meant = network.run(*rows)
    for got, same, expected in zip(found, meant, case.outputs, strict=True):
        if not np.array_equal(got, same):
            raise NetworkError(f"{case.name}: the circuit differs from the network")
        if not np.array_equal(got[0], np.asarray(expected).astype(np.int64)):
            raise NetworkError(f"{case.name}: the network differs from the test")
    return Result(case, "", given, circuit.depth, circuit.size)


def table(results: list[Result]) -> str:
    """The results as a table in Markdown."""
    lines = ["| test | operator | result | depth | gates | given beforehand |"]
    lines.append("| --- | --- | --- | ---: | ---: | --- |")
    ordered = sorted(results, key=lambda one: (one.case.operator, one.case.name))
    return "\n".join([*lines, *map(row, ordered)]) + "\n"


def row(result: Result) -> str:
    """A line of the table."""
    case = result.case
    if result.reason:
        measures = f"unsupported: {result.reason} | |"
    elif kind_of(case) == "scales":
        measures = "pass | |"
    else:
        measures = f"pass | {result.depth} | {result.size}"
    return f"| {case.name} | {case.operator} | {measures} | {result.given} |"


def _check_arithmetic(case: Case) -> Result:
    """QuantizeLinear and DequantizeLinear: real at one end, so that no circuit holds them."""
    node = case.model.graph.node[0]
    helper = onnx_module("onnx.helper")
    options = {one.name: helper.get_attribute_value(one) for one in node.attribute}
    arrays = list(case.inputs.values())
    zero = arrays[2] if len(arrays) > 2 else None
    shared = {"axis": options.get("axis", 1), "block_size": options.get("block_size", 0)}
    try:
        if case.operator == "QuantizeLinear":
            kind = onnx_module().TensorProto.DataType.Name(options.get("output_dtype", 2))
            found = quantize_linear(arrays[0], arrays[1], zero, kind=kind, **shared)
        else:
            found = dequantize_linear(arrays[0], arrays[1], zero, **shared)
    except TcsimError as error:
        return Result(case, _reason(error))
    expected = np.asarray(case.outputs[0])
    wanted = expected.astype(np.int64) if case.operator == "QuantizeLinear" else expected
    if not np.array_equal(found, wanted):
        raise NetworkError(f"{case.name}: the importer differs from the test")
    return Result(case, given="the importer's own arithmetic")


def _array(value: Any) -> np.ndarray:  # noqa: ANN401
    """An array, which for types of few bits may be written as a tensor."""
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value)
    return np.asarray(onnx_module("onnx.numpy_helper").to_array(value))


def _integral(value: Any) -> bool:  # noqa: ANN401
    if not value.type.HasField("tensor_type"):
        return False
    names = onnx_module().TensorProto.DataType
    return names.Name(value.type.tensor_type.elem_type) in TYPES


def _with_fixed(case: Case) -> tuple[Any, list[str]]:
    """The model with inputs that must be known made initializers."""
    model = type(case.model)()
    model.CopyFrom(case.model)
    node = model.graph.node[0]
    fixed = []
    for number in _FIXED.get(case.operator, ()):
        if number < len(node.input) and node.input[number]:
            name = node.input[number]
            fixed.append(name)
            array = np.asarray(case.inputs[name])
            tensor = onnx_module("onnx.numpy_helper").from_array(array, name)
            model.graph.initializer.append(tensor)
    kept = [value for value in model.graph.input if value.name not in fixed]
    del model.graph.input[:]
    model.graph.input.extend(kept)
    return model, fixed


def _ranges(case: Case, fixed: list[str]) -> dict[str, tuple[int, int]]:
    """Declared ranges: powers of 2 around the values, where wide words would be slow or wrap."""
    if case.operator not in _NARROW:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for name, array in case.inputs.items():
        wide = array.dtype.itemsize == 8 or (
            array.dtype.itemsize == 4 and case.operator in ("Mul", "Div", "Mod", "Pow")
        )
        if name in fixed or not wide:
            continue
        low, high = int(array.min()), int(array.max())
        top = (1 << math.ceil(math.log2(max(high, -low, 1) + 1))) - 1
        if case.operator == "Sub" and len(found) == 0:
            found[name] = (low, top)
        elif case.operator == "Sub":
            found[name] = (0, high)
        else:
            found[name] = (-top - 1 if low < 0 else 0, top)
    return found


def _reason(error: TcsimError) -> str:
    last = str(error).splitlines()[-1].strip()
    return last.split(": ", 1)[-1].replace("|", "/")
