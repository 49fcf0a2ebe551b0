"""Sketch: an integer network written operation by operation."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.inference import infer
from tcsim.networks.inputs import Inputs
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.node import Node
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tcsim.networks.codes import Code
    from tcsim.networks.operations.operation import Operation


@dataclass(frozen=True, eq=False)
class Edge:
    """An array of integers in a `Sketch`.

    Attributes:
        sketch: where it was made.
        number: its number in the network.
        values: shape, range and code; None while an axis of the inputs has no number.
    """

    sketch: Sketch
    number: int
    values: Values | None

    @property
    def known(self) -> Values:
        """`values`, where every axis has a number.

        Raises:
            NetworkError: one has none.
        """
        if self.values is None:
            raise NetworkError("an axis of the inputs has a name and no number: its range is open")
        return self.values


class Sketch:
    """Writes an `IntegerNetwork`.

    Example:
        >>> from tcsim.networks import Affine, Code, Combine, Requantize, Sketch
        >>> sketch = Sketch()
        >>> x = sketch.input("x", 2, Code(0, 3))
        >>> with sketch.scope("mix"):
        ...     swapped = sketch.add(Affine([[0, 1], [1, 0]], [0, 0]), x)
        ...     both = sketch.add(Combine([2, 1]), x, swapped)
        ...     y = sketch.add(Requantize([[3, 6, 9]], Code(0, 3)), both)
        >>> sketch.network(y)([[3, 1]]).tolist()
        [[2, 1]]
    """

    def __init__(self) -> None:
        self._inputs: list[Inputs] = []
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._scope = ""

    def input(self, name: str, shape: int | tuple[int | str, ...], code: Code) -> Edge:
        """An array of inputs; all come before the first operation.

        Raises:
            NetworkError: a bad shape, a name that is taken, or an operation came before.
        """
        if self._nodes:
            raise NetworkError(f"input {name!r} comes after an operation: make inputs first")
        if any(one.name == name for one in self._inputs):
            raise NetworkError(f"there is an input {name!r} already")
        made = Inputs(shape, code, name)
        self._inputs.append(made)
        axes = [axis for axis in made.axes if isinstance(axis, int)]
        known = len(axes) == len(made.axes)
        return self._edge(Values.coded(tuple(axes), code) if known else None)

    @contextmanager
    def scope(self, name: str) -> Iterator[None]:
        """Operations made inside belong to the layer `name`; scopes nest, joined by ``/``."""
        outer = self._scope
        self._scope = f"{outer}/{name}" if outer else name
        try:
            yield
        finally:
            self._scope = outer

    def add(self, operation: Operation, *operands: Edge) -> Edge:
        """One operation.

        Raises:
            NetworkError: operands of another sketch, or that the operation does not take.
        """
        if not callable(getattr(operation, "infer", None)):
            raise NetworkError(f"{operation!r} is no operation of a network")
        for operand in operands:
            if not isinstance(operand, Edge) or operand.sketch is not self:
                raise NetworkError(f"{operand!r} is no edge of this sketch")
        values = None
        if all(operand.values is not None for operand in operands):
            values = infer(operation, [operand.known for operand in operands])
        scope = self._scope or "network"
        self._nodes.append(Node(operation, tuple(one.number for one in operands), scope))
        return self._edge(values)

    def inline(self, network: IntegerNetwork, *operands: Edge) -> tuple[Edge, ...]:
        """The operations of a network, on edges in place of its inputs.

        Args:
            network: what to repeat here; its layers go below the scope that is open.
            operands: one per array of its inputs, of the same shape and code.

        Returns:
            Its outputs.

        Raises:
            NetworkError: operands of another number, shape or code.
        """
        if len(operands) != len(network.sources):
            raise NetworkError(f"{len(operands)} operands for {len(network.sources)} inputs")
        for operand, source in zip(operands, network.sources, strict=True):
            given = operand.values
            if given is None or source.axes != given.shape or source.code != given.code:
                found = "an open shape" if given is None else f"{given.shape} in {given.code}"
                raise NetworkError(
                    f"{source.name} is {source.axes} in {source.code}, the operand {found}"
                )
        edges = list(operands)
        for node in network.nodes:
            with self.scope(node.scope):
                edges.append(self.add(node.operation, *(edges[one] for one in node.sources)))
        return tuple(edges[number] for number in network.outputs)

    def network(
        self,
        *outputs: Edge,
        labels: Iterable[object] | None = None,
        output_scale: float = 1.0,
    ) -> IntegerNetwork:
        """The network that gives these values; see `IntegerNetwork`.

        Operations that no output needs are left out.
        """
        for output in outputs:
            if not isinstance(output, Edge) or output.sketch is not self:
                raise NetworkError(f"output {output!r} is no edge of this sketch")
        first = len(self._inputs)
        needed = {one.number for one in outputs}
        for number in range(first + len(self._nodes) - 1, first - 1, -1):
            if number in needed:
                needed.update(self._nodes[number - first].sources)
        kept = [number for number in range(first, first + len(self._nodes)) if number in needed]
        place = {number: number for number in range(first)}
        place.update({number: first + at for at, number in enumerate(kept)})
        nodes = [
            Node(node.operation, tuple(place[one] for one in node.sources), node.scope)
            for node in (self._nodes[number - first] for number in kept)
        ]
        return IntegerNetwork(
            self._inputs,
            nodes,
            [place[one.number] for one in outputs],
            labels=labels,
            output_scale=output_scale,
        )

    def _edge(self, values: Values | None) -> Edge:
        edge = Edge(self, len(self._edges), values)
        self._edges.append(edge)
        return edge
