"""Networks with integer capacities of any size, and maximum flows in them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reductions.codec import integer
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

Edge = tuple[int, int, int]
"""Tail, head, capacity."""

Flow = tuple[int, ...]
"""Of each edge, how much flows."""


@dataclass(frozen=True)
class Network:
    """A directed graph with capacities. Edges may be parallel, and may enter the source.

    Args:
        nodes: number of nodes, numbered from 0.
        edges: (tail, head, capacity), capacities of at least 0.
        source: a node.
        sink: another.

    Raises:
        ArgumentError: a node is not there, a capacity is negative, or source and sink are one.
    """

    nodes: int
    edges: tuple[Edge, ...]
    source: int
    sink: int

    def __post_init__(self) -> None:
        integer(self.nodes, "nodes", 2)
        integer(self.source, "source", 0, self.nodes - 1)
        if integer(self.sink, "sink", 0, self.nodes - 1) == self.source:
            raise ArgumentError(f"source and sink are both node {self.sink}")
        for place, (tail, head, capacity) in enumerate(self.edges):
            integer(tail, f"edges[{place}]: the tail", 0, self.nodes - 1)
            integer(head, f"edges[{place}]: the head", 0, self.nodes - 1)
            integer(capacity, f"edges[{place}]: the capacity", 0)


class Residual:
    """What can still be pushed: of edge e along arc 2 e, and back along arc 2 e + 1.

    Args:
        network: any.
        flow: of it.
        order: of edges, in which arcs are tried.
    """

    def __init__(self, network: Network, flow: Sequence[int], order: Sequence[int]) -> None:
        self.network = network
        self.left: list[int] = []
        for (_, _, capacity), amount in zip(network.edges, flow, strict=True):
            self.left += [capacity - amount, amount]
        self.arcs: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for place in order:
            tail, head, _ = network.edges[place]
            self.arcs[tail].append((2 * place, head))
            self.arcs[head].append((2 * place + 1, tail))

    @property
    def flow(self) -> Flow:
        """How much flows along each edge."""
        return tuple(self.left[1::2])

    def path(self, least: int = 1, *, deep: bool = False) -> list[int]:
        """Arcs of a path from source to sink along which `least` can be pushed; empty for none.

        Args:
            least: how much each arc must have left.
            deep: whether by depth-first search; else a shortest path.
        """
        network = self.network
        entered = {network.source: -1}
        waiting = deque([network.source])
        while waiting and network.sink not in entered:
            node = waiting.pop() if deep else waiting.popleft()
            for arc, head in self.arcs[node]:
                if head not in entered and self.left[arc] >= least:
                    entered[head] = arc
                    waiting.append(head)
        found: list[int] = []
        node = network.sink if network.sink in entered else network.source
        while entered[node] >= 0:
            found.append(entered[node])
            tail, head, _ = network.edges[entered[node] // 2]
            node = head if entered[node] % 2 else tail
        return found

    def push(self, arcs: Sequence[int]) -> None:
        """As much as goes along a path."""
        amount = min(self.left[arc] for arc in arcs)
        for arc in arcs:
            self.left[arc] -= amount
            self.left[arc ^ 1] += amount


def by_shortest_paths(network: Network, order: Sequence[int] | None = None) -> Flow:
    """A maximum flow: pushed along a shortest path as long as there is one (Edmonds, Karp 1972).

    Args:
        network: any.
        order: of edges, in which they are tried; it may change which maximum flow is found.
    """
    edges = len(network.edges)
    residual = Residual(network, [0] * edges, range(edges) if order is None else order)
    while arcs := residual.path():
        residual.push(arcs)
    return residual.flow


def by_scaling(network: Network) -> Flow:
    """A maximum flow: along deep paths that take much, then along those that take half as much."""
    edges = len(network.edges)
    residual = Residual(network, [0] * edges, range(edges)[::-1])
    least = 1 << max((capacity for _, _, capacity in network.edges), default=0).bit_length()
    while least:
        while arcs := residual.path(least, deep=True):
            residual.push(arcs)
        least >>= 1
    return residual.flow


def value(network: Network, flow: Flow) -> int:
    """What leaves the source less what enters it."""
    total = 0
    for (tail, head, _), amount in zip(network.edges, flow, strict=True):
        total += ((tail == network.source) - (head == network.source)) * amount
    return total


def is_maximum(network: Network, flow: Flow) -> bool:
    """Whether it is a flow, and no path from source to sink takes more: then it is maximal."""
    if len(flow) != len(network.edges):
        return False
    surplus: defaultdict[int, int] = defaultdict(int)
    for (tail, head, capacity), amount in zip(network.edges, flow, strict=True):
        if not 0 <= amount <= capacity:
            return False
        surplus[tail] -= amount
        surplus[head] += amount
    surplus[network.source] = surplus[network.sink] = 0
    return not any(surplus.values()) and not Residual(network, flow, range(len(flow))).path()
