"""The graph of problems and rules, as a picture and in the language of Graphviz."""

from __future__ import annotations

import networkx as nx

from reductions.registry import START, diagnostics, graph
from tcsim.draw import Drawing
from tcsim.draw.graph import Graph, Net, Node, Pin
from tcsim.draw.place import place
from tcsim.draw.svg import svg
from tcsim.draw.text import count

HARD, OTHER = "#e8eef6", "#fdf3d8"
"""Colors of P-complete problems, and of the others."""


def draw_graph() -> Drawing:
    """All problems as boxes, all rules as arrows, from left to right.

    Returns:
        The picture. Arrows back to the left are rules that close a cycle; dashed boxes are problems
        that no chain from Turing machines reaches.
    """
    every = graph()
    forward, layers = _layers(every)
    lacks = diagnostics()
    names = sorted(every, key=lambda name: (layers[name], name))
    place_of = {name: number for number, name in enumerate(names)}
    nodes = []
    for number, name in enumerate(names):
        problem = every.nodes[name]["problem"]
        node = Node("block", number, layers[name], (name,), f"{name}: {problem.question}")
        node.more = problem.hardness
        node.tint = HARD if problem.hardness.startswith("P-complete") else OTHER
        node.faint = name in lacks["isolated"] or name in lacks["unreachable"]
        nodes.append(node)
    nets = []
    for source, target in dict.fromkeys(every.edges()):
        label = _label(source, target, list(every[source][target]))
        ends = place_of[source], place_of[target]
        if (source, target) in forward:
            nets.append(Net(ends[0], [Pin(ends[1], label)], "forward"))
        else:
            nets.append(Net(ends[1], [Pin(ends[0], label)], "backward"))
    heading = f"{count(len(nodes), 'problem')}, {count(every.number_of_edges(), 'rule')}"
    picture = Graph(nodes, nets, [""] * (max(layers.values(), default=0) + 1), heading, "")
    picture.faint_note = f"no chain from {START} leads here"
    picture.tint_notes = {HARD: "P-complete", OTHER: "other problems"}
    picture.fit()
    return Drawing(svg(place(picture)), _text(every, lacks))


def to_dot() -> str:
    """The graph in the language of Graphviz: problems and rules by name."""
    every = graph()
    lines = ["  rankdir=LR;", "  node [shape=box];"]
    lines += [f'  "{name}" [tooltip="{_quoted(name, every)}"];' for name in sorted(every)]
    edges = sorted(every.edges(keys=True))
    lines += [f'  "{a}" -> "{b}" [label="{_label(a, b, [name])}"];' for a, b, name in edges]
    return "digraph reductions {\n" + "\n".join(lines) + "\n}\n"


def _quoted(name: str, every: nx.MultiDiGraph) -> str:
    question: str = every.nodes[name]["problem"].question
    return question.replace("\\", "\\\\").replace('"', '\\"')


def _label(source: str, target: str, rules: list[str]) -> str:
    """Names of rules, where they are not the problems' own."""
    return ", ".join(sorted(rules)) if rules != [f"{source}_{target}"] else ""


def _layers(every: nx.MultiDiGraph) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """Arrows without cycles, and each problem one layer behind the last that leads to it."""
    acyclic = nx.DiGraph(every)
    forward = nx.DiGraph()
    forward.add_nodes_from(sorted(acyclic))
    # In order of distance from the start, an arrow that would close a cycle is left for later.
    near = nx.single_source_shortest_path_length(acyclic, START) if START in acyclic else {}
    far = len(acyclic)
    edges = sorted(acyclic.edges(), key=lambda edge: (near.get(edge[0], far), edge))
    for source, target in edges:
        if not nx.has_path(forward, target, source):
            forward.add_edge(source, target)
    layers = {}
    for number, generation in enumerate(nx.topological_generations(forward)):
        layers.update(dict.fromkeys(generation, number))
    return set(forward.edges()), layers


def _text(every: nx.MultiDiGraph, lacks: dict[str, list[str]]) -> str:
    lines = [f"{a} -> {b}  ({name})" for a, b, name in sorted(every.edges(keys=True))]
    lines += [f"{kind}: {', '.join(names) or 'none'}" for kind, names in lacks.items()]
    return "\n".join(lines)
