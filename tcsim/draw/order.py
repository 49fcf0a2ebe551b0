"""Vertices on layers in an order with few crossings: the barycenter method.

Nets that skip layers are led through invisible vertices, one on each layer between, which all
branches of a net share. Sugiyama, Tagawa and Toda, "Methods for visual understanding of
hierarchical system structures", 1981.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.draw.graph import LABELED_PIN_GAP
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.draw.graph import Graph, Pin

SWEEPS = 24
"""Most passes over the layers."""

MOST_PARTS = 30_000
"""A picture of more vertices, or of more links, is refused: nobody could read it."""


@dataclass
class Link:
    """One stretch of a net, from a vertex to one on the next layer.

    Attributes:
        upper: vertex on the left.
        lower: vertex on the right.
        net: index of the net.
        pin: the pin it ends in; None at an invisible vertex.
        critical: whether the critical path runs along it.
        begin: how far below the middle of `upper` it begins, in px.
        end: how far below the middle of `lower` it ends, in px.
    """

    upper: int
    lower: int
    net: int
    pin: Pin | None
    critical: bool
    begin: float = 0.0
    end: float = 0.0


@dataclass
class Ordered:
    """A layered graph whose links join neighboring layers.

    Attributes:
        layers: the vertices of each layer from top to bottom; the first are the graph's nodes, in
            its order, the others are invisible.
        links: all of them, by net.
    """

    layers: list[list[int]]
    links: list[Link]

    def neighbors(self, *, left: bool) -> dict[int, list[tuple[int, float]]]:
        """Of each vertex, those on the layer to one side, with the height difference wanted."""
        found: dict[int, list[tuple[int, float]]] = {}
        for link in self.links:
            here, there = (link.lower, link.upper) if left else (link.upper, link.lower)
            lower = link.begin - link.end
            found.setdefault(here, []).append((there, lower if left else -lower))
        return found


def order(graph: Graph) -> Ordered:
    """Order the vertices of every layer, and the pins of every node.

    Raises:
        LimitError: the picture would have more than `MOST_PARTS` vertices or links.
    """
    result = _with_invisible_vertices(graph)
    left, right = result.neighbors(left=True), result.neighbors(left=False)
    best = result.layers
    fewest = crossings(result)
    for start in (best, _depth_first(best, left)):
        result.layers = start
        for sweep in range(SWEEPS):
            if not fewest:
                break
            result.layers = [list(layer) for layer in result.layers]
            if sweep % 2 == 0:
                _sweep(result.layers, left)
            else:
                _sweep(result.layers[::-1], right)
            if (found := crossings(result)) < fewest:
                best, fewest = result.layers, found
    result.layers = best
    _place_pins(graph, result)
    return result


def _depth_first(
    layers: list[list[int]], left: dict[int, list[tuple[int, float]]]
) -> list[list[int]]:
    """Each layer in the order in which a search from the right finds its vertices."""
    found: dict[int, None] = {}
    stack = [vertex for layer in layers for vertex in reversed(layer)]
    while stack:
        vertex = stack.pop()
        if vertex not in found:
            found[vertex] = None
            stack.extend(other for other, _ in reversed(left.get(vertex, [])))
    rank = {vertex: i for i, vertex in enumerate(found)}
    return [sorted(layer, key=rank.__getitem__) for layer in layers]


def crossings(ordered: Ordered) -> int:
    """Number of pairs of links that cross."""
    place = _places(ordered.layers)
    layer_of = {v: i for i, vertices in enumerate(ordered.layers) for v in vertices}
    ends = sorted((layer_of[k.upper], place[k.upper], place[k.lower]) for k in ordered.links)
    total, before, current = 0, list[int](), -1
    for layer, _, lower in ends:
        if layer != current:
            current, before = layer, []
        total += len(before) - bisect_right(before, lower)
        insort(before, lower)
    return total


def _with_invisible_vertices(graph: Graph) -> Ordered:
    layers: list[list[int]] = [[] for _ in graph.layer_names]
    for vertex, node in enumerate(graph.nodes):
        layers[node.layer].append(vertex)
    links: list[Link] = []
    vertex = len(graph.nodes)
    for number, net in enumerate(graph.nets):
        pins = sorted(net.pins, key=lambda pin: graph.nodes[pin.target].layer)
        here, layer = net.source, graph.nodes[net.source].layer
        for place, pin in enumerate(pins):
            end = graph.nodes[pin.target].layer
            while layer < end - 1:
                layer += 1
                critical = any(later.critical for later in pins[place:])
                links.append(Link(here, vertex, number, None, critical))
                layers[layer].append(vertex)
                here, vertex = vertex, vertex + 1
            links.append(Link(here, pin.target, number, pin, pin.critical))
        if max(vertex, len(links)) > MOST_PARTS:
            raise LimitError(
                f"a picture of every gate would have more than {MOST_PARTS:,} stretches of wire: "
                "draw it with collapse='levels' or collapse='scopes'"
            )
    return Ordered(layers, links)


def _sweep(layers: list[list[int]], neighbors: dict[int, list[tuple[int, float]]]) -> None:
    """Sort each layer by the mean place of its neighbors on the layer before."""
    place = _places(layers)
    for layer in layers[1:]:
        key = {}
        for vertex in layer:
            found = [place[other] for other, _ in neighbors.get(vertex, ())]
            key[vertex] = sum(found) / len(found) if found else float(place[vertex])
        layer.sort(key=lambda vertex: (key[vertex], place[vertex]))
        place.update((vertex, i) for i, vertex in enumerate(layer))


def _places(layers: list[list[int]]) -> dict[int, int]:
    return {vertex: i for layer in layers for i, vertex in enumerate(layer)}


def _place_pins(graph: Graph, ordered: Ordered) -> None:
    """Spread what enters and leaves a node over its height, in the order in which it comes."""
    place = _places(ordered.layers)
    entering: dict[int, list[Link]] = {}
    leaving: dict[int, dict[int, list[Link]]] = {}
    for link in ordered.links:
        if link.pin is not None:
            entering.setdefault(link.lower, []).append(link)
        if link.upper == graph.nets[link.net].source:
            leaving.setdefault(link.upper, {}).setdefault(link.net, []).append(link)
    for vertex, links in entering.items():
        links.sort(key=lambda link: place[link.upper])
        gap = graph.nodes[vertex].pin_gap
        for i, link in enumerate(links):
            link.end = (i - (len(links) - 1) / 2) * gap
    for nets in leaving.values():
        ranked = sorted(nets.values(), key=lambda links: place[links[0].lower])
        for i, links in enumerate(ranked):
            for link in links:
                link.begin = (i - (len(ranked) - 1) / 2) * LABELED_PIN_GAP
