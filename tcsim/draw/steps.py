"""step_view(circuit): a page on which a reader sets the inputs and watches the levels fire."""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from tcsim.draw.drawing import Page
from tcsim.draw.gates import gate_graph, terms_of, wire_name
from tcsim.draw.place import place
from tcsim.draw.svg import svg
from tcsim.draw.text import full
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.draw.graph import Graph

MOST = {"gates": 200, "inputs": 64, "outputs": 64, "edges": 4_000}
"""What a page shows at most."""


def step_view(circuit: Circuit) -> Page:
    """A self-contained HTML page that evaluates a small circuit level by level.

    A reader switches inputs by mouse or keyboard, fires one level after another (step, run, reset)
    and sees the value of every wire and gate; a gate under the pointer or in focus shows its sum
    beside its threshold. Sums are exact, whatever the size of the weights. The page loads nothing
    and its address takes ``#x=1011&run``: set the inputs and fire all levels.

    Args:
        circuit: at most 200 gates, 64 inputs, 64 outputs and 4,000 edges.

    Returns:
        The page: shown by notebooks, ``.save("circuit.html")``, ``str()`` for the HTML.

    Raises:
        LimitError: the circuit is too large for a page.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("vote", tc.sum(x) >= 2)
        >>> step_view(b.build())
        <Page: 3 inputs, 1 output; size 1, depth 1, width 1 (threshold basis)>
    """
    _check_size(circuit)
    graph = gate_graph(circuit, critical=False, bundle=False)
    placed = place(graph)
    parts = {
        "title": escape(graph.heading),
        "svg": svg(placed),
        "circuit": json.dumps(_data(circuit, graph), separators=(",", ":")).replace("<", "\\u003c"),
    }
    template = files(__package__).joinpath("step_page.html").read_text(encoding="utf-8")
    html = re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], template)
    return Page(html, graph.heading, int(placed.height) + 330)


def _data(circuit: Circuit, graph: Graph) -> dict[str, object]:
    """The circuit for the page; integers in hexadecimal, which has no limit of digits."""
    titles = {node.number: node.title for node in graph.nodes if node.shape == "gate"}
    gates = [
        {
            "title": titles[gate],
            "level": int(circuit.levels[gate]),
            "threshold": hex(circuit.threshold(gate)),
            "terms": [(wire, hex(weight)) for wire, weight in terms_of(circuit, gate)],
        }
        for gate in range(circuit.size)
    ]
    return {
        "inputs": circuit.n_inputs,
        "names": [wire_name(circuit, wire) for wire in range(circuit.n_inputs + circuit.size)],
        "gates": gates,
        "outputs": circuit.output_wire.tolist(),
        "output_names": [full(name) for name in circuit.output_names],
    }


def _check_size(circuit: Circuit) -> None:
    found = {
        "gates": circuit.size,
        "inputs": circuit.n_inputs,
        "outputs": circuit.n_outputs,
        "edges": circuit.edges,
    }
    for what, number in found.items():
        if number > MOST[what]:
            raise LimitError(
                f"a page to step through shows at most {MOST[what]:,} {what}, and this circuit has "
                f"{number:,}: fix inputs with tcsim.transform.restrict, step through one part, or "
                "draw() it, which collapses large circuits"
            )
