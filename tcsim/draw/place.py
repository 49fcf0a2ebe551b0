"""Coordinates of an ordered layered graph: columns left to right, wires as straight as can be."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.draw.order import order

if TYPE_CHECKING:
    from tcsim.draw.graph import Graph
    from tcsim.draw.order import Link, Ordered

ROUNDS = 24
NODE_GAP, WIRE_GAP = 14.0, 10.0
STRAIGHT = 6.0
"""How much more an invisible vertex, where a bend would show, insists on its place."""

PULL = (1.0, 2.0, 8.0)
"""How much a link keeps its ends level: between nodes, at one invisible vertex, between two."""

NARROWEST, WIDEST, SLOPE = 46.0, 170.0, 0.16
"""Room between two columns, in px: it grows with the height that a wire climbs there."""


@dataclass
class Placed:
    """A graph with coordinates, in px from the top left corner.

    Attributes:
        graph: what is drawn.
        links: stretches of its nets.
        left: left edge of each layer.
        right: right edge of each layer.
        x: (left edge, right edge) of each vertex.
        y: middle of each vertex.
        width, height: of the whole.
    """

    graph: Graph
    links: list[Link]
    left: list[float]
    right: list[float]
    x: list[tuple[float, float]]
    y: list[float]
    width: float
    height: float


def place(graph: Graph) -> Placed:
    """Order and place all nodes and wires of a picture."""
    ordered = order(graph)
    heights = [node.height for node in graph.nodes]
    heights += [0.0] * (sum(map(len, ordered.layers)) - len(heights))
    y = _vertical(ordered, heights, len(graph.nodes))
    y = _close_gaps(heights, y)
    left, right = _columns(graph, ordered, y)
    x = [(0.0, 0.0)] * len(y)
    for layer, vertices in enumerate(ordered.layers):
        for vertex in vertices:
            x[vertex] = left[layer], right[layer]
            if vertex < len(graph.nodes):
                spare = (right[layer] - left[layer] - graph.nodes[vertex].width) / 2
                x[vertex] = left[layer] + spare, right[layer] - spare
    bottom = max((y[v] + heights[v] / 2 for v in range(len(y))), default=0.0)
    return Placed(graph, ordered.links, left, right, x, y, right[-1] if right else 0.0, bottom)


def _vertical(ordered: Ordered, heights: list[float], nodes: int) -> list[float]:
    """The middle of every vertex: near its neighbors, in the order of its layer, apart."""
    y = [0.0] * len(heights)
    for layer in ordered.layers:
        _settle(layer, [0.0] * len(layer), heights, nodes, y)
    sides = ordered.neighbors(left=True), ordered.neighbors(left=False)
    both = {v: sides[0].get(v, []) + sides[1].get(v, []) for v in range(len(y))}
    for turn in range(2 * ROUNDS + 2):
        near = both if turn >= 2 * ROUNDS else sides[turn % 2]
        for layer in ordered.layers if turn % 2 == 0 else reversed(ordered.layers):
            wanted = []
            for vertex in layer:
                total = pull = 0.0
                for other, shift in near.get(vertex, ()):
                    weight = PULL[(vertex >= nodes) + (other >= nodes)]
                    pull += weight
                    total += weight * (y[other] + shift)
                wanted.append(total / pull if pull else y[vertex])
            _settle(layer, wanted, heights, nodes, y)
    return y


def _settle(
    layer: list[int], wanted: list[float], heights: list[float], nodes: int, y: list[float]
) -> None:
    """Least squares distance from the wanted places in the given order: pool adjacent violators."""
    before, blocks = 0.0, list[tuple[float, float, int]]()  # mean, weight, how many
    offsets = []
    for i, vertex in enumerate(layer):
        if i:
            gap = NODE_GAP if vertex < nodes and layer[i - 1] < nodes else WIRE_GAP
            before += (heights[layer[i - 1]] + heights[vertex]) / 2 + gap
        offsets.append(before)
        mean, weight, many = wanted[i] - before, 1.0 if vertex < nodes else STRAIGHT, 1
        while blocks and blocks[-1][0] >= mean:
            other, other_weight, count = blocks.pop()
            mean = (mean * weight + other * other_weight) / (weight + other_weight)
            weight, many = weight + other_weight, many + count
        blocks.append((mean, weight, many))
    settled = [mean for mean, _, many in blocks for _ in range(many)]
    for vertex, value, offset in zip(layer, settled, offsets, strict=True):
        y[vertex] = value + offset


def _close_gaps(heights: list[float], y: list[float]) -> list[float]:
    """Move everything up over strips in which nothing stands; the top is at 0."""
    spans = sorted((y[v] - height / 2, y[v] + height / 2) for v, height in enumerate(heights))
    starts, shifts = list[float](), list[float]()
    shift = -spans[0][0] if spans else 0.0
    bottom = -float("inf")
    for begin, end in spans:
        if begin > bottom + NODE_GAP and starts:
            shift -= begin - bottom - NODE_GAP
        if not starts or begin > bottom:
            starts.append(begin)
            shifts.append(shift)
        bottom = max(bottom, end)
    return [value + shifts[bisect_right(starts, value) - 1] for value in y]


def _columns(graph: Graph, ordered: Ordered, y: list[float]) -> tuple[list[float], list[float]]:
    """Left and right edge of every layer."""
    layer_of = {v: layer for layer, vertices in enumerate(ordered.layers) for v in vertices}
    climb = [0.0] * len(ordered.layers)
    label = [0.0] * len(ordered.layers)
    for link in ordered.links:
        layer = layer_of[link.upper]
        climb[layer] = max(climb[layer], abs(y[link.lower] + link.end - y[link.upper] - link.begin))
        if link.pin is not None:
            label[layer] = max(label[layer], 6.0 * len(link.pin.label))
    left, right, x = [], [], 0.0
    for layer, vertices in enumerate(ordered.layers):
        left.append(x)
        x += max((graph.nodes[v].width for v in vertices if v < len(graph.nodes)), default=24.0)
        right.append(x)
        x += min(max(NARROWEST, SLOPE * climb[layer]), WIDEST) + label[layer]
    return left, right
