"""As a picture: claims as boxes colored by outcome, arrows to what uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from proofs_check.outcome import POSITIVE, Kind
from tcsim.draw import Drawing
from tcsim.draw.graph import Graph, Net, Node, Pin
from tcsim.draw.place import place
from tcsim.draw.svg import svg
from tcsim.draw.text import count

if TYPE_CHECKING:
    from proofs_check.result import Result, Run

HOLDS, REFUTED, GIVEN, NOTHING, WRONG = "#dff0dc", "#fbe3c4", "#e8eef6", "#f2f2f2", "#f3b7b0"
MEANING = {
    HOLDS: "checked: holds as far as it was checked",
    REFUTED: "refuted as printed; what holds instead was checked",
    GIVEN: "assumed or cited",
    NOTHING: "not checked",
    WRONG: "differs from the record",
}
"""Colors, and what they say."""


def color(result: Result) -> str:
    """Of an outcome."""
    kind = result.outcome.kind
    if not result.as_recorded or kind is Kind.ERROR:
        return WRONG
    if kind is Kind.REFUTED:
        return REFUTED
    if kind in POSITIVE:
        return HOLDS
    return GIVEN if kind in {Kind.ASSUMED, Kind.CITED} else NOTHING


def draw(run: Run) -> Drawing:
    """What uses what, from left to right; claims that nothing joins to others are left out."""
    chosen = {result.claim.id: result for result in run.results}
    edges = [(a, b) for b, r in chosen.items() for a in r.claim.uses if a in chosen]
    every = nx.DiGraph(sorted(edges))
    layer_of: dict[str, int] = {}
    for number, generation in enumerate(nx.topological_generations(every)):
        layer_of.update(dict.fromkeys(generation, number))
    names = sorted(every, key=lambda name: (layer_of[name], name))
    index = {name: number for number, name in enumerate(names)}
    nodes = []
    for number, name in enumerate(names):
        result = chosen[name]
        claim = result.claim
        node = Node("block", number, layer_of[name], (name,), f"{name}: {claim.statement}")
        node.more = f"{claim.place}; grade {claim.grade}; {result.outcome.kind.value}"
        node.tint = color(result)
        nodes.append(node)
    nets = [Net(index[a], [Pin(index[b])], "forward") for a, b in sorted(edges)]
    heading = f"{count(len(nodes), 'claim')}, {count(len(nets), 'use')}"
    picture = Graph(nodes, nets, [""] * (max(layer_of.values(), default=0) + 1), heading, "")
    used = {node.tint for node in nodes}
    picture.tint_notes = {tint: words for tint, words in MEANING.items() if tint in used}
    picture.fit()
    text = "\n".join(f"{a} -> {b}" for a, b in sorted(edges))
    return Drawing(svg(place(picture)), text)
