"""from_onnx: an ONNX model as an integer network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, ParseError
from tcsim.networks.importers.imported import Grid, Imported
from tcsim.networks.importers.onnx import (
    along_axes,
    contributed,
    elementwise,
    movement,
    products,
    qonnx,
)
from tcsim.networks.importers.onnx.graph import CONTROL, Importer, unsupported
from tcsim.networks.importers.onnx.loading import load, onnx_module
from tcsim.networks.importers.onnx.ports import (
    QUANTIZERS,
    declared_ranges,
    kind_of,
    port,
    quantized_inputs,
    shape_of,
)
from tcsim.networks.importers.onnx.tensors import Failure, Integers, Scaled
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.networks.sketch import Edge

_FOLDED = {"Shape", "Size", "Constant", "ConstantOfShape"}
"""Operators whose result is known where shapes are."""


@dataclass(frozen=True, eq=False)
class OnnxModel(Imported):
    """An ONNX model as an integer network.

    Attributes:
        names: of the inputs of the model, then of its outputs.
        floats: what the real model gives on the calibration rows, per output; empty where there
            were none.
        error: the largest difference from it, per output.
    """

    names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    floats: tuple[np.ndarray, ...] = ()
    error: tuple[float, ...] = ()


def from_onnx(
    source: object,
    *,
    calibration: object = None,
    ranges: Mapping[str, tuple[int, int]] | None = None,
    axes: Mapping[str, int] | None = None,
    weight_bits: int = 8,
    activation_bits: int = 8,
) -> OnnxModel:
    """The integer network of an ONNX model.

    A model of integers, or one that is quantized (``QLinear..``, ``QuantizeLinear`` and
    ``DequantizeLinear``), keeps its meaning bit for bit. One of real numbers is quantized with
    scales that suit the calibration rows, and the difference is measured.

    Args:
        source: a path, the bytes of a file, or an ``onnx.ModelProto``.
        calibration: rows like those that the model will see, of its one input, or {name: rows};
            needed where the model is not quantized.
        ranges: {name of an integer input: (least, largest)}. Otherwise it has the range of its
            type; of 64 bits +-(2**31 - 1), or 0 to that, which `Imported.notes` says. What
            `to_onnx` wrote says them itself.
        axes: {name of an axis: its length}. An open first axis is that of the batch, and goes.
        weight_bits: 2..16 per weight of a real model.
        activation_bits: 2..12 per rounded value of a real model.

    Returns:
        The network, with what its integers stand for.

    Raises:
        MissingExtraError: onnx is not installed.
        ParseError: no model is there, or it is not a valid one.
        NetworkError: operators without an exact construction, all of them named with their nodes
            and the reasons; or calibration rows that are missing.

    Example:
        >>> import numpy as np, onnx.parser
        >>> import tcsim as tc
        >>> model = onnx.parser.parse_model('''
        ...     <ir_version: 10, opset_import: ["": 21]>
        ...     add (uint8[2] x, uint8[2] y) => (uint8[2] z) { z = Add(x, y) }
        ... ''')
        >>> imported = tc.networks.from_onnx(model)
        >>> imported.network([[250, 1]], [[10, 2]]).tolist()
        [[4, 3]]
        >>> tc.networks.compile(imported.network).depth
        2
    """
    model, name, rows = load(source, axes)
    graph = model.graph
    constants = _initializers(graph, name)
    read = {name for node in graph.node for name in node.input}
    read.update(value.name for value in graph.output)
    free = [value for value in graph.input if value.name not in constants]
    inputs = [value for value in free if value.name in read]
    if not inputs:
        raise NetworkError(f"{name}: the model has no inputs: it computes constants alone")
    real = _reals(graph, inputs)
    model = _expanded(model, _known(real=bool(real)))
    graph = model.graph
    _refuse(graph, constants, real=bool(real), name=name)
    if real:
        from tcsim.networks.importers.onnx.floats import from_reals

        return from_reals(
            model,
            constants,
            calibration,
            ranges=dict(ranges or {}),
            rows=rows,
            weight_bits=weight_bits,
            activation_bits=activation_bits,
        )
    given = declared_ranges(model, name) | dict(ranges or {})
    return _from_integers(model, constants, inputs, given, rows, name)


def _from_integers(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    constants: dict[str, np.ndarray],
    inputs: Sequence[Any],
    ranges: dict[str, tuple[int, int]],
    rows: set[str],
    name: str,
) -> OnnxModel:
    sketch = Sketch()
    tensors: dict[str, Any] = dict(constants)
    notes: dict[str, None] = {}
    grids: list[Grid] = []
    edges: dict[str, Edge] = {}
    quantized = quantized_inputs(model.graph, constants)
    for value in inputs:
        shape = shape_of(value, name)[1:] if value.name in rows else shape_of(value, name)
        code, grid = port(value, quantized, ranges, notes, name)
        edges[value.name] = sketch.input(value.name, shape, code)
        grids.append(grid)
    unknown = set(ranges) - {value.name for value in inputs}
    if unknown:
        raise NetworkError(f"{name}: no integer input is called {min(unknown)!r}")
    for value in inputs:
        edge = edges[value.name]
        if value.name in rows:
            edge = sketch.add(Reshape((1, *edge.known.shape)), edge)
        tensors[value.name] = Integers(kind_of(value) if value.name not in quantized else "", edge)
    importer = Importer(sketch, tensors, _opsets(model), TABLES)
    importer.notes.update(notes)
    nodes = []
    for node in model.graph.node:
        if node.input and node.input[0] in quantized and node.op_type in QUANTIZERS:
            given, target = tensors[node.input[0]], quantized[node.input[0]]
            tensors[node.output[0]] = (
                Integers(target.kind, given.made)
                if target.kind
                else Scaled(given.edge, np.full(1, target.scale, np.float32), target.zero)
            )
            continue
        nodes.append(node)
    importer.run(nodes)
    found, outputs = _outputs(importer, model.graph, name, batch=bool(rows))
    return OnnxModel(
        sketch.network(*found),
        tuple(importer.notes),
        tuple(grids),
        outputs,
        names=(tuple(v.name for v in inputs), tuple(v.name for v in model.graph.output)),
    )


# Structure ---------------------------------------------------------------------------------------


def _initializers(graph: Any, name: str) -> dict[str, np.ndarray]:  # noqa: ANN401
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


def _reals(graph: Any, inputs: Sequence[Any]) -> list[str]:  # noqa: ANN401
    """The real inputs that something else reads than what quantizes them."""
    helper = onnx_module().TensorProto
    floats = {helper.FLOAT, helper.FLOAT16, helper.DOUBLE, helper.BFLOAT16}
    names = {v.name for v in inputs if v.type.tensor_type.elem_type in floats}
    return [
        name
        for name in names
        if any(
            name in node.input and not (node.op_type in QUANTIZERS and node.input[0] == name)
            for node in graph.node
        )
    ]


def _opsets(model: Any) -> dict[str, int]:  # noqa: ANN401
    return {one.domain: one.version for one in model.opset_import}


def _known(*, real: bool) -> set[str]:
    tables = TABLES
    if real:
        from tcsim.networks.importers.onnx.floats import HANDLERS as REALS

        tables = {"integers": TABLES["integers"], "real": REALS}
    return {operator for table in tables.values() for operator in table} | _FOLDED | set(QUANTIZERS)


def _expanded(model: Any, known: set[str]) -> Any:  # noqa: ANN401
    """With operators that the standard defines by others, and that are not known, replaced."""
    onnx = onnx_module()
    opsets = _opsets(model)
    for _ in range(8):
        wanted = set()
        for node in model.graph.node:
            if node.op_type in known or node.op_type in CONTROL:
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


def _refuse(graph: Any, constants: Mapping[str, Any], *, real: bool, name: str) -> None:  # noqa: ANN401
    """Name all operators that have no construction, before anything is built."""
    known = _known(real=real)
    fixed = set(constants)
    failures = []
    for node in graph.node:
        if node.op_type in CONTROL:
            failures.append(
                Failure(node.name or node.output[0], node.op_type, CONTROL[node.op_type])
            )
        elif node.op_type in ("Shape", "Size") or all(n in fixed for n in node.input if n):
            fixed.update(node.output)
        elif node.op_type not in known:
            reason = unsupported(node.op_type, "real" if real else "integers")
            failures.append(Failure(node.name or node.output[0], node.op_type, reason))
    if failures:
        listed = "\n".join(f"  {failure}" for failure in failures)
        raise NetworkError(f"{name}: {len(failures)} nodes cannot be imported:\n{listed}")


# Outputs -----------------------------------------------------------------------------------------


def _outputs(
    importer: Importer,
    graph: Any,  # noqa: ANN401 - onnx.GraphProto
    name: str,
    *,
    batch: bool,
) -> tuple[list[Edge], tuple[Grid, ...]]:
    edges: list[Edge] = []
    grids: list[Grid] = []
    for value in graph.output:
        tensor = importer.tensors.get(value.name)
        if tensor is None or isinstance(tensor, np.ndarray):
            raise NetworkError(f"{name}: output {value.name!r} does not depend on the inputs")
        edge, grid = _output(tensor, value.name)
        shape = edge.known.shape
        target = shape[1:] if batch and shape[:1] == (1,) else shape
        if target != shape or edge.number < len(importer.sketch._inputs):  # noqa: SLF001
            edge = importer.add(Reshape(target), edge)
        edges.append(edge)
        grids.append(grid)
    return edges, tuple(grids)


def _output(tensor: Any, name: str) -> tuple[Edge, Grid]:  # noqa: ANN401
    if isinstance(tensor, Integers):
        return tensor.edge, Grid()
    if isinstance(tensor, Scaled) and tensor.constant is not None:
        raise NetworkError(f"output {name!r} does not depend on the inputs")
    if isinstance(tensor, Scaled) and tensor.edge.known.code is not None:
        if tensor.scale.size != 1 or tensor.functions:
            raise NetworkError(f"output {name!r} has several scales: quantize it to one")
        return tensor.edge, Grid(float(tensor.scale.reshape(-1)[0]), tensor.zero)
    raise NetworkError(
        f"output {name!r} is a sum that is not rounded: end the model with QuantizeLinear, or "
        "ArgMax"
    )


TABLES = {
    "integers": {
        **elementwise.HANDLERS,
        **along_axes.HANDLERS,
        **movement.HANDLERS,
        **products.INTEGERS,
        **contributed.HANDLERS,
    },
    "scaled": {**movement.HANDLERS, **products.SCALED, **qonnx.HANDLERS},
    "real": {},
}
"""Handlers by what an operator reads."""
