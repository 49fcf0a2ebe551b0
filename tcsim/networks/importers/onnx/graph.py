"""Importer: walks the nodes of a model and writes each into a sketch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, TcsimError
from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx import qonnx
from tcsim.networks.importers.onnx.evaluating import attributes, evaluate
from tcsim.networks.importers.onnx.layer_names import layer_of
from tcsim.networks.importers.onnx.quantized_types import check_zero
from tcsim.networks.importers.onnx.scaling import scale_of, zero_of
from tcsim.networks.importers.onnx.tensors import TYPES, Failure, Integers, Scaled, type_of, whole
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.recode import Recode
from tcsim.networks.operations.word_arithmetic import WordArithmetic, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.sketch import Edge, Sketch

    Handler = Callable[["Importer", "Step"], Sequence[Tensor]]
    Table = Mapping[str, Handler]

CONTROL = {
    "If": "which branch runs depends on data",
    "Loop": "how often it runs depends on data",
    "Scan": "it runs a part of the graph again and again: unroll it when exporting",
}
"""Operators that hold graphs of their own, and why they are refused."""

DYNAMIC = "DynamicQuantizeLinear"
"""The operator whose scale depends on data."""

AROUND = " (allow_bounds=True, or --allow-bounds, reports what is around them)"
"""How to go on where a model has such operators."""

MOVING = ("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice")
"""Operators that move constants, in whatever they are written."""

_WEIGHTED = ("MatMul", "Gemm", "Conv", "Gather")
"""Operators that read weights, or a table, as integers."""

_SIZED = ("ConstantOfShape", "Expand", "Tile")
"""Operators whose last input says how large a constant they make."""

_MOST_VALUES = 2**26
"""Values of a constant."""

_SHAPES: Mapping[str, Callable[[tuple[int, ...]], np.ndarray]] = {
    "Shape": lambda shape: np.array(shape, np.int64),
    "Size": lambda s: np.array(np.prod(s)),
}


class Step:
    """A node of a model, with what is known of its inputs.

    Attributes:
        node: the ``onnx.NodeProto``.
        operator: its operator.
        attributes: its attributes.
        inputs: its inputs; None where one is left out.
        opset: the version of the standard operators.
    """

    def __init__(self, node: Any, inputs: list[Tensor | None], opset: int) -> None:  # noqa: ANN401
        self.node = node
        self.operator: str = node.op_type
        self.attributes = attributes(node)
        self.inputs = inputs
        self.opset = opset

    def constant(self, number: int, what: str) -> np.ndarray | None:
        """An input that must be known beforehand; None where it is left out.

        Raises:
            NetworkError: it depends on the network's inputs.
        """
        found = self.inputs[number] if number < len(self.inputs) else None
        if found is None or isinstance(found, np.ndarray):
            return found
        raise NetworkError(f"{what} depends on the inputs of the network: it must be a constant")

    def needed(self, number: int, what: str) -> np.ndarray:
        """Likewise, of one that cannot be left out."""
        found = self.constant(number, what)
        if found is None:
            raise NetworkError(f"{what} is missing")
        return found

    def input(self, number: int) -> Tensor:
        """An input that is there."""
        found = self.inputs[number] if number < len(self.inputs) else None
        if found is None:
            raise NetworkError(f"input {number} is missing")
        return found


class Importer:
    """Writes the nodes of a model into a sketch.

    Args:
        sketch: where its inputs are already.
        tensors: what is known by name: inputs and initializers.
        opsets: versions of operators by domain.
        tables: handlers by operator, of integers, of scaled integers and of real numbers.
    """

    def __init__(
        self,
        sketch: Sketch,
        tensors: dict[str, Tensor],
        opsets: Mapping[str, int],
        tables: Mapping[str, Table],
    ) -> None:
        self.sketch = sketch
        self.tensors = tensors
        self.opsets = opsets
        self.tables = tables
        self.notes: dict[str, None] = {}
        self.name = "<model>"  # what errors call it
        self.quantizer: Any = None  # of real models
        self.readers: Mapping[str, Sequence[str]] = {}

    def run(self, nodes: Sequence[Any]) -> None:
        """Import nodes in order.

        Raises:
            NetworkError: some cannot be; all of them are named.
        """
        failures = [failure for _, failure in self.attempt(nodes)]
        if failures:
            raise NetworkError(f"{self.name}: {said(failures)}")

    def attempt(self, nodes: Sequence[Any]) -> list[tuple[Any, Failure]]:
        """Import nodes in order; those that cannot be, but for what only reads what they give."""
        failures: list[tuple[Any, Failure]] = []
        failed: set[str] = set()
        for node in nodes:
            if failed.intersection(node.input):
                failed.update(node.output)
                continue
            label = str(node.name or next((name for name in node.output if name), "?"))
            try:
                with self.sketch.scope(layer_of(node, label)):
                    found = self._handle(node)
            except TcsimError as error:
                failures.append((node, Failure(label, node.op_type, str(error))))
                failed.update(node.output)
                continue
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                # What the checker of ONNX lets through: shapes or attributes that do not fit.
                reason = f"its inputs and attributes do not fit each other ({error})"
                failures.append((node, Failure(label, node.op_type, reason)))
                failed.update(node.output)
                continue
            for name, tensor in zip(node.output, found, strict=False):
                if name:
                    self.tensors[name] = tensor
        return failures

    def _handle(self, node: Any) -> Sequence[Tensor]:  # noqa: ANN401
        inputs = [self.tensors[name] if name else None for name in node.input]
        step = Step(node, inputs, self.opsets.get("", 0) or self.opsets.get("ai.onnx", 0))
        moving: list[Any] = [one for one in inputs if one is not None and not _is_constant(one)]
        if step.operator in _SHAPES and moving:
            shape = moving[0].shape
            first, last = step.attributes.get("start", 0), step.attributes.get("end")
            return [_SHAPES[step.operator](shape[first:last])]
        if not moving and step.operator == "DequantizeLinear":
            return [_constant(step)]
        if not moving and step.operator in qonnx.HANDLERS:
            return [qonnx.constant(step)]
        if not moving and step.operator not in CONTROL:
            return self._folded(node, inputs)
        if step.operator not in _WEIGHTED:
            step.inputs = [_plain(one) for one in inputs]
        kind = family(moving)
        handler = self.tables[kind].get(step.operator)
        if handler is None:
            raise NetworkError(unsupported(step.operator, kind))
        return handler(self, step)

    def _folded(self, node: Any, inputs: Sequence[Tensor | None]) -> Sequence[Tensor]:  # noqa: ANN401
        """A node of constants; moved weights keep their one scale."""
        given = [one for one in inputs if one is not None]
        first = given[0] if given else None
        same = isinstance(first, Scaled) and first.scale.size == 1 and node.op_type in MOVING
        sizes = given[-1] if node.op_type in _SIZED and given else None
        if isinstance(sizes, np.ndarray) and np.prod(sizes.astype(np.float64)) > _MOST_VALUES:
            raise NetworkError(f"a constant of shape {sizes.tolist()}")
        feeds: dict[str, np.ndarray] = {}
        for name, value in zip(node.input, inputs, strict=True):
            if isinstance(value, Scaled):
                feeds[name] = value.whole if same else value.known
            elif value is not None:
                feeds[name] = value
        found = evaluate(node, feeds, self.opsets)
        if same and isinstance(first, Scaled):
            zeros = None if first.zeros is None else first.zeros.reshape(-1)[:1]
            return [
                Scaled(None, first.scale.reshape(-1)[:1], constant=one, zeros=zeros)
                for one in found
            ]
        return found

    # Writing -------------------------------------------------------------------------------------

    def add(self, operation: Operation, *operands: Edge) -> Edge:
        """An operation in the sketch."""
        return self.sketch.add(operation, *operands)

    def chain(self, edge: Edge, operations: Iterable[Operation]) -> Edge:
        """Operations one after the other."""
        for operation in operations:
            edge = self.sketch.add(operation, edge)
        return edge

    def integers(self, tensor: Tensor, beside: Tensor) -> Integers:
        """A tensor as integers; a constant stands beside one that is not."""
        if isinstance(tensor, Integers):
            return tensor
        if isinstance(tensor, np.ndarray) and (kind := type_of(tensor)):
            if not tensor.size:
                raise NetworkError("a constant without values")
            values = tensor.astype(object)
            if max(abs(values.min()), abs(values.max())) >= 2**61:
                raise NetworkError("a constant beyond 2**61")
            code = whole(int(values.min()), int(values.max()))
            edge = self.add(Constant(tensor.astype(np.int64), code), self.beside(beside))
            return Integers(kind, edge)
        raise NetworkError("it mixes integers with real numbers")

    def beside(self, tensor: Tensor) -> Edge:
        """Any edge of a tensor that is no constant."""
        edge: Edge = tensor.form or tensor.edge if isinstance(tensor, Integers) else tensor.edge
        return edge

    def word(self, tensor: Integers) -> Edge:
        """Integers in binary code."""
        return self.coded(tensor.edge)

    def coded(self, edge: Edge) -> Edge:
        """An edge in binary code.

        Raises:
            NetworkError: it is a sum that is not rounded.
        """
        code = edge.known.code
        if code is None:
            raise NetworkError("a sum that is not rounded is multiplied or compared: quantize it")
        if code.kind == "binary" or code.wires == 1:
            return edge
        return self.add(Recode(Code(code.lo, code.hi, "binary")), edge)

    def thermometer(self, edge: Edge) -> Edge:
        """A coded edge in thermometer code."""
        code = edge.known.code
        assert code is not None  # noqa: S101 - its callers looked
        if code.kind == "thermometer":
            return edge
        return self.add(Recode(Code(code.lo, code.hi)), edge)

    def function(self, name: str, kind: str, *operands: Integers, **options: Any) -> Integers:  # noqa: ANN401
        """A function of words, with the result type's own arithmetic.

        Raises:
            NetworkError: 64 bits could wrap around, or leave what is computed with.
        """
        edges = [self.word(one) for one in operands]
        low, high = reach(name, *(edge.known for edge in edges))
        return Integers(
            kind, self.add(WordArithmetic(name, code_of(kind, low, high), **options), *edges)
        )

    def reshape(self, edge: Edge, shape: Sequence[int]) -> Edge:
        """Under other axes; nothing where they are the same."""
        return edge if edge.known.shape == tuple(shape) else self.add(Reshape(shape), edge)


def _is_constant(tensor: Tensor) -> bool:
    return isinstance(tensor, np.ndarray) or _is_constant_scaled(tensor)


def _is_constant_scaled(tensor: Tensor) -> bool:
    return isinstance(tensor, Scaled) and tensor.constant is not None


def _plain(tensor: Tensor | None) -> Tensor | None:
    """Dequantized constants as the real numbers that they are."""
    if isinstance(tensor, Scaled) and tensor.constant is not None:
        return tensor.known
    return tensor


def _constant(step: Step) -> Scaled:
    """A constant that is dequantized, such as weights."""
    integers = step.needed(0, "the values").astype(np.int64)
    scale = scale_of(step.needed(1, "the scale"))
    zero = zero_of(step.constant(2, "the zero point"))
    check_zero(step, 0, 2)
    if step.attributes.get("block_size"):
        raise NetworkError("weights with a scale per block")
    scale, zeros = (_along(one, integers, step.attributes.get("axis", 1)) for one in (scale, zero))
    return Scaled(None, scale, constant=integers, zeros=zeros)


def _along(values: np.ndarray, like: np.ndarray, axis: int) -> np.ndarray:
    """One number, or one for each place of an axis."""
    if values.size == 1:
        return values.reshape(())
    shape = [1] * like.ndim
    shape[axis % like.ndim] = -1
    return values.reshape(shape)


def code_of(kind: str, low: int, high: int) -> Code:
    """The code of a result of a type, for values of a range before they wrap around.

    Raises:
        NetworkError: 64 bits could wrap around, or leave what is computed with.
    """
    one = TYPES[kind]
    if one.bits <= 32:
        return Code(one.lo, one.hi, "binary")
    if low < one.lo or high > one.hi:
        raise NetworkError(
            f"values of {low}..{high} could wrap around {kind}: narrower `ranges` of the inputs "
            "show that they do not"
        )
    if max(-low, high) >= 2**60:
        raise NetworkError(
            f"values of {kind} could reach {max(-low, high):.3g}, beyond 2**60: declare narrower "
            "`ranges` of the inputs"
        )
    return whole(low, high)


def family(tensors: Sequence[Tensor]) -> str:
    """Which handlers take these tensors."""
    if any(isinstance(one, Scaled) for one in tensors):
        return "scaled"
    return "integers" if all(isinstance(one, Integers) for one in tensors) else "real"


def said(failures: Sequence[Failure]) -> str:
    """The nodes that cannot be imported, and why."""
    nodes = "1 node" if len(failures) == 1 else f"{len(failures)} nodes"
    listed = "\n".join(f"  {failure}" for failure in failures)
    return f"{nodes} cannot be imported{AROUND}:\n{listed}"


def unsupported(operator: str, kind: str) -> str:
    """Why an operator is refused."""
    if operator in CONTROL:
        return CONTROL[operator]
    if operator == DYNAMIC:
        return "dynamic quantization has no range: quantize statically"
    described = {"integers": "integers", "scaled": "quantized values", "real": "real numbers"}
    return f"no exact construction for this operator on {described[kind]}"
