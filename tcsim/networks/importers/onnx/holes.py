"""Holes: parts of a model that have no exact construction, cut out of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx.lazy import Lazy, Scores
from tcsim.networks.importers.onnx.local import LocalType, names_read, samples_of, types_of
from tcsim.networks.importers.onnx.tensors import ASSUMED, TYPES, Failure, Integers, type_of
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.node import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.codes import Kind
    from tcsim.networks.importers.onnx.graph import Importer
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge, Sketch


@dataclass(frozen=True)
class Hole:
    """A part of a model of unknown depth and size.

    Attributes:
        name: of the node that cannot be imported, or of its output.
        operator: that node's operator.
        reason: why it cannot be.
        nodes: names of all nodes in the part: what follows it up to the next integers is in it.
        reads: numbers of the network's values that it reads.
        gives: numbers of the network's inputs that stand for what it gives.
        ends: names of outputs of the model that are inside.
    """

    name: str
    operator: str
    reason: str
    nodes: tuple[str, ...]
    reads: tuple[int, ...]
    gives: tuple[int, ...]
    ends: tuple[str, ...] = ()


@dataclass
class _Part:
    """A hole while it grows."""

    failure: Failure
    nodes: list[Any] = field(default_factory=list)


class Holes:
    """Finds the parts of a model that cannot be imported, one attempt after another.

    Args:
        nodes: of the model, in order.
    """

    def __init__(self, nodes: Sequence[Any]) -> None:
        self.nodes = list(nodes)
        self.parts: list[_Part] = []
        self.given: dict[str, LocalType] = {}
        """What comes out of holes, by name, and of which type it is."""
        self.samples: dict[str, Any] = {}
        """Real values of these on the calibration rows."""
        self._types: dict[str, LocalType] = {}
        self._rounded: set[str] = set()  # as every rounded value is, in thermometer code

    @property
    def inside(self) -> set[int]:
        """Ids of nodes that are in holes."""
        return {id(node) for part in self.parts for node in part.nodes}

    def inputs(self, sketch: Sketch) -> dict[str, Edge]:
        """Integers that come out of holes, as inputs of a sketch."""
        found = {}
        for name, one in self.given.items():
            low, high = ASSUMED.get(one.kind) or TYPES[one.kind]
            kind: Kind = "thermometer" if name in self._rounded else "binary"
            found[name] = sketch.input(f"hole {name}", one.shape, Code(low, high, kind))
        return found

    def left(self) -> list[Any]:
        """Nodes that are in none."""
        inside = self.inside
        return [
            node for node in self.nodes if id(node) not in inside and not self._resumes(node.output)
        ]

    def _resumes(self, names: Sequence[str]) -> bool:
        return any(name in self.given for name in names)

    def grow(self, roots: Sequence[tuple[Any, Failure]], importer: Importer) -> None:
        """Take nodes that failed, and what follows each up to the next integers, into holes."""
        for name, tensor in importer.tensors.items():
            self._types[name] = _type(tensor)
        for node, failure in roots:
            part = _Part(failure)
            self.parts.append(part)
            self._take(node, part, importer)

    def _take(self, node: Any, part: _Part, importer: Importer) -> None:  # noqa: ANN401
        if id(node) in self.inside:
            other = next(one for one in self.parts if node in one.nodes)
            if other is not part:  # what follows two of them is one
                part.nodes += other.nodes
                self.parts.remove(other)
            return
        part.nodes.append(node)
        self._types.update(types_of(node, self._types, importer))
        real = importer.quantizer is not None
        if real:
            self.samples |= samples_of(node, importer, self._types)
        for name in node.output:
            found = self._types.get(name)
            if not name or found is None:
                self._follow(name, part, importer)
            elif found.kind in TYPES or real:
                self.given[name] = found
                if node.op_type.startswith("QLinear"):
                    self._rounded.add(name)
            else:
                self._follow(name, part, importer)

    def _follow(self, name: str, part: _Part, importer: Importer) -> None:
        """What reads real numbers of a quantized model: a rounding ends the hole."""
        for reader in self.nodes:
            if not name or name not in reader.input:
                continue
            kind = _rounded_to(reader, name, importer)
            shape = self._types[name].shape if name in self._types else None
            if kind and shape is not None:
                self.given[reader.output[0]] = LocalType(kind, shape)
                self._rounded.add(reader.output[0])
                part.nodes.append(reader)
            else:
                self._take(reader, part, importer)

    def finish(
        self, importer: Importer, sources: dict[str, Edge], outputs: Sequence[Any]
    ) -> tuple[Hole, ...]:
        """The holes, with numbers of the sketch's values."""
        found = []
        known = importer.tensors
        for part in self.parts:
            made = {name for node in part.nodes for name in node.output}
            reads: dict[int, None] = {}
            for node in part.nodes:
                for name in names_read(node):
                    if name in known and name not in made:
                        reads.update(dict.fromkeys(one.number for one in edges_of(known[name])))
            found.append(
                Hole(
                    part.failure.node,
                    part.failure.operator,
                    part.failure.reason,
                    tuple(str(node.name or node.output[0]) for node in part.nodes),
                    tuple(reads),
                    tuple(sources[name].number for name in made if name in sources),
                    tuple(one.name for one in outputs if one.name in made - set(sources)),
                )
            )
        return tuple(found)


def edges_of(tensor: Tensor) -> list[Edge]:
    """The arrays that a tensor stands on."""
    if isinstance(tensor, Scores):
        return [tensor.q.edge, tensor.k.edge]
    if isinstance(tensor, np.ndarray) or getattr(tensor, "constant", None) is not None:
        return []
    if isinstance(tensor, Integers):
        return [tensor.form if tensor.form is not None else tensor.edge]
    return [tensor.edge]


class Outline(NamedTuple):
    """What is around holes.

    Attributes:
        network: its outputs are those of the model that stand on wires, its last inputs what holes
            give.
        holes: by its numbers.
        ends: numbers of its values that are outputs of the model.
    """

    network: IntegerNetwork
    holes: tuple[Hole, ...]
    ends: tuple[int, ...]


def outline(
    importer: Importer, outputs: Sequence[Any], holes: Holes, given: dict[str, Edge]
) -> Outline:
    """The network of what is outside of holes.

    Args:
        importer: after its run.
        outputs: of the model.
        holes: what was cut out.
        given: what holes give, as inputs.
    """
    cut = holes.finish(importer, given, outputs)
    known = importer.tensors
    ends = [edge for one in outputs if one.name in known for edge in edges_of(known[one.name])]
    sketch = importer.sketch
    inputs, nodes = sketch._inputs, sketch._nodes  # noqa: SLF001 - what no output needs may be read
    first = len(inputs)
    wanted = {edge.number for edge in ends} | {one for hole in cut for one in hole.reads}
    for number in range(first + len(nodes) - 1, first - 1, -1):
        if number in wanted:
            wanted.update(nodes[number - first].sources)
    kept = [number for number in range(first, first + len(nodes)) if number in wanted]
    place = {number: number for number in range(first)}
    place.update({number: first + at for at, number in enumerate(kept)})
    network = IntegerNetwork(
        inputs,
        [
            Node(one.operation, tuple(place[source] for source in one.sources), one.scope)
            for one in (nodes[number - first] for number in kept)
        ],
        [place[one.number] for one in ends if one.known.code is not None],
    )
    moved = tuple(
        replace(hole, reads=tuple(place[number] for number in hole.reads)) for hole in cut
    )
    return Outline(network, moved, tuple(place[one.number] for one in ends))


def _type(tensor: Tensor) -> LocalType:
    if isinstance(tensor, np.ndarray):
        return LocalType(type_of(tensor) or "FLOAT", tensor.shape, tensor)
    if isinstance(tensor, Integers):
        return LocalType(tensor.kind, tensor.shape)
    if isinstance(tensor, Lazy | Scores):
        return LocalType("FLOAT", tensor.shape)
    if tensor.constant is not None:
        return LocalType("FLOAT", tensor.constant.shape, tensor.known)
    return LocalType("FLOAT", tensor.shape)


def _rounded_to(node: Any, name: str, importer: Importer) -> str:  # noqa: ANN401
    """The type that a node rounds real numbers to; empty where it does not."""
    if node.op_type != "QuantizeLinear" or node.input[0] != name:
        return ""
    if len(node.input) < 3 or not node.input[2]:
        return "UINT8"
    zero = importer.tensors.get(node.input[2])
    return type_of(zero) if isinstance(zero, np.ndarray) else ""
