"""Parts of the cones below nodes of a graph of ANDs, and their clauses."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.equivalence.graph import AndGraph


class Cones:
    """What is below a node while nodes are merged.

    Args:
        graph: the graph; only its inputs and levels are read.
        left: one operand of each settled node, a literal of a node that is merged into no other.
        right: the other.
    """

    def __init__(self, graph: AndGraph, left: list[int], right: list[int]) -> None:
        self._graph, self._left, self._right = graph, left, right
        self._first = graph.n_inputs + 1

    def window(self, roots: Iterable[int], limit: int) -> tuple[list[int], bool]:
        """Up to `limit` ANDs from the roots down, highest levels first; whether these are all."""
        first, left, right, level = self._first, self._left, self._right, self._graph.level
        heap = [(-level(2 * node), node) for node in roots if node >= first]
        heapq.heapify(heap)
        seen = {node for _, node in heap}
        nodes: list[int] = []
        while heap and len(nodes) < limit:
            node = heapq.heappop(heap)[1]
            nodes.append(node)
            for operand in (left[node] >> 1, right[node] >> 1):
                if operand >= first and operand not in seen:
                    seen.add(operand)
                    heapq.heappush(heap, (-level(2 * operand), operand))
        return nodes, not heap

    def new_nodes(self, roots: Iterable[int], known: dict[int, int]) -> list[int]:
        """The ANDs from the roots down that have no number yet; gives them and inputs numbers."""
        stack = [node for node in roots if node]
        nodes: list[int] = []
        while stack:
            node = stack.pop()
            if node not in known:
                known[node] = len(known) + 1
                if node >= self._first:
                    nodes.append(node)
                    stack += [self._left[node] >> 1, self._right[node] >> 1]
        return nodes

    def clauses(self, nodes: Iterable[int], number: dict[int, int]) -> list[list[int]]:
        """The clauses of some ANDs; gives numbers to nodes that have none."""
        clauses = []
        for node in nodes:
            left, right = self._left[node], self._right[node]
            y = number.setdefault(node, len(number) + 1)
            p = number.setdefault(left >> 1, len(number) + 1)
            q = number.setdefault(right >> 1, len(number) + 1)
            p, q = -p if left & 1 else p, -q if right & 1 else q
            clauses += [[-y, p], [-y, q], [y, -p, -q]]
        return clauses
