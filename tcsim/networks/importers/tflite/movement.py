"""Operators that only move values: no gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.arrangement import Concatenate, Pad, Reshape, Slice, Transpose

if TYPE_CHECKING:
    from tcsim.networks.importers.tflite.model import Call
    from tcsim.networks.importers.tflite.writing import Writer
    from tcsim.networks.sketch import Edge


def reshape(writer: Writer, call: Call) -> Edge:
    """RESHAPE, SQUEEZE, EXPAND_DIMS: the file says the result's shape."""
    shape = writer.tensor(call.outputs[0]).shape
    if not shape:
        raise NetworkError("a result has at least one axis")
    return writer.sketch.add(Reshape(shape), writer.edge(call.inputs[0]))


def transpose(writer: Writer, call: Call) -> Edge:
    """TRANSPOSE."""
    order = writer.constant(call.inputs[1]).ravel().tolist()
    return writer.sketch.add(Transpose(order), writer.edge(call.inputs[0]))


def pad(writer: Writer, call: Call) -> Edge:
    """PAD and PADV2: with what stands for 0, or with a given integer."""
    source, widths, *value = call.inputs
    fill = int(writer.constant(value[0]).ravel()[0]) if value else writer.tensor(source).zero
    table = [(int(before), int(after)) for before, after in writer.constant(widths)]
    edge = writer.edge(source)
    shape = tuple(n + sum(pair) for n, pair in zip(edge.known.shape, table, strict=True))
    if shape != writer.tensor(call.outputs[0]).shape:
        raise NetworkError(f"widths {table} do not lead to the shape that the file says")
    used = next((i for i, pair in enumerate(table) if any(pair)), len(table) - 1)
    return writer.sketch.add(Pad(table[used:], fill), edge)


def concatenation(writer: Writer, call: Call) -> Edge:
    """CONCATENATION of values on one grid."""
    if call.options.FusedActivationFunction() != 0:
        raise NetworkError("a fused activation of a concatenation has no construction")
    grids = {
        (writer.tensor(number).scale, writer.tensor(number).zero)
        for number in (*call.inputs, *call.outputs)
    }
    if len(grids) > 1:
        raise NetworkError("its operands have different scales")
    edges = [writer.edge(number) for number in call.inputs]
    return writer.sketch.add(Concatenate(call.options.Axis()), *edges)


def strided_slice(writer: Writer, call: Call) -> Edge:
    """STRIDED_SLICE: as Python slices, axis by axis."""
    options, (source, *bounds) = call.options, call.inputs
    if options.EllipsisMask() or options.NewAxisMask():
        raise NetworkError("masks of ellipses and new axes have no construction")
    begin, end, steps = (writer.constant(number).ravel().tolist() for number in bounds)
    edge = writer.edge(source)
    for axis, (first, last, step) in enumerate(zip(begin, end, steps, strict=True)):
        start = None if options.BeginMask() >> axis & 1 else first
        stop = None if options.EndMask() >> axis & 1 else last
        made = Slice(axis, start, stop, step)
        if options.ShrinkAxisMask() >> axis & 1:
            made = Slice(axis, first, first + 1 if first != -1 else None)
        edge = writer.sketch.add(made, edge)
    return writer.sketch.add(Reshape(writer.tensor(call.outputs[0]).shape), edge)


def split(writer: Writer, call: Call) -> list[Edge]:
    """SPLIT and SPLIT_V."""
    if call.name == "SPLIT":
        where, source = call.inputs
        lengths = None
    else:
        source, lengths, where = call.inputs
    axis = int(writer.constant(where).ravel()[0])
    shape = writer.edge(source).known.shape
    if not -len(shape) <= axis < len(shape):
        raise NetworkError(f"there is no axis {axis} among {len(shape)}")
    if lengths is None:
        sizes = [writer.tensor(number).shape[axis] for number in call.outputs]
    else:
        sizes = writer.constant(lengths).ravel().tolist()
    whole = shape[axis]
    if sizes.count(-1) == 1:
        sizes[sizes.index(-1)] = whole - sum(sizes) - 1
    if sum(sizes) != whole or len(sizes) != len(call.outputs):
        raise NetworkError(f"parts of {sizes} of an axis of {whole}")
    ends = np.cumsum(sizes).tolist()
    starts = [0, *ends[:-1]]
    return [
        writer.sketch.add(Slice(axis, start, stop), writer.edge(source))
        for start, stop in zip(starts, ends, strict=True)
    ]


MOVEMENTS: dict[str, Any] = {
    "CONCATENATION": concatenation,
    "EXPAND_DIMS": reshape,
    "PAD": pad,
    "PADV2": pad,
    "RESHAPE": reshape,
    "SPLIT": split,
    "SPLIT_V": split,
    "SQUEEZE": reshape,
    "STRIDED_SLICE": strided_slice,
    "TRANSPOSE": transpose,
}
"""Operators that move values, by name."""
