"""Models of integers, and quantized ones: read bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.imported import Grid
from tcsim.networks.importers.onnx.graph import Importer
from tcsim.networks.importers.onnx.holes import Holes, outline
from tcsim.networks.importers.onnx.onnx_model import OnnxModel
from tcsim.networks.importers.onnx.ports import (
    QUANTIZERS,
    kind_of,
    port,
    quantized_inputs,
    shape_of,
)
from tcsim.networks.importers.onnx.structure import opsets_of
from tcsim.networks.importers.onnx.tensors import Integers, Scaled
from tcsim.networks.importers.onnx.tokens import vocabularies
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.networks.importers.onnx.graph import Table
    from tcsim.networks.sketch import Edge


def from_integers(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    constants: dict[str, np.ndarray],
    inputs: Sequence[Any],
    ranges: dict[str, tuple[int, int]],
    rows: set[str],
    name: str,
    tables: Mapping[str, Table],
    *,
    allow_bounds: bool,
) -> OnnxModel:
    """The integer network of a model of integers, or of a quantized one; see `from_onnx`."""
    holes = Holes(model.graph.node)
    while True:
        importer, nodes, grids, given = _begun(
            model, constants, inputs, ranges, rows, name, tables, holes
        )
        if not allow_bounds:
            importer.run(nodes)
            break
        failed = importer.attempt(nodes)
        if not failed:
            break
        holes.grow(failed, importer)
    names = (tuple(v.name for v in inputs), tuple(v.name for v in model.graph.output))
    if allow_bounds:
        outlined = outline(importer, model.graph.output, holes, given)
        if outlined.holes or len(outlined.network.outputs) < len(model.graph.output):
            return OnnxModel(
                outlined.network,
                tuple(importer.notes),
                tuple(grids),
                (),
                names=names,
                holes=outlined.holes,
                ends=outlined.ends,
            )
    found, outputs = _outputs(importer, model.graph, name, batch=bool(rows))
    network = importer.sketch.network(*found)
    return OnnxModel(network, tuple(importer.notes), tuple(grids), outputs, names=names)


def _begun(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    constants: dict[str, np.ndarray],
    inputs: Sequence[Any],
    ranges: dict[str, tuple[int, int]],
    rows: set[str],
    name: str,
    tables: Mapping[str, Table],
    holes: Holes,
) -> tuple[Importer, list[Any], list[Grid], dict[str, Edge]]:
    """An importer with what is read, the nodes that are left, and what comes out of holes."""
    sketch = Sketch()
    tensors: dict[str, Any] = dict(constants)
    notes: dict[str, None] = {}
    grids: list[Grid] = []
    edges: dict[str, Edge] = {}
    quantized = quantized_inputs(model.graph, constants)
    words = vocabularies(model.graph, constants)
    for value in inputs:
        shape = shape_of(value, name)[1:] if value.name in rows else shape_of(value, name)
        code, grid = port(value, quantized, ranges, notes, name, words.get(value.name))
        edges[value.name] = sketch.input(value.name, shape, code)
        grids.append(grid)
    given = holes.inputs(sketch)
    grids += [Grid()] * len(given)
    tensors |= {one: Integers(holes.given[one].kind, edge) for one, edge in given.items()}
    unknown = set(ranges) - {value.name for value in inputs}
    if unknown:
        raise NetworkError(f"{name}: no integer input is called {min(unknown)!r}")
    for value in inputs:
        edge = edges[value.name]
        if value.name in rows:
            edge = sketch.add(Reshape((1, *edge.known.shape)), edge)
        tensors[value.name] = Integers(kind_of(value) if value.name not in quantized else "", edge)
    importer = Importer(sketch, tensors, opsets_of(model), tables)
    importer.name = name
    importer.notes.update(notes)
    nodes = []
    for node in holes.left():
        if node.input and node.input[0] in quantized and node.op_type in QUANTIZERS:
            given, target = tensors[node.input[0]], quantized[node.input[0]]
            tensors[node.output[0]] = (
                Integers(target.kind, given.made)
                if target.kind
                else Scaled(given.edge, np.full(1, target.scale, np.float32), target.zero)
            )
            continue
        nodes.append(node)
    return importer, nodes, grids, given


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
