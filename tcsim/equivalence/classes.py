"""Nodes of a graph of ANDs in classes: equal, or complements, on every vector tried so far."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tcsim.equivalence.vectors import sampled_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.equivalence.graph import AndGraph

_FIRST_VECTORS = 4096
_FEW_VECTORS, _LARGE = 512, 1 << 19
"""In graphs of more nodes than `_LARGE`, whose values would take gigabytes."""
_NEAR_VECTORS = 256
"""Vectors near a counterexample: it, and others with one or a few inputs flipped."""


class Classes:
    """The classes, and representatives in each.

    Args:
        graph: the graph.
        outputs: pairs of literals that would be equal.
        seed: of random vectors.

    Attributes:
        difference: the values of the inputs where a pair of outputs was seen to differ.
        refinements: how often a counterexample split classes.
    """

    def __init__(self, graph: AndGraph, outputs: Sequence[tuple[int, int]], seed: int = 0) -> None:
        self._graph, self._outputs = graph, outputs
        self._random = random.Random(seed)
        self.difference: list[int] | None = None
        self.refinements = 0
        n = graph.n_inputs
        vectors = _FIRST_VECTORS if len(graph) <= _LARGE else _FEW_VECTORS
        blocks = list(sampled_vectors(n, vectors, seed, vectors))
        rows = [b"".join(block[i].tobytes() for block in blocks) for i in range(n)]
        inputs = [int.from_bytes(row, "little") for row in rows]
        values = self._simulate(inputs, vectors)
        self._phase = [value & 1 for value in values]
        self._class = [0] * len(graph)
        self._leaders: dict[int, list[int]] = {}
        self._settled: list[int] = []
        self._split(values, vectors)

    def restart(self) -> None:
        """Forget which nodes are settled; classes stay."""
        self._leaders, self._settled = {}, []

    def candidates(self, node: int) -> list[int]:
        """Literals of settled nodes that may be equal to a node, the earliest first."""
        members = self._leaders.get(self._class[node], [])
        return [2 * other + (self._phase[other] ^ self._phase[node]) for other in members]

    def settle(self, node: int) -> None:
        """Make a node, which is merged into no other, a representative in its class."""
        if self._class[node] >= 0:
            self._settled.append(node)
            self._leaders.setdefault(self._class[node], []).append(node)

    def refine(self, ones: Iterable[int]) -> None:
        """Split classes by a vector (the input nodes that are 1) and others near it."""
        self.refinements += 1
        n, full = self._graph.n_inputs, (1 << _NEAR_VECTORS) - 1
        inputs = [0] * n
        for node in ones:
            inputs[node - 1] = full
        for vector in range(1, _NEAR_VECTORS):
            for _ in range(1 + vector % 4):
                inputs[self._random.randrange(n)] ^= 1 << vector
        self._split(self._simulate(inputs, _NEAR_VECTORS), _NEAR_VECTORS)
        self._leaders = {}
        self._settled = [node for node in self._settled if self._class[node] >= 0]
        for node in self._settled:
            self._leaders.setdefault(self._class[node], []).append(node)

    def _simulate(self, inputs: list[int], vectors: int) -> list[int]:
        """The value of every node: bit r of an integer is its value on vector r."""
        full = (1 << vectors) - 1
        values = [0, *inputs]
        graph, first = self._graph, self._graph.n_inputs + 1
        for a, b in zip(graph.left[first:], graph.right[first:], strict=True):
            p, q = values[a >> 1], values[b >> 1]
            values.append((p ^ full if a & 1 else p) & (q ^ full if b & 1 else q))
        if self.difference is None:
            for a, b in self._outputs:
                wrong = values[a >> 1] ^ values[b >> 1] ^ (full if (a ^ b) & 1 else 0)
                if wrong:
                    row = (wrong & -wrong).bit_length() - 1
                    self.difference = [value >> row & 1 for value in inputs]
                    break
        return values

    def _split(self, values: list[int], vectors: int) -> None:
        """Split every class by what its nodes did; alone, a node is in class -1."""
        full = (1 << vectors) - 1
        place: dict[tuple[int, int], int] = {}
        sizes: list[int] = []
        now, phase = self._class, self._phase
        for node, value in enumerate(values):
            if now[node] < 0:
                continue
            key = now[node], value ^ full if phase[node] else value
            number = place.setdefault(key, len(sizes))
            if number == len(sizes):
                sizes.append(0)
            sizes[number] += 1
            now[node] = number
        self._class = [-1 if number < 0 or sizes[number] == 1 else number for number in now]
