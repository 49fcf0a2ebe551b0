"""Operators that move values: the reference implementation is run once, on numbers of places."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.arranging import arranged
from tcsim.networks.importers.onnx.evaluating import evaluate
from tcsim.networks.importers.onnx.tables import chosen_rows
from tcsim.networks.importers.onnx.tensors import Integers, Scaled, whole
from tcsim.networks.operations.arrangement import Concatenate, Gather
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.recode import Recode
from tcsim.networks.operations.word_arithmetic import WordArithmetic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge

_FIRST = (0,)
_DATA = {"Pad": (0, 2), "ScatterND": (0, 2), "ScatterElements": (0, 2)}
"""Which inputs hold values; of `Concat` all do, elsewhere the first does."""

MOVING = (
    *("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather"),
    *("GatherND", "GatherElements", "Pad", "Tile", "Expand", "Split", "Concat", "DepthToSpace"),
    *("SpaceToDepth", "Trilu", "ReverseSequence", "CenterCropPad", "ScatterND", "ScatterElements"),
    "Dropout",
)
"""Operators that put each value of the result where one value, or a constant, was."""


def move(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Which place of the inputs each value of the result comes from, then one `Gather`."""
    if step.operator == "Dropout":
        return [step.input(0)]
    if step.operator == "Gather" and len(step.inputs) > 1 and isinstance(step.inputs[1], Integers):
        return [chosen_rows(importer, step)]
    count = len(step.inputs)
    data = range(count) if step.operator == "Concat" else _DATA.get(step.operator, _FIRST)
    moving = [(i, step.inputs[i]) for i in data if i < count and step.inputs[i] is not None]
    pool = _Pool(importer, [one for _, one in moving if not isinstance(one, np.ndarray)])
    feeds: dict[str, np.ndarray] = {}
    for i, name in enumerate(step.node.input):
        if i not in data and name:
            feeds[name] = step.needed(i, f"input {i}, {name!r},")
    node = type(step.node)()
    node.CopyFrom(step.node)
    for i, tensor in moving:
        node.input[i] = f"data {i}"
        feeds[f"data {i}"] = pool.places(tensor)
    results = [np.asarray(one) for one in evaluate(node, feeds, importer.opsets)]
    return [
        pool.whole(step, found) or pool.gather(found)
        for found in results
        if found.dtype.kind in "iu"
    ]


class _Pool:
    """All values that a movement can take: 0, those of its inputs, and constants.

    Places are numbers from 1; 0 is what an operator fills with by itself.
    """

    def __init__(self, importer: Importer, moving: Sequence[Tensor]) -> None:
        self.importer = importer
        if not moving:
            raise NetworkError("what it moves is a constant, where it moves to is not")
        if len({_like(one) for one in moving}) > 1:
            raise NetworkError("it moves values of different types or scales")
        self.first = moving[0]
        self.moving = moving
        self.numbers: dict[int, np.ndarray] = {}
        start = 1
        for one in moving:
            size = math.prod(one.shape)
            self.numbers[id(one)] = np.arange(start, start + size).reshape(one.shape)
            start += size
        self.start = start
        self.constants: list[int] = []

    def places(self, tensor: Tensor) -> np.ndarray:
        """The numbers of the places of an input."""
        if not isinstance(tensor, np.ndarray):
            return self.numbers[id(tensor)]
        values = self._integers(tensor)
        found = np.empty(tensor.size, np.int64)
        for i, value in enumerate(values):
            if value not in self.constants:
                self.constants.append(value)
            found[i] = self.start + self.constants.index(value)
        return found.reshape(tensor.shape)

    def _integers(self, tensor: np.ndarray) -> list[int]:
        if isinstance(self.first, Integers):
            return [int(value) for value in tensor.ravel().tolist()]
        if not isinstance(self.first, Scaled) or self.first.functions or tensor.any():
            raise NetworkError("it puts real constants beside computed values")
        return [self.first.zero] * tensor.size

    def whole(self, step: Step, places: np.ndarray) -> Tensor | None:
        """The result as operations on axes; None where there are none, or constants are put in."""
        if self.constants or not places.size or not places.all():
            return None
        first = self.first
        if step.operator == "Concat":
            edges = self._of_one_code([_edge(one) for one in self.moving], [])
            return _with(first, self.importer.add(Concatenate(step.attributes["axis"]), *edges))
        operations = arranged(step, self.numbers[id(first)], places)
        if operations is None:
            return None
        if isinstance(first, Integers) and first.form:
            form = self.importer.chain(first.form, operations)
            return Integers(first.kind, lambda: self.importer.chain(first.edge, operations), form)
        return _with(first, self.importer.chain(first.edge, operations))

    def gather(self, places: np.ndarray) -> Tensor:
        """The values of places."""
        if not places.size:
            raise NetworkError("its result holds no values")
        filled = (places == 0).any()
        fill = self.first.zero if isinstance(self.first, Scaled) else 0
        constants = [fill, *self.constants] if filled or self.constants else []
        first = self.first
        if isinstance(first, Integers) and first.form and len(self.moving) == 1 and not constants:
            form = self._placed([first.form], places)
            return Integers(first.kind, lambda: self._placed([first.edge], places), form)
        edges = [_edge(one) for one in self.moving]
        if len(edges) > 1 or constants:
            edges = self._of_one_code(edges, constants)
        if not constants:
            return _with(first, self._placed(edges, places))
        code = edges[0].known.code
        if code is None:
            raise NetworkError("it puts constants beside sums that are not rounded")
        made = self.importer.add(Constant(np.array(constants), code), edges[0])
        where = np.where(places == 0, self.start, places + (places >= self.start))
        return _with(first, self._placed([*edges, made], where))

    def _placed(self, edges: Sequence[Edge], where: np.ndarray) -> Edge:
        """The values of all edges, one after the other, at places from 1."""
        flat = [self.importer.reshape(edge, (edge.known.size,)) for edge in edges]
        if len(flat) == 1 and np.array_equal(where.ravel(), np.arange(1, self.start)):
            return self.importer.reshape(edges[0], where.shape)
        pool = flat[0] if len(flat) == 1 else self.importer.add(Concatenate(0), *flat)
        return self.importer.add(Gather(where - 1, 0), pool)

    def _of_one_code(self, edges: list[Edge], constants: Sequence[int]) -> list[Edge]:
        """Edges in one code that holds all values; forms stay what they are."""
        codes = {edge.known.code for edge in edges}
        (code, *others) = codes
        if code is None or None in codes:
            return edges
        if not others and all(code.lo <= value <= code.hi for value in constants):
            return edges
        ends = [(one.lo, one.hi) for one in codes if one is not None]
        low = min([lo for lo, _ in ends] + list(constants))
        high = max([hi for _, hi in ends] + list(constants))
        common = WordArithmetic("cast", whole(low, high))
        return [self.importer.add(common, self._word(edge)) for edge in edges]

    def _word(self, edge: Edge) -> Edge:
        code = edge.known.code
        if code is None or code.kind == "binary" or code.wires == 1:
            return edge
        return self.importer.add(Recode(replace(code, kind="binary")), edge)


def _edge(tensor: Tensor) -> Edge:
    edge: Edge = tensor.edge
    return edge


def _like(tensor: Tensor) -> Any:  # noqa: ANN401
    """What tensors that are moved together must have in common."""
    if isinstance(tensor, Integers):
        return tensor.kind
    if isinstance(tensor, Scaled):
        if tensor.scale.size != 1:
            raise NetworkError("it moves values of several scales: one scale for all is needed")
        return (float(tensor.scale.reshape(())), tensor.zero, tensor.names)
    raise NetworkError("real numbers are moved otherwise")


def _with(tensor: Tensor, edge: Edge) -> Tensor:
    if isinstance(tensor, Integers):
        return Integers(tensor.kind, edge)
    return Scaled(edge, tensor.scale.reshape(-1)[:1], tensor.zero, tensor.functions, tensor.names)


HANDLERS = dict.fromkeys(MOVING, move)
