"""Order and coordinates: few crossings, nothing overlaps, everything is on its layer."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.draw.gates import gate_graph
from tcsim.draw.graph import Graph, Net, Node, Pin
from tcsim.draw.order import MOST_PARTS, Ordered, crossings, order
from tcsim.draw.place import NODE_GAP, WIRE_GAP, place
from tcsim.errors import LimitError
from tcsim.strategies import circuits


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Layered graphs, also such that no circuit has."""
    layers = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    nodes = [
        Node("gate", i, layer, ("g",), "")
        for i, layer in enumerate(k for k, count in enumerate(layers) for _ in range(count))
    ]
    nets = []
    for source, node in enumerate(nodes):
        later = [i for i, other in enumerate(nodes) if other.layer > node.layer]
        targets = draw(st.lists(st.sampled_from(later), max_size=4)) if later else []
        if targets:
            nets.append(Net(source, [Pin(target) for target in targets]))
    graph = Graph(nodes, nets, [""] * len(layers), "", "")
    graph.fit()
    return graph


def count_crossings(ordered: Ordered) -> int:
    place_of = {v: (k, i) for k, layer in enumerate(ordered.layers) for i, v in enumerate(layer)}
    pairs = [(place_of[link.upper], place_of[link.lower]) for link in ordered.links]
    return sum(
        a[0][0] == b[0][0] and (a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < 0
        for a, b in combinations(pairs, 2)
    )


@given(graphs())
def test_crossings_are_counted_and_never_grow(graph: Graph) -> None:
    before = order(graph)
    assert crossings(before) == count_crossings(before)
    given_order = Ordered([sorted(layer) for layer in before.layers], before.links)
    assert crossings(given_order) == count_crossings(given_order) >= crossings(before)


def test_a_tangle_without_need_is_undone() -> None:
    nodes = [Node("gate", i, layer, ("g",), "") for i, layer in enumerate([0] * 6 + [1] * 6)]
    nets = [Net(i, [Pin(11 - i)]) for i in range(6)]
    assert crossings(order(Graph(nodes, nets, ["", ""], "", ""))) == 0


@given(graphs())
def test_links_join_neighboring_layers_and_lead_to_every_pin(graph: Graph) -> None:
    ordered = order(graph)
    layer_of = {v: k for k, layer in enumerate(ordered.layers) for v in layer}
    assert all(layer_of[link.lower] == layer_of[link.upper] + 1 for link in ordered.links)
    assert all(layer_of[i] == node.layer for i, node in enumerate(graph.nodes))
    found = []
    for link in ordered.links:
        if link.pin is not None:
            back = link
            while back.upper != graph.nets[link.net].source:
                [back] = [k for k in ordered.links if k.lower == back.upper and k.net == link.net]
            found.append((link.net, id(link.pin), link.lower))
    wanted = [(i, id(p), p.target) for i, net in enumerate(graph.nets) for p in net.pins]
    assert sorted(found) == sorted(wanted)


@given(circuits(inputs=(0, 8), size=(0, 14), outputs=(0, 6)))
def test_nothing_overlaps(circuit: tc.Circuit) -> None:
    graph = gate_graph(circuit)
    placed = place(graph)
    boxes = []
    for i, node in enumerate(graph.nodes):
        left, right = placed.x[i]
        top, bottom = placed.y[i] - node.height / 2, placed.y[i] + node.height / 2
        assert placed.left[node.layer] - 1e-6 <= left < right <= placed.right[node.layer] + 1e-6
        assert top >= -1e-6
        assert bottom <= placed.height + 1e-6
        boxes.append((node.layer, top, bottom))
    for a, b in combinations(boxes, 2):
        if a[0] == b[0]:
            assert a[1] >= b[2] + NODE_GAP - 1e-6 or b[1] >= a[2] + NODE_GAP - 1e-6
    assert all(b > a for a, b in zip(placed.right, placed.left[1:], strict=False))
    # A wire that passes through a layer keeps clear of the boxes there.
    ordered = order(graph)
    for layer, vertices in enumerate(ordered.layers):
        for wire in (v for v in vertices if v >= len(graph.nodes)):
            for _, top, bottom in (box for box in boxes if box[0] == layer):
                y = placed.y[wire]
                assert y <= top - WIRE_GAP + 1e-6 or y >= bottom + WIRE_GAP - 1e-6


@given(circuits(inputs=(0, 6), size=(0, 12)))
def test_pins_of_a_node_are_apart_and_on_its_side(circuit: tc.Circuit) -> None:
    graph = gate_graph(circuit)
    ends: dict[int, list[float]] = {}
    for link in place(graph).links:
        if link.pin is not None:
            ends.setdefault(link.lower, []).append(link.end)
    for vertex, offsets in ends.items():
        node = graph.nodes[vertex]
        assert max(map(abs, offsets)) <= node.height / 2
        assert len(set(offsets)) == len(offsets)


def test_parts_that_nothing_joins_stand_close() -> None:
    b = tc.Builder()
    x = b.inputs("x", 12)
    for i in range(6):
        b.output(f"y{i}", x[2 * i] & x[2 * i + 1])
    assert place(gate_graph(b.build())).height < 12 * 40


def test_a_picture_of_too_many_bends_is_refused() -> None:
    nodes = [Node("gate", 0, 0, ("a",), ""), Node("gate", 1, MOST_PARTS + 5, ("b",), "")]
    graph = Graph(nodes, [Net(0, [Pin(1)])], [""] * (MOST_PARTS + 6), "", "")
    with pytest.raises(LimitError, match="collapse='levels'"):
        order(graph)


def test_a_picture_of_too_many_wires_is_refused() -> None:
    side = 200
    nodes = [Node("gate", i, i // side, ("g",), "") for i in range(2 * side)]
    nets = [Net(i, [Pin(side + j) for j in range(side)]) for i in range(side)]
    with pytest.raises(LimitError, match="more than 30,000 stretches of wire"):
        order(Graph(nodes, nets, ["", ""], "", ""))
