"""How each node looks: inputs and outputs, gates, constants, blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.elements import element, number, text, title
from tcsim.draw.graph import LINE

if TYPE_CHECKING:
    from tcsim.draw.graph import Node

PAPER, INK, SOFT, BAND = "#ffffff", "#1b1f24", "#5b6570", "#f6f7f9"
WIRE, EDGE, CRITICAL, PROFILE = "#87919c", "#6b7682", "#c2410c", "#c3d0e0"
FILL = {
    "input": "#ffffff",
    "output": "#ffffff",
    "gate": "#e8eef6",
    "constant": "#fdf3d8",
    "block": "#e8eef6",
}
BUBBLE = 3.0
"""Radius of the bubble of an inverted operand, in px."""

BAR, STEPS = 5.0, 26.0
"""Height of a block's bar (its share of the critical path) and of its level profile, in px."""


def draw_node(node: Node, left: float, right: float, y: float) -> str:
    """A node between two edges, its middle at y."""
    top, width = y - node.height / 2, right - left
    frame: dict[str, object] = {
        "x": left,
        "y": top,
        "width": width,
        "height": node.height,
        "rx": node.height / 2 if node.shape in {"input", "output"} and not node.bundle else 4.0,
        "fill": node.tint or FILL[node.shape],
        "stroke": CRITICAL if node.critical else EDGE,
        "stroke_width": 2.5 if node.critical else 1.0,
    }
    if node.faint:
        frame["stroke_dasharray"] = "3 2"
    parts = [title(f"{node.title}\n{node.more}".strip())]
    if node.bundle:
        parts.append(element("rect", **(frame | {"x": left + 3, "y": top + 3})))
    parts.append(element("rect", **frame))
    base = y - len(node.lines) * LINE / 2 + LINE - 3.2
    if node.profile:
        parts += _profile(node, left, top + node.height - BAR, width)
        base = top + LINE + 2
    for i, line in enumerate(node.lines):
        style: dict[str, object] = {"fill": SOFT} if i or node.faint else {}
        style |= {"font_size": 10} if i else {"font_weight": 600}
        parts.append(text(line, (left + right) / 2, base + i * LINE, **style))
    return element("g", *parts, data_node=f"{node.shape}{node.number}")


def _profile(node: Node, left: float, bottom: float, width: float) -> list[str]:
    """The level profile of a block, and under it its share of the critical path as a bar."""
    floor, step = bottom - 3, (width - 12) / len(node.profile)
    path = f"M{number(left + 6)} {number(floor)}"
    for i, share in enumerate(node.profile):
        height = max(STEPS * share, 1.0) if share else 0.0
        path += f"V{number(floor - height)}H{number(left + 6 + (i + 1) * step)}"
    parts = [element("path", d=f"{path}V{number(floor)}Z", fill=PROFILE)]
    if node.share:
        bar: dict[str, object] = {"x": left, "y": bottom, "width": node.share * width}
        parts.append(element("rect", **bar, height=BAR, fill=CRITICAL))
    return parts
