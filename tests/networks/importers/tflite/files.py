"""Small .tflite files, written with the schema alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import flatbuffers
import numpy as np
import tflite

TYPES = {"float32": 0, "int32": 2, "uint8": 3, "int8": 9, "resource": 13}


@dataclass
class Op:
    """An operator: options are {name of a field: number or bytes}, in the table `kind`."""

    name: str
    inputs: list[int]
    outputs: list[int]
    kind: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass
class File:
    """A model; `tensor` adds a tensor and gives its number, `op` an operator."""

    tensors: list[dict[str, Any]] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)

    def tensor(
        self,
        shape: tuple[int, ...],
        scale: float | list[float] | None = None,
        zero: int = 0,
        kind: str = "int8",
        values: Any = None,
        axis: int = 0,
    ) -> int:
        scales = [] if scale is None else np.atleast_1d(scale).tolist()
        data = None if values is None else np.asarray(values, kind).reshape(shape)
        self.tensors.append(
            {
                "shape": shape,
                "scales": scales,
                "zeros": [zero] * len(scales),
                "kind": kind,
                "data": data,
                "axis": axis,
            }
        )
        return len(self.tensors) - 1

    def op(self, name: str, inputs: list[int], output: int, kind: str = "", **options: Any) -> int:
        outputs = [] if output < 0 else [output]
        self.ops.append(Op(name, inputs, outputs, kind or _kind(name), options))
        return output

    def build(self, inputs: list[int], outputs: list[int], *, start: File | None = None) -> bytes:
        b = flatbuffers.Builder(1024)
        files = [self] if start is None else [self, start]
        names = sorted({op.name for file in files for op in file.ops})
        data: list[bytes] = [b""]
        graphs = [
            _graph(b, file, names, data, *((inputs, outputs) if file is self else ([], [])))
            for file in files
        ]
        codes = []
        for name in names:
            number = getattr(tflite.BuiltinOperator, name, 200)
            tflite.OperatorCodeStart(b)
            tflite.OperatorCodeAddDeprecatedBuiltinCode(b, min(number, 127))
            tflite.OperatorCodeAddBuiltinCode(b, number)
            codes.append(tflite.OperatorCodeEnd(b))
        buffers = []
        for one in data:
            content = b.CreateByteVector(one) if one else None
            tflite.BufferStart(b)
            if content is not None:
                tflite.BufferAddData(b, content)
            buffers.append(tflite.BufferEnd(b))
        parts = {
            "OperatorCodes": _offsets(b, codes),
            "Subgraphs": _offsets(b, graphs),
            "Buffers": _offsets(b, buffers),
        }
        tflite.ModelStart(b)
        tflite.ModelAddVersion(b, 3)
        for name, part in parts.items():
            getattr(tflite, f"ModelAdd{name}")(b, part)
        b.Finish(tflite.ModelEnd(b), b"TFL3")
        return bytes(b.Output())


def _kind(name: str) -> str:
    return {
        "CONV_2D": "Conv2DOptions",
        "DEPTHWISE_CONV_2D": "DepthwiseConv2DOptions",
        "FULLY_CONNECTED": "FullyConnectedOptions",
        "ADD": "AddOptions",
        "SUB": "SubOptions",
        "MAX_POOL_2D": "Pool2DOptions",
        "AVERAGE_POOL_2D": "Pool2DOptions",
        "CONCATENATION": "ConcatenationOptions",
        "STRIDED_SLICE": "StridedSliceOptions",
        "SPLIT_V": "SplitVOptions",
        "MEAN": "ReducerOptions",
        "SOFTMAX": "SoftmaxOptions",
        "VAR_HANDLE": "VarHandleOptions",
        "CALL_ONCE": "CallOnceOptions",
    }.get(name, "")


def _graph(
    b: Any, file: File, names: list[str], data: list[bytes], inputs: list[int], outputs: list[int]
) -> int:
    tensors = [_tensor(b, number, one, data) for number, one in enumerate(file.tensors)]
    ops = [_op(b, op, names) for op in file.ops]
    parts = {
        "Tensors": _offsets(b, tensors),
        "Inputs": b.CreateNumpyVector(np.array(inputs, np.int32)),
        "Outputs": b.CreateNumpyVector(np.array(outputs, np.int32)),
        "Operators": _offsets(b, ops),
    }
    tflite.SubGraphStart(b)
    for name, part in parts.items():
        getattr(tflite, f"SubGraphAdd{name}")(b, part)
    return tflite.SubGraphEnd(b)


def _tensor(b: Any, number: int, one: dict[str, Any], data: list[bytes]) -> int:
    buffer = 0
    if one["data"] is not None:
        data.append(one["data"].tobytes())
        buffer = len(data) - 1
    name = b.CreateString(f"tensor{number}")
    shape = b.CreateNumpyVector(np.array(one["shape"], np.int32))
    quantized = None
    if one["scales"]:
        scales = b.CreateNumpyVector(np.array(one["scales"], np.float32))
        zeros = b.CreateNumpyVector(np.array(one["zeros"], np.int64))
        tflite.QuantizationParametersStart(b)
        tflite.QuantizationParametersAddScale(b, scales)
        tflite.QuantizationParametersAddZeroPoint(b, zeros)
        tflite.QuantizationParametersAddQuantizedDimension(b, one["axis"])
        quantized = tflite.QuantizationParametersEnd(b)
    tflite.TensorStart(b)
    tflite.TensorAddShape(b, shape)
    tflite.TensorAddType(b, TYPES[one["kind"]])
    tflite.TensorAddBuffer(b, buffer)
    tflite.TensorAddName(b, name)
    if quantized is not None:
        tflite.TensorAddQuantization(b, quantized)
    return tflite.TensorEnd(b)


def _op(b: Any, op: Op, names: list[str]) -> int:
    options = None
    if op.kind:
        values = {
            name: b.CreateString(value) if isinstance(value, str) else value
            for name, value in op.options.items()
        }
        getattr(tflite, f"{op.kind}Start")(b)
        for name, value in values.items():
            getattr(tflite, f"{op.kind}Add{name}")(b, value)
        options = getattr(tflite, f"{op.kind}End")(b)
    inputs = b.CreateNumpyVector(np.array(op.inputs, np.int32))
    outputs = b.CreateNumpyVector(np.array(op.outputs, np.int32))
    tflite.OperatorStart(b)
    tflite.OperatorAddOpcodeIndex(b, names.index(op.name))
    tflite.OperatorAddInputs(b, inputs)
    tflite.OperatorAddOutputs(b, outputs)
    if options is not None:
        tflite.OperatorAddBuiltinOptionsType(b, getattr(tflite.BuiltinOptions, op.kind))
        tflite.OperatorAddBuiltinOptions(b, options)
    return tflite.OperatorEnd(b)


def _offsets(b: Any, items: list[int]) -> int:
    b.StartVector(4, len(items), 4)
    for one in reversed(items):
        b.PrependUOffsetTRelative(one)
    return b.EndVector()
