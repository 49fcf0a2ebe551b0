"""Operators on integers along axes: sums, products, extremes, order, windows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.graph import code_of
from tcsim.networks.importers.onnx.tensors import Integers
from tcsim.networks.importers.onnx.windows import places
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import (
    Broadcast,
    Concatenate,
    Gather,
    Reshape,
    Stack,
    Transpose,
)
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.word_sum import WordSum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge


def word_sum(
    importer: Importer, kind: str, x: Edge | Integers, weights: object, bias: object
) -> Integers:
    """Weighted sums along the last axis: as linear forms, and as words where they are needed."""
    affine = Affine(weights, bias)
    edge = (x.form or importer.word(x)) if isinstance(x, Integers) else x
    sums = affine.infer(edge.known)
    code = code_of(kind, sums.least, sums.largest)
    form = None
    if code.lo <= sums.least and sums.largest <= code.hi:
        form = importer.add(affine, edge)

    def words() -> Edge:
        word = importer.word(x) if isinstance(x, Integers) else x
        return importer.add(WordSum(weights, bias, code), word)

    return Integers(kind, words, form)


def cumulative(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Sums or products of all before, along an axis."""
    x = step.input(0)
    axis = int(step.needed(1, "the axis"))
    edge, order = last(importer, importer.word(x), [axis])
    length = edge.known.shape[-1]
    reverse, exclusive = step.attributes.get("reverse", 0), step.attributes.get("exclusive", 0)
    if step.operator == "CumSum":
        weights = np.triu(np.ones((length, length), np.int64), 1 if exclusive else 0)
        weights = weights.T if reverse else weights
        found = word_sum(importer, x.kind, edge, weights, np.zeros(length, np.int64)).edge
        return [Integers(x.kind, back(importer, found, order))]
    items = [Integers(x.kind, one) for one in parts(importer, edge)]
    items = items[::-1] if reverse else items
    one = importer.integers(np.ones((), np.int64), x)
    total = Integers(x.kind, one.edge)
    made: list[Integers] = []
    for item in items:
        before = total
        total = importer.function("multiply", x.kind, total, item)
        made.append(before if exclusive else total)
    full = [importer.function("multiply", x.kind, one, item).edge for item in made]
    made_edges = full[::-1] if reverse else full
    shape = edge.known.shape[:-1]
    spread = [importer.reshape(wide(importer, part, shape), shape) for part in made_edges]
    stacked = joined(importer, spread)
    return [Integers(x.kind, back(importer, stacked, order))]


def reduce(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Extreme or sum along axes."""
    x = step.input(0)
    given = step.attributes.get("axes")
    if given is None and len(step.inputs) > 1:
        found = step.constant(1, "the axes")
        given = None if found is None else found.ravel().tolist()
    rank = len(x.shape)
    axes = list(range(rank)) if not given else sorted(axis % rank for axis in given)
    if not given and step.attributes.get("noop_with_empty_axes"):
        return [x]
    edge, _ = last(importer, importer.word(x), axes)
    length = edge.known.shape[-1]
    if step.operator in ("ReduceSum", "ReduceL1"):
        if step.operator == "ReduceL1" and x.type.lo < 0:
            raise NetworkError("magnitudes of signed integers are not summed")
        ones = np.ones((length, 1), np.int64)
        made = word_sum(importer, x.kind, edge, ones, np.zeros(1, np.int64))
    else:
        name = "largest" if step.operator == "ReduceMax" else "smallest"
        items = [Integers(x.kind, one) for one in parts(importer, edge)]
        made = items[0] if length == 1 else importer.function(name, x.kind, *items)
    keep = step.attributes.get("keepdims", 1)
    shape = [1 if axis in axes else n for axis, n in enumerate(x.shape) if keep or axis not in axes]
    form = None if made.form is None else importer.reshape(made.form, shape)
    return [Integers(x.kind, lambda: importer.reshape(made.edge, shape), form)]


def top_k(importer: Importer, step: Step) -> Sequence[Tensor]:
    """The first k in order, and their places."""
    x = step.input(0)
    count = step.attributes.get("k")
    k = int(step.needed(1, "k").reshape(-1)[0]) if count is None else int(count)
    axis = step.attributes.get("axis", -1)
    edge, order = last(importer, importer.word(x), [axis])
    items = [Integers(x.kind, one) for one in parts(importer, edge)]
    if not 1 <= k <= len(items):
        raise NetworkError(f"k is {k}, of {len(items)} values")
    down = bool(step.attributes.get("largest", 1))
    found: list[Tensor] = []
    for name, kind in (("ranked", x.kind), ("ranked_place", "INT64")):
        ranks = [
            importer.function(name, kind, *items, rank=rank, descending=down).edge
            for rank in range(k)
        ]
        found.append(Integers(kind, back(importer, joined(importer, ranks), order)))
    return found


def max_pool(importer: Importer, step: Step) -> Sequence[Tensor]:
    """The largest of each window; what is outside is the least value of the type."""
    x = step.input(0)
    if len(step.node.output) > 1 and step.node.output[1]:
        raise NetworkError("the places of maxima are not given")
    edge = importer.word(x)
    code = edge.known.code
    assert code is not None  # noqa: S101 - a word
    numbers = np.arange(edge.known.size).reshape(edge.known.shape)
    where = places(numbers, step.attributes, outside=edge.known.size)
    flat = importer.reshape(edge, (edge.known.size,))
    if (where == edge.known.size).any():
        least = importer.add(Constant(np.array([code.lo]), code), edge)
        flat = importer.add(Concatenate(0), flat, least)
    windows = importer.add(Gather(where, 0), flat)
    items = [Integers(x.kind, one) for one in parts(importer, windows)]
    return [items[0] if len(items) == 1 else importer.function("largest", x.kind, *items)]


def last(importer: Importer, edge: Edge, axes: Sequence[int]) -> tuple[Edge, tuple[int, ...]]:
    """Some axes joined into the last one; and the order in which the axes now stand."""
    shape = edge.known.shape
    if not shape:
        return importer.add(Reshape((1,)), edge), ()
    chosen = [axis % len(shape) for axis in axes]
    rest = [axis for axis in range(len(shape)) if axis not in chosen]
    order = (*rest, *chosen)
    if order != tuple(range(len(shape))):
        edge = importer.add(Transpose(order), edge)
    joined_length = math.prod(shape[axis] for axis in chosen)
    return importer.reshape(edge, (*(shape[axis] for axis in rest), joined_length)), order


def back(importer: Importer, edge: Edge, order: tuple[int, ...]) -> Edge:
    """Axes in the order in which they stood before `last` of one axis."""
    if order == tuple(range(len(order))):
        return edge
    return importer.add(Transpose(np.argsort(order).tolist()), edge)


def parts(importer: Importer, edge: Edge) -> list[Edge]:
    """The places of the last axis, one by one."""
    return [
        importer.add(Gather(np.array(place), -1), edge) for place in range(edge.known.shape[-1])
    ]


def joined(importer: Importer, items: Sequence[Edge]) -> Edge:
    """Edges along a new last axis."""
    return importer.add(Stack(-1), *items)


def wide(importer: Importer, edge: Edge, shape: tuple[int, ...]) -> Edge:
    """Broadcast to a shape."""
    return edge if edge.known.shape == shape else importer.add(Broadcast(shape), edge)


HANDLERS = {
    "CumSum": cumulative,
    "CumProd": cumulative,
    "ReduceMax": reduce,
    "ReduceMin": reduce,
    "ReduceSum": reduce,
    "TopK": top_k,
    "MaxPool": max_pool,
}
