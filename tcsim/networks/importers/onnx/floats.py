"""Models of real numbers: quantized operation by operation, with scales from calibration rows."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.imported import Grid
from tcsim.networks.importers.onnx.graph import Importer
from tcsim.networks.importers.onnx.holes import Holes, outline
from tcsim.networks.importers.onnx.lazy import Lazy, resolved
from tcsim.networks.importers.onnx.onnx_model import OnnxModel
from tcsim.networks.importers.onnx.real_operators import HANDLERS as OPERATORS
from tcsim.networks.importers.onnx.recurrent import HANDLERS as RECURRENT
from tcsim.networks.importers.onnx.tokens import vocabularies
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.quantizing.quantizer import Quantizer, Real

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcsim.networks.codes import Kind
    from tcsim.networks.sketch import Edge

HANDLERS = {**OPERATORS, **RECURRENT}

_VERIFIED = 4
"""Calibration rows on which the reading of a model is compared with the reference of ONNX."""

_CLOSE = 1e-3
"""Share of the largest value by which float32 may differ from float64."""


def from_reals(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    constants: Mapping[str, np.ndarray],
    calibration: Mapping[str, Any],
    *,
    name: str,
    ranges: Mapping[str, tuple[int, int]],
    rows: set[str],
    weight_bits: int,
    activation_bits: int,
    like: Quantizer | None = None,
    allow_bounds: bool = False,
) -> tuple[OnnxModel, Quantizer]:
    """The integer network of a real model, and what wrote it; see `from_onnx`.

    With `like`, grids are those of the same model at other lengths.
    """
    graph = model.graph
    inputs = [value for value in graph.input if value.name not in constants]
    if unknown := set(ranges) - {value.name for value in inputs}:
        raise NetworkError(f"{name}: no input is called {min(unknown)!r}: ranges are of inputs")
    given = _calibration(calibration, inputs, rows, name)
    words = vocabularies(graph, constants)
    holes = Holes(graph.node)
    while True:
        quantizer = Quantizer(weight_bits=weight_bits, activation_bits=activation_bits, like=like)
        reals = [_input(quantizer, value, given[value.name], ranges, words) for value in inputs]
        importer, edges = _begun(model, constants, inputs, reals, rows, quantizer, holes)
        importer.name = name
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # grids name those
            if not allow_bounds:
                importer.run(holes.left())
                break
            failed = importer.attempt(holes.left())
            if not failed:
                break
            holes.grow(failed, importer)
    names = (tuple(v.name for v in inputs), tuple(v.name for v in graph.output))
    notes = [
        (
            f"weights are rounded to {weight_bits} bits, activations to {activation_bits}, "
            f"with scales from {len(next(iter(given.values())))} calibration rows"
        ),
        *importer.notes,
    ]
    if holes.parts:
        outlined = outline(importer, graph.output, holes, edges)
        grids_in = tuple(Grid(real.step) for real in reals)
        made = OnnxModel(
            outlined.network,
            tuple(notes),
            (*grids_in, *[Grid()] * len(edges)),
            (),
            names=names,
            holes=outlined.holes,
            ends=outlined.ends,
        )
        return made, quantizer
    return _measured(model, importer, quantizer, given, reals, rows, notes, names), quantizer


def _begun(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    constants: Mapping[str, np.ndarray],
    inputs: list[Any],
    reals: list[Real],
    rows: set[str],
    quantizer: Quantizer,
    holes: Holes,
) -> tuple[Importer, dict[str, Edge]]:
    """An importer with what is read, and what comes out of holes."""
    tensors: dict[str, Any] = dict(constants)
    edges: dict[str, Edge] = {}
    for name in holes.given:
        real = quantizer.reals(f"hole {name}", holes.samples[name])
        edges[name], tensors[name] = real.edge, Lazy(real)
    for value, real in zip(inputs, reals, strict=True):
        shape = (1, *real.edge.known.shape) if value.name in rows else real.edge.known.shape
        if shape != real.edge.known.shape:
            edge = quantizer.sketch.add(Reshape(shape), real.edge)
            sample = real.sample.reshape(-1, *shape)
            real = Real(edge, real.scale, real.shift, sample)  # noqa: PLW2901
        tensors[value.name] = Lazy(real)
    opsets = {one.domain: one.version for one in model.opset_import}
    importer = Importer(quantizer.sketch, tensors, opsets, {"real": HANDLERS, "integers": HANDLERS})
    importer.quantizer = quantizer
    importer.readers = _readers(model.graph)
    return importer, edges


def _measured(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    importer: Importer,
    quantizer: Quantizer,
    given: Mapping[str, np.ndarray],
    reals: list[Real],
    rows: set[str],
    notes: list[str],
    names: tuple[tuple[str, ...], tuple[str, ...]],
) -> OnnxModel:
    """The network, verified on rows, and its error there."""
    graph = model.graph
    inputs = [value for value in graph.input if value.name in names[0]]
    edges: list[Edge] = []
    grids, floats, errors = [], [], []
    reference = _reference(model, inputs, given, rows)
    for number, value in enumerate(graph.output):
        real = _output(importer, value.name)
        _verify(value.name, real.sample[:_VERIFIED], reference[number])
        shape = real.edge.known.shape
        target = shape[1:] if rows and shape[:1] == (1,) else shape
        edge = importer.reshape(real.edge, target) if target != shape else real.edge
        edges.append(edge)
        grids.append(Grid(real.step))
        floats.append(real.sample.reshape(-1, *target))
    network = quantizer.sketch.network(*edges)
    grids_in = tuple(Grid(real.step) for real in reals)
    found = _run(network, grids_in, [given[value.name] for value in inputs], reals)
    for grid, values, integers in zip(grids, floats, found, strict=True):
        errors.append(float(np.abs(grid.real(integers) - values).max(initial=0.0)))
    said = f"largest difference from the real model on them: {max(errors):.3g}"
    return OnnxModel(
        network,
        (*notes, said),
        grids_in,
        tuple(grids),
        names=names,
        floats=tuple(floats),
        error=tuple(errors),
    )


def _calibration(
    given: Mapping[str, Any], inputs: list[Any], rows: set[str], name: str
) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for value in inputs:
        if value.name not in given:
            raise NetworkError(f"{name}: calibration rows of input {value.name!r} are missing")
        try:
            array = np.asarray(given[value.name], np.float64)
        except (TypeError, ValueError) as error:
            raise NetworkError(f"{name}: calibration rows of {value.name!r}: {error}") from None
        shape = tuple(int(axis.dim_value) for axis in value.type.tensor_type.shape.dim)
        expected = shape[1:] if value.name in rows else shape
        if expected[:1] == (1,) and array.shape[1:] == expected[1:]:
            array = array[:, None]  # exported for a batch of one
        if array.shape[1:] != expected or not len(array):
            raise NetworkError(
                f"{name}: calibration rows of {value.name!r} are finite numbers of shape "
                f"(rows, {', '.join(map(str, expected))}), not {array.shape}"
            )
        if not np.isfinite(array).all():
            first = int(np.argmin(np.isfinite(array.reshape(len(array), -1)).all(axis=1)))
            raise NetworkError(
                f"{name}: calibration rows of {value.name!r} hold NaN or infinity, first in row "
                f"{first}: finite numbers are needed"
            )
        found[value.name] = array
    if len({len(array) for array in found.values()}) > 1:
        raise NetworkError(f"{name}: inputs have different numbers of calibration rows")
    return found


def _input(
    quantizer: Quantizer,
    value: Any,  # noqa: ANN401
    sample: np.ndarray,
    ranges: Mapping[str, tuple[int, int]],
    words: Mapping[str, int],
) -> Real:
    whole = value.type.tensor_type.elem_type not in (1, 10, 11, 16)
    if not whole and value.name not in ranges:
        return quantizer.reals(value.name, sample)
    seen = (int(sample.min()), int(sample.max()))
    low, high = ranges.get(value.name, (0, words[value.name] - 1) if value.name in words else seen)
    kind: Kind = "one_hot" if whole else "binary"
    return quantizer.integers(
        value.name, sample, Code(int(low), max(int(high), int(low) + 1), kind)
    )


def _readers(graph: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """The operators that read each tensor; ``"output"`` where it is one of the model's."""
    found: dict[str, list[str]] = {}
    for node in graph.node:
        for name in node.input:
            found.setdefault(name, []).append(node.op_type)
    for value in graph.output:
        found.setdefault(value.name, []).append("output")
    return found


def _output(importer: Importer, name: str) -> Real:
    tensor = importer.tensors[name]
    if not isinstance(tensor, Lazy):
        raise NetworkError(f"output {name!r} does not depend on the inputs")
    real = resolved(importer, tensor)
    if real.edge.known.code is None:
        with importer.sketch.scope(name.replace("/", "_") or "output"):
            real = importer.quantizer.code(real)
    return real


def _reference(
    model: Any,  # noqa: ANN401
    inputs: list[Any],
    given: Mapping[str, np.ndarray],
    rows: set[str],
) -> list[np.ndarray]:
    """What the reference of ONNX gives on the first calibration rows."""
    from tcsim.networks.importers.onnx.loading import onnx_module

    helper = onnx_module("onnx.helper")
    outputs: list[list[np.ndarray]] = []
    try:
        run = _runner(model)
        for row in range(min(_VERIFIED, len(given[inputs[0].name]))):
            feeds = {}
            for value in inputs:
                kind = helper.tensor_dtype_to_np_dtype(value.type.tensor_type.elem_type)
                array = given[value.name][row].astype(kind)
                feeds[value.name] = array[None] if value.name in rows else array
            with np.errstate(all="ignore"):
                outputs.append([np.asarray(one) for one in run(None, feeds)])
    except Exception as error:  # noqa: BLE001 - whatever the reference raises
        text = " ".join(str(error).split())[:200]
        raise NetworkError(
            "the model that was read is compared with what ONNX itself computes, which fails "
            f"(for a recurrent layer of two directions, pip install onnxruntime): {text}"
        ) from None
    return [np.stack(column) for column in zip(*outputs, strict=True)]


def _runner(model: Any) -> Callable[..., Any]:  # noqa: ANN401
    """What runs the model: the reference of ONNX, or onnxruntime where there is a recurrent layer.

    The reference has recurrent layers of one direction only.
    """
    from tcsim.networks.importers.onnx.loading import onnx_module

    run: Callable[..., Any]
    if any(node.op_type in RECURRENT for node in model.graph.node) and find_spec("onnxruntime"):
        runtime = onnx_module("onnxruntime")
        options = runtime.SessionOptions()
        options.log_severity_level = 3
        run = runtime.InferenceSession(model.SerializeToString(), options).run
    else:
        run = onnx_module("onnx.reference").ReferenceEvaluator(model).run
    return run


def _verify(name: str, sample: np.ndarray, reference: np.ndarray) -> None:
    """The values that the quantizer followed are those of the model."""
    reach = max(1e-6, float(np.abs(reference.astype(np.float64)).max(initial=0.0)))
    if sample.size != reference.size:
        raise NetworkError(f"output {name!r} has shape {sample.shape}, not {reference.shape}")
    if not (np.isfinite(sample).all() and np.isfinite(reference).all()):
        raise NetworkError(
            f"output {name!r}: values overflow on the calibration rows, to infinity or NaN: make "
            "the weights, biases or rows smaller"
        )
    far = float(np.abs(sample.reshape(reference.shape) - reference).max(initial=0.0))
    if not far <= _CLOSE * reach:
        raise NetworkError(
            f"output {name!r} was read differently from the reference of ONNX, by {far:.3g}: the "
            "model is not imported"
        )


def _run(
    network: Any,  # noqa: ANN401
    grids: tuple[Grid, ...],
    given: list[np.ndarray],
    reals: list[Real],
) -> tuple[np.ndarray, ...]:
    arrays = []
    for grid, rows, real in zip(grids, given, reals, strict=True):
        code = real.edge.known.code
        assert code is not None  # noqa: S101 - inputs are coded
        steps = np.rint(rows / grid.scale)
        arrays.append(np.clip(steps, code.lo, code.hi).astype(np.int64))
    found: tuple[np.ndarray, ...] = network.run(*arrays)
    return found
