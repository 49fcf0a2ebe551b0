"""One instance as part of a picture: circuits gate by gate, others as the lines of their JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reductions.problems.circuit_value import CircuitValue, wire_values
from reductions.problems.gate_kinds import KINDS
from tcsim.draw.elements import element, text
from tcsim.draw.gates import gate_graph
from tcsim.draw.graph import CHARACTER, LINE
from tcsim.draw.place import place
from tcsim.draw.shapes import EDGE, INK, PAPER
from tcsim.draw.svg import FONT, svg
from tcsim.draw.text import columns, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.problem import Problem

MOST_GATES = 120
"""Circuits of more gates are not drawn gate by gate."""

MOST_LINES, WIDEST = 40, 64
"""Lines of a panel of text, and columns of each."""

ROW = LINE + 5
"""Height of a line with its color, in px."""


def panel(
    problem: Problem[Any, Any],
    instance: Any,  # noqa: ANN401
    kind: str,
    number: int,
    tint: Callable[[int], str],
    notes: dict[str, str] | None = None,
) -> str:
    """An SVG document of an instance.

    Args:
        problem: of the instance.
        instance: one of its instances.
        kind: what its elements are called, such as ``"wire"``.
        number: of its elements; 0 where that is unknown.
        tint: number of an element to a color, ``""`` for none.
        notes: {color: what it means}, for the legend of a circuit.
    """
    circuit = _circuit(instance)
    if circuit is not None and kind == "wire" and circuit.circuit.size <= MOST_GATES:
        return _gates(heading(problem, instance), circuit, tint, notes or {})
    return _lines(problem, instance, kind, number, tint)


def _circuit(instance: Any) -> CircuitValue | None:  # noqa: ANN401
    """The circuit that an instance is, or that it holds."""
    if isinstance(instance, CircuitValue):
        return instance
    inner = getattr(instance, "circuit", None)
    return inner if isinstance(inner, CircuitValue) else None


def heading(problem: Problem[Any, Any], instance: Any) -> str:  # noqa: ANN401
    """The name of a problem, and the sizes of an instance."""
    sizes = problem.sizes(instance).items()
    return f"{problem.name}: {', '.join(f'{field} {size:,}' for field, size in sizes)}"


def _gates(
    words: str, instance: CircuitValue, tint: Callable[[int], str], notes: dict[str, str]
) -> str:
    graph = gate_graph(instance.circuit, critical=False, bundle=False)
    values, n = wire_values(instance), len(instance.values)
    pins = [pin for net in graph.nets for pin in net.pins]
    for place_, node in enumerate(graph.nodes):
        if node.shape == "output":
            node.lines = ("output",)
            continue
        wire = node.number if node.shape == "input" else n + node.number
        shown = f"{wire} = {values[wire]}"
        node.lines = (shown,) if node.shape == "input" else (node.lines[0], shown)
        if node.shape == "gate" and instance.kinds is not None:
            # NAND and NOR by name, not as OR and AND of inverted operands.
            node.lines = (KINDS[instance.gates.kind[node.number]].name.upper(), shown)
            for pin in pins:
                pin.inverted &= pin.target != place_
        node.tint = tint(wire)
        node.faint = False
    graph.heading, graph.tint_notes = words, notes
    graph.fit()
    return svg(place(graph))


def _lines(
    problem: Problem[Any, Any],
    instance: Any,  # noqa: ANN401
    kind: str,
    number: int,
    tint: Callable[[int], str],
) -> str:
    rows = list(_rows(problem.to_data(instance), kind, number))
    if len(rows) > MOST_LINES:
        rows = [*rows[: MOST_LINES - 1], (f"… ({len(rows) - MOST_LINES + 1:,} more lines)", None)]
    words = heading(problem, instance)
    width = CHARACTER * max(map(columns, (words, *(line for line, _ in rows)))) + 36.0
    height = ROW * len(rows) + 58.0
    parts = [
        element("rect", width=width, height=height, fill=PAPER),
        text(words, 18.0, 20.0, font_size=12),
    ]
    for place_, (line, item) in enumerate(rows):
        top = 36.0 + ROW * place_
        color = "" if item is None else tint(item)
        if color:
            frame: dict[str, object] = {"x": 12.0, "y": top, "width": width - 24, "height": ROW - 2}
            parts.append(element("rect", **frame, rx=3, fill=color, stroke=EDGE))
        parts.append(text(line, 18.0, top + LINE - 1, font_size=11))
    style = {"font_family": FONT, "fill": INK, "xml:space": "preserve"}
    return element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", width=width, height=height, **style
    )


def _rows(data: Any, kind: str, number: int) -> list[tuple[str, int | None]]:  # noqa: ANN401
    """Lines of JSON data, each with the number of the element that it is, if any."""
    if not isinstance(data, dict):
        data = {"instance": data}
    lists = [key for key, value in data.items() if isinstance(value, list)]
    first = 0
    inputs = data.get("inputs")
    if kind == "wire" and isinstance(inputs, str | list):  # gates come behind the inputs
        kind, first = "gate", len(inputs)
    elements = [key for key in lists if key == f"{kind}s"]
    elements += [key for key in lists if number and len(data[key]) == number]
    rows: list[tuple[str, int | None]] = []
    for key, value in data.items():
        if key in lists:
            mine = key in elements[:1]
            rows.append((f"{key}:", None))
            rows += [
                (f"{i}: {_short(item)}", i if mine else None)
                for i, item in enumerate(value, first if mine else 0)
            ]
        else:
            rows.append((f"{key}: {_short(value)}", None))
    return rows


def _short(value: Any) -> str:  # noqa: ANN401
    return shorten(json.dumps(value), WIDEST - 8)
