"""The legend of a picture: only marks that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.elements import element, text
from tcsim.draw.shapes import BUBBLE, CRITICAL, EDGE, PAPER, PROFILE, SOFT

if TYPE_CHECKING:
    from tcsim.draw.graph import Graph


def entries(graph: Graph) -> list[tuple[str, float]]:
    """What the marks of this picture mean: each drawn from x = 0, with the room that it takes."""
    pins = [pin for net in graph.nets for pin in net.pins]
    found = []
    if any(node.critical for node in graph.nodes):
        line = element("path", d="M0 -4h22", stroke=CRITICAL, stroke_width=3)
        found.append((line, "critical path"))
    if any(pin.inverted for pin in pins):
        circle = element("circle", cx=14, cy=-4, r=BUBBLE, fill=PAPER, stroke=EDGE)
        found.append((circle, "inverted operand"))
    if graph.wire_note and pins:
        found.append((text("3", 14.0, 0.0, font_size=9), graph.wire_note))
    if any(node.profile for node in graph.nodes):
        steps = element("path", d="M0 0v-7h7v4h8v-2h7v5Z", fill=PROFILE)
        found.append((steps, "gates by level"))
    if any(node.faint for node in graph.nodes):
        dashes = element("path", d="M0 -4h22", stroke=EDGE, stroke_dasharray="3 2")
        found.append((dashes, graph.faint_note))
    for color, words in graph.tint_notes.items():
        box = element("rect", y=-9, width=22, height=11, rx=3, fill=color, stroke=EDGE)
        found.append((box, words))
    return [
        (
            sample + text(words, 28.0, 0.0, text_anchor="start", fill=SOFT),
            28.0 + 6.25 * len(words) + 18.0,
        )
        for sample, words in found
    ]
