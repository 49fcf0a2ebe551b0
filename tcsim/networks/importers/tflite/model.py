"""Model: the graph of a .tflite file, checked, in plain Python."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

from tcsim.errors import MissingExtraError, NetworkError, ParseError

_BROKEN = (
    AttributeError,
    IndexError,
    KeyError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    UnicodeDecodeError,
    ValueError,
    struct.error,
)
"""What readers of flatbuffers raise on a damaged file."""

_TYPES = {2: np.int32, 3: np.uint8, 4: np.int64, 6: np.bool_, 7: np.int16, 9: np.int8}
"""Types of tensors that are read, by their number in the schema."""

RANGES = {"int8": (-128, 127), "uint8": (0, 255)}
"""Types that values may have."""

_LARGEST = 2**24
"""Entries of a tensor."""


@dataclass(frozen=True, eq=False)
class TensorInfo:
    """A tensor.

    Attributes:
        name: in the file.
        shape: its axes, that of the batch included.
        type: such as ``"int8"``; ``"other"`` for what is not supported.
        scales: what a step of 1 is worth, one or one per channel; empty where there is none.
        zeros: the integer that stands for 0, likewise.
        values: of a constant; None where it is computed.
    """

    name: str
    shape: tuple[int, ...]
    type: str
    scales: tuple[float, ...]
    zeros: tuple[int, ...]
    values: np.ndarray | None

    @property
    def scale(self) -> float:
        """The one scale."""
        if len(self.scales) != 1:
            raise NetworkError(f"tensor {self.name} has {len(self.scales)} scales, not one")
        return self.scales[0]

    @property
    def zero(self) -> int:
        """The integer that stands for 0."""
        return self.zeros[0] if self.zeros else 0


@dataclass(frozen=True, eq=False)
class Call:
    """An operator: its name in the schema, the numbers of tensors, its options."""

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Any


@dataclass(frozen=True, eq=False)
class Graph:
    """A subgraph."""

    tensors: tuple[TensorInfo, ...]
    calls: tuple[Call, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_graphs(data: bytes, path: str | None) -> tuple[Graph, ...]:
    """The subgraphs of a file, the main one first.

    Raises:
        ParseError: the file is no model, or a damaged one.
        MissingExtraError: the package tflite is not installed.
    """
    try:
        import tflite
    except ImportError as error:
        raise MissingExtraError("tflite", "tflite", "a .tflite file") from error
    if data[4:8] != b"TFL3":
        raise ParseError("no .tflite file: it does not say TFL3 at byte 4", path=path, byte=4)
    try:
        model = tflite.Model.GetRootAsModel(data, 0)
        found = tuple(
            _graph(tflite, model, model.Subgraphs(i))
            for i in range(_count(model.SubgraphsLength()))
        )
    except _BROKEN as error:
        problem = str(error) or type(error).__name__
        raise ParseError(f"the file is damaged: {problem}", path=path) from None
    if not found:
        raise ParseError("the model has no subgraph", path=path)
    return found


def _graph(tflite: Any, model: Any, graph: Any) -> Graph:  # noqa: ANN401
    names = {n: name for name, n in vars(tflite.BuiltinOperator).items() if isinstance(n, int)}
    tensors = tuple(_tensor(model, graph.Tensors(i)) for i in range(_count(graph.TensorsLength())))
    calls = []
    for i in range(_count(graph.OperatorsLength())):
        made = graph.Operators(i)
        if not 0 <= made.OpcodeIndex() < model.OperatorCodesLength():
            raise ValueError(f"operator {i} has no code")
        code = model.OperatorCodes(made.OpcodeIndex())
        number = max(code.BuiltinCode(), code.DeprecatedBuiltinCode())
        name = names.get(number, f"operator {number}")
        if name == "CUSTOM":
            name = f"CUSTOM {(code.CustomCode() or b'').decode()}"
        options = _options(tflite, made)
        calls.append(Call(name, _numbers(made, "Inputs"), _numbers(made, "Outputs"), options))
    found = Graph(tensors, tuple(calls), _numbers(graph, "Inputs"), _numbers(graph, "Outputs"))
    known = {-1, *range(len(tensors))}
    for numbers in (found.inputs, found.outputs, *(c.inputs + c.outputs for c in calls)):
        if not known.issuperset(numbers):
            raise ValueError(f"there is no tensor {max(numbers)}")
    return found


def _options(tflite: Any, made: Any) -> Any:  # noqa: ANN401
    """The options of an operator, by the class that the schema names; None without any."""
    table, kind = made.BuiltinOptions(), made.BuiltinOptionsType()
    names = {n: name for name, n in vars(tflite.BuiltinOptions).items() if isinstance(n, int)}
    if table is None or kind == 0:
        return None
    options = getattr(tflite, names[kind])()
    options.Init(table.Bytes, table.Pos)
    return options


def _tensor(model: Any, made: Any) -> TensorInfo:  # noqa: ANN401
    kind = _TYPES.get(made.Type())
    shape = tuple(int(n) for n in _vector(made, "Shape"))
    if any(n < 0 for n in shape) or np.prod(shape, dtype=object) > _LARGEST:
        raise ValueError(f"a tensor of shape {shape}, more than {_LARGEST:,} entries or below 0")
    name = (made.Name() or b"").decode(errors="replace")
    quantized = made.Quantization()
    scales, zeros = (
        ((), ())
        if quantized is None
        else (_vector(quantized, "Scale"), _vector(quantized, "ZeroPoint"))
    )
    if len(zeros) not in (0, 1, len(scales)):
        raise ValueError(f"tensor {name!r} has {len(scales)} scales and {len(zeros)} zero points")
    for one in scales:
        if not (np.isfinite(one) and one > 0):
            raise ValueError(f"tensor {name!r}: a scale is not positive and finite but {one}")
    low, high = RANGES.get(np.dtype(kind).name, (None, None)) if kind is not None else (None, None)
    for one in zeros:
        if low is not None and high is not None and not low <= one <= high:
            raise ValueError(f"tensor {name!r}: zero point {one} is not in {low}..{high}")
    if not 0 <= made.Buffer() < model.BuffersLength():
        raise ValueError(f"there is no buffer {made.Buffer()}")
    buffer = model.Buffers(made.Buffer())
    values = None
    if buffer is not None and buffer.DataLength() and kind is not None:
        values = buffer.DataAsNumpy().tobytes()
        values = np.frombuffer(values, np.dtype(kind).newbyteorder("<")).reshape(shape)
        values = values.astype(np.int64)
    return TensorInfo(
        name=name,
        shape=shape,
        type="other" if kind is None else np.dtype(kind).name,
        scales=tuple(float(one) for one in scales),
        zeros=tuple(int(one) for one in zeros),
        values=values,
    )


def _numbers(made: Any, name: str) -> tuple[int, ...]:  # noqa: ANN401
    return tuple(int(one) for one in _vector(made, name))


def _vector(made: Any, name: str) -> Any:  # noqa: ANN401
    """A vector of numbers; empty where the file has none."""
    if getattr(made, f"{name}Length")() == 0:
        return ()
    return getattr(made, f"{name}AsNumpy")()


def _count(length: int) -> int:
    if not 0 <= length <= _LARGEST:
        raise ValueError(f"a list of {length}")
    return length
