"""A placed graph as SVG text: wires, nodes, heading, legend. No script, no font, no style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.elements import element, number, text, title
from tcsim.draw.legend import entries
from tcsim.draw.shapes import BAND, BUBBLE, CRITICAL, EDGE, INK, PAPER, SOFT, WIRE, draw_node
from tcsim.draw.text import columns

if TYPE_CHECKING:
    from tcsim.draw.order import Link
    from tcsim.draw.place import Placed

MARGIN, TOP, BOTTOM = 18.0, 58.0, 44.0
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
HEAD = 7.0
"""Length of an arrowhead, in px."""


def svg(placed: Placed) -> str:
    """The picture as a document."""
    graph, legend = placed.graph, entries(placed.graph)
    needed = max(6.25 * columns(graph.heading), sum(width for _, width in legend))
    width = max(placed.width, needed) + 2 * MARGIN
    height = placed.height + TOP + BOTTOM
    parts = [
        title(graph.heading),
        element("rect", width=width, height=height, fill=PAPER),
        text(graph.heading, MARGIN, 20.0, text_anchor="start", fill=INK, font_size=12),
        element(
            "g",
            *(_layers(placed), _wires(placed), _nodes(placed), _pins(placed)),
            transform=f"translate({number((width - placed.width) / 2)} {number(TOP)})",
        ),
    ]
    x = MARGIN
    for drawn, room in legend:
        parts.append(element("g", drawn, transform=f"translate({number(x)} {number(height - 16)})"))
        x += room
    return (
        element(
            "svg",
            *(f"\n{part}" for part in parts),
            "\n",
            xmlns="http://www.w3.org/2000/svg",
            width=width,
            height=height,
            viewBox=f"0 0 {number(width)} {number(height)}",
            role="img",
            aria_label=graph.heading,
            font_family=FONT,
            font_size=11,
            text_anchor="middle",
            fill=INK,
        )
        + "\n"
    )


def _layers(placed: Placed) -> str:
    """A band behind every layer, and its name above."""
    parts = []
    names = placed.graph.layer_names
    for name, left, right in zip(names, placed.left, placed.right, strict=True):
        band = {"x": left - 6, "y": -8.0, "width": right - left + 12, "height": placed.height + 16}
        if all(names):
            parts.append(element("rect", **band, fill=BAND, rx=4))
        if name:
            parts.append(text(name, (left + right) / 2, -14.0, fill=SOFT, font_size=10))
    return element("g", *parts)


def _nodes(placed: Placed) -> str:
    drawn = (
        draw_node(node, *placed.x[index], placed.y[index])
        for index, node in enumerate(placed.graph.nodes)
    )
    return element("g", *(f"\n{node}" for node in drawn))


def _wires(placed: Placed) -> str:
    """One path a net; what the critical path runs along is drawn over the rest."""
    paths: dict[tuple[bool, int], list[str]] = {}
    leaving: dict[int, int] = {}
    for link in placed.links:
        paths.setdefault((link.critical, link.net), []).append(_stretch(placed, link))
        leaving[link.upper] = leaving.get(link.upper, 0) + 1
    parts = []
    for (critical, net), stretches in sorted(paths.items()):
        source = placed.graph.nodes[placed.graph.nets[net].source]
        thick = source.bundle and not placed.graph.nets[net].arrow
        color, width = (CRITICAL, 3.0) if critical else (WIRE, 2.4 if thick else 1.2)
        style: dict[str, object] = {"stroke": color, "stroke_width": width}
        wire = element(
            "path", d="".join(stretches), **style, data_wire=f"{source.shape}{source.number}"
        )
        parts.append(f"\n{wire}")
    joints = [
        element("circle", cx=placed.x[v][1], cy=placed.y[v], r=2.0, fill=EDGE)
        for v, many in leaving.items()
        if v >= len(placed.graph.nodes) and many > 1
    ]
    return element("g", *parts, fill="none") + element("g", *joints)


def _stretch(placed: Placed, link: Link) -> str:
    """From the right edge of a vertex to the left edge of the next, and across an invisible one."""
    (_, x0), (x1, across) = placed.x[link.upper], placed.x[link.lower]
    y0, y1 = placed.y[link.upper] + link.begin, placed.y[link.lower] + link.end
    if link.pin is not None and link.pin.inverted:
        x1 -= 2 * BUBBLE
    bend = (x1 - x0) / 2
    points = (x0 + bend, y0, x1 - bend, y1, x1, y1)
    curve = f"M{number(x0)} {number(y0)}C{' '.join(map(number, points))}"
    return curve if link.pin is not None else f"{curve}H{number(across)}"


def _pins(placed: Placed) -> str:
    """Bubbles, arrowheads and what is written on wires, where they enter a node."""
    marks, labels = [], []
    for link in placed.links:
        net = placed.graph.nets[link.net]
        if net.arrow == "backward":  # it enters the node on the left, from its right
            if link.upper != net.source:
                continue
            x, y, side, pin = placed.x[link.upper][1], placed.y[link.upper], 1.0, net.pins[0]
            y += link.begin
        elif link.pin is not None:
            x, y, side, pin = placed.x[link.lower][0], placed.y[link.lower], -1.0, link.pin
            y += link.end
        else:
            continue
        color, room = CRITICAL if link.critical else EDGE, 2.0
        if net.arrow:
            room = HEAD
            tip = f"M{number(x)} {number(y)}l{number(side * HEAD)} -3.5v7Z"
            marks.append(element("path", d=tip, fill=color))
        if pin.inverted:
            room = 2 * BUBBLE
            circle: dict[str, object] = {"cx": x + side * BUBBLE, "cy": y, "r": BUBBLE}
            marks.append(element("circle", **circle, fill=PAPER, stroke=color, stroke_width=1.4))
        if pin.label:
            anchor = "start" if side > 0 else "end"
            labels.append(text(pin.label, x + side * (room + 2), y - 3.5, text_anchor=anchor))
    halo: dict[str, object] = {"stroke": PAPER, "stroke_width": 2.5, "paint_order": "stroke"}
    return element("g", *marks) + element("g", *labels, font_size=9, **halo)
