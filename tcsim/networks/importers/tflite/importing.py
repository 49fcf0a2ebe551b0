"""from_tflite: a model of TensorFlow Lite as an integer network."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, ParseError
from tcsim.networks.importers.imported import Grid, Imported
from tcsim.networks.importers.tflite.model import read_graphs
from tcsim.networks.importers.tflite.movement import MOVEMENTS
from tcsim.networks.importers.tflite.operators import OPERATORS
from tcsim.networks.importers.tflite.writing import Writer
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from tcsim.networks.importers.tflite.model import Call, Graph
    from tcsim.networks.sketch import Edge
    from tcsim.typing import Integers, StrPath

_STATEFUL = {"CALL_ONCE", "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE"}
_KNOWN = {*OPERATORS, *MOVEMENTS, *_STATEFUL}

_UNFIT = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
    struct.error,
)
"""What operands and options raise that are not those of their operator."""


@dataclass(frozen=True, eq=False)
class TFLiteModel(Imported):
    """A model of TensorFlow Lite as an integer network.

    Attributes:
        states: how many arrays of state it keeps: the first inputs and outputs of the network, as
            `tcsim.networks.procedures.recurrent` takes a step.
        initial: the integers of each at the start.
    """

    states: int = 0
    initial: tuple[Integers, ...] = ()


def from_tflite(source: StrPath | bytes, *, classify: bool = False) -> TFLiteModel:
    """A model whose tensors are 8-bit integers, as an integer network, bit for bit.

    The arithmetic is that of TensorFlow Lite's reference kernels: 32-bit sums, a fixed-point
    multiplier and a shift, rounded twice. Optimized kernels may differ from them by 1.

    A model with variables (a streaming one) becomes one step: its variables are the first inputs
    and outputs of the network, and `procedures.recurrent` runs it.

    Args:
        source: a .tflite file or its content. Shapes are those of the file, the batch's 1 too.
        classify: whether the answer is the index of the largest output; a SOFTMAX at the end, which
            changes no order, is left out.

    Raises:
        ParseError: the file is no model, or a damaged one.
        NetworkError: names the operators that have no exact construction, or the tensor that is no
            8-bit integer.
        MissingExtraError: the package tflite is not installed.
    """
    data, path = _content(source)
    main, *others = read_graphs(data, path)
    try:
        return _imported(main, others, classify=classify)
    except NetworkError as error:
        raise NetworkError(str(error) if path is None else f"{path}: {error}") from None


def _imported(main: Graph, others: list[Graph], *, classify: bool) -> TFLiteModel:
    _check(main, classify=classify)
    variables = _variables(main)
    sketch = Sketch()
    writer = Writer(main, sketch)
    held = _held(writer, variables, main)
    sources = [*held.values()]
    grids = [_grid(writer, number) for number in variables.values()]
    names = _names(main, {f"state{place}" for place in range(len(held))})
    for number in main.inputs:
        edge = sketch.input(names[number], main.tensors[number].shape, writer.code(number))
        writer.edges[number] = edge
        sources.append(edge)
        grids.append(_grid(writer, number))
    state = _write(writer, main, held, classify=classify)
    outputs = [writer.edge(number) for number in main.outputs]
    ends = [_grid(writer, number) for number in main.outputs]
    if classify:
        outputs, ends = [_class(sketch, outputs)], [Grid()]
    network = sketch.network(*state.values(), *outputs)
    said = [_grid(writer, number) for number in variables.values()]
    initial = tuple(_initial(name, variables, main, others) for name in variables)
    return TFLiteModel(
        network, _notes(main, state), tuple(grids), (*said, *ends), len(state), initial
    )


def _content(source: StrPath | bytes) -> tuple[bytes, str | None]:
    if isinstance(source, bytes | bytearray):
        return bytes(source), None
    try:
        return Path(source).read_bytes(), str(source)
    except (OSError, TypeError, ValueError) as error:
        problem = getattr(error, "strerror", None) or error
        raise ParseError(f"the file cannot be read: {problem}", path=str(source)) from None


def _check(graph: Graph, *, classify: bool) -> None:
    """Name all operators without a construction, before any work."""
    if not graph.inputs or not graph.outputs or not graph.calls:
        raise NetworkError("the model has no inputs, outputs or operators")
    unknown = [call.name for call in graph.calls if call.name not in _KNOWN]
    if classify and graph.calls[-1].name == "SOFTMAX":
        unknown.remove("SOFTMAX")
    if unknown:
        names = ", ".join(f"{name} ({unknown.count(name)})" for name in dict.fromkeys(unknown))
        ask = "; classify=True leaves a SOFTMAX at the end out" if "SOFTMAX" in unknown else ""
        raise NetworkError(f"operators without an exact construction: {names}{ask}")


def _write(
    writer: Writer, graph: Graph, held: dict[str, Edge], *, classify: bool
) -> dict[str, Edge]:
    """All calls, in order; what the variables hold at the end."""
    state = dict(held)
    handles: dict[int, str] = {}
    for place, call in enumerate(graph.calls):
        where = f"operator {place} ({call.name})"
        try:
            with writer.sketch.scope(f"{place:03d}_{call.name.lower()}"):
                if call.name == "VAR_HANDLE":
                    handles[call.outputs[0]] = _shared(call)
                elif call.name == "READ_VARIABLE":
                    writer.edges[call.outputs[0]] = state[handles[call.inputs[0]]]
                elif call.name == "ASSIGN_VARIABLE":
                    state[handles[call.inputs[0]]] = writer.edge(call.inputs[1])
                elif call.name == "SOFTMAX" and classify:
                    writer.edges[call.outputs[0]] = writer.edge(call.inputs[0])
                elif call.name != "CALL_ONCE":
                    _compute(writer, call)
        except NetworkError as error:
            raise NetworkError(f"{where}: {error}") from None
        except MemoryError as error:
            raise NetworkError(f"{where}: it is too large for the memory: {error}") from None
        except _UNFIT as error:
            what = "the file holds no options of it" if call.options is None else error
            raise NetworkError(f"{where}: its operands or options do not fit it: {what}") from None
    return state


def _compute(writer: Writer, call: Call) -> None:
    made: Any = {**OPERATORS, **MOVEMENTS}[call.name](writer, call)
    found = made if isinstance(made, list) else [made]
    for number, edge in zip(call.outputs, found, strict=True):
        if edge.known.shape != writer.tensor(number).shape:
            raise NetworkError(
                f"its result is {edge.known.shape}, and the file says {writer.tensor(number).shape}"
            )
        writer.edges[number] = edge


# Variables ---------------------------------------------------------------------------------------


def _variables(main: Graph) -> dict[str, int]:
    """The tensor that each variable is read into, by the variable's name."""
    handles = _handles(main)
    found: dict[str, int] = {}
    for call in main.calls:
        if call.name == "READ_VARIABLE":
            if not call.outputs or handles.keys().isdisjoint(call.inputs):
                raise NetworkError("a variable is read without a handle")
            found.setdefault(handles[call.inputs[0]], call.outputs[0])
    return found


def _held(writer: Writer, variables: dict[str, int], main: Graph) -> dict[str, Edge]:
    return {
        name: writer.sketch.input(f"state{place}", main.tensors[number].shape, writer.code(number))
        for place, (name, number) in enumerate(variables.items())
    }


def _initial(name: str, variables: dict[str, int], main: Graph, others: list[Graph]) -> Integers:
    """What a variable holds at the start: a constant of a graph that is called once."""
    shape = main.tensors[variables[name]].shape
    for graph in others:
        handles = _handles(graph)
        for call in graph.calls:
            if call.name != "ASSIGN_VARIABLE" or len(call.inputs) != 2:
                continue
            if handles.get(call.inputs[0]) == name:
                values = graph.tensors[call.inputs[1]].values
                if values is not None and values.shape == shape:
                    return values
    # Without one it is filled with what stands for 0.
    return np.full(shape, main.tensors[variables[name]].zero, np.int64)


def _handles(graph: Graph) -> dict[int, str]:
    """The name of the variable that each handle is of."""
    calls = [call for call in graph.calls if call.name == "VAR_HANDLE" and call.outputs]
    return {call.outputs[0]: _shared(call) for call in calls}


def _shared(call: Call) -> str:
    """The name of the variable that a handle is of."""
    try:
        return str((call.options.SharedName() or b"").decode(errors="replace"))
    except _UNFIT:
        raise NetworkError("a handle of a variable has no name") from None


# The result --------------------------------------------------------------------------------------


def _grid(writer: Writer, number: int) -> Grid:
    made = writer.tensor(number)
    return Grid(made.scale, made.zero)


def _names(graph: Graph, taken: set[str]) -> dict[int, str]:
    """What the inputs are called: as in the file, and otherwise than each other."""
    if len(set(graph.inputs)) < len(graph.inputs):
        raise NetworkError(f"a tensor is an input twice: {graph.inputs}")
    found: dict[int, str] = {}
    for number in graph.inputs:
        name = graph.tensors[number].name if number >= 0 else ""
        name = "".join(c if c.isalnum() else "_" for c in name) or f"x{number}"
        found[number] = f"{name}_{number}" if name in taken else name
        taken.add(found[number])
    return found


def _class(sketch: Sketch, outputs: list[Edge]) -> Edge:
    if len(outputs) != 1:
        raise NetworkError("classify needs one output")
    (edge,) = outputs
    flat = sketch.add(Reshape((-1,)), edge)
    return sketch.add(Argmax(flat.known.size), flat)


def _notes(graph: Graph, state: dict[str, Edge]) -> tuple[str, ...]:
    notes = ["Arithmetic of TensorFlow Lite's reference kernels: optimized ones may differ by 1."]
    if state:
        notes.append(
            f"One step of a model with {len(state)} variable{'s' * (len(state) > 1)}, "
            "the first inputs and outputs."
        )
    if any(call.name in ("LOGISTIC", "TANH") for call in graph.calls):
        notes.append("Tables of LOGISTIC and TANH are those of single precision.")
    return tuple(notes)
