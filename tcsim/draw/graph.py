"""What a picture shows before it is laid out: nodes on layers, and nets from one node to others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tcsim.draw.text import columns

LINE = 13.0
"""Height of a line of text, in px."""

CHARACTER = 6.75
"""Width of a character of a label, in px: an upper bound for most text."""

PIN_GAP, LABELED_PIN_GAP = 8.0, 12.0
"""Distance of two wires that enter a node, in px."""


@dataclass
class Pin:
    """Where a net enters a node.

    Attributes:
        target: index of the node.
        label: what is written on the wire, "" for nothing.
        inverted: whether the operand is inverted (a bubble).
        critical: whether the critical path enters here.
    """

    target: int
    label: str = ""
    inverted: bool = False
    critical: bool = False


@dataclass
class Net:
    """One source and all that it feeds.

    Attributes:
        source: index of the node; it stands on an earlier layer than every target.
        pins: where it goes.
        arrow: ``""`` where left to right is understood, ``"forward"``, or ``"backward"`` where
            signals run from the target to the source.
    """

    source: int
    pins: list[Pin]
    arrow: str = ""


@dataclass
class Node:
    """One box of a picture.

    Attributes:
        shape: ``"input"``, ``"output"``, ``"gate"``, ``"constant"`` or ``"block"``.
        number: of the input, output, gate or block.
        layer: column, 0 is the leftmost.
        lines: the label; the first line is the strong one.
        title: the full text behind the label, one line.
        more: a further line of its tooltip.
        critical: whether the critical path runs through it.
        faint: whether no output depends on it.
        bundle: whether it stands for several inputs or outputs.
        share: of a block: its share of the critical path.
        profile: of a block: its level profile, as shares of the widest level of the picture.
        tint: color of the box; "" for that of its shape.
        width, height: in px, set by `Graph.fit`.
        pin_gap: distance of the wires that enter, in px, set by `Graph.fit`.
    """

    shape: str
    number: int
    layer: int
    lines: tuple[str, ...]
    title: str
    more: str = ""
    critical: bool = False
    faint: bool = False
    bundle: bool = False
    share: float = 0.0
    profile: tuple[float, ...] = ()
    tint: str = ""
    width: float = 0.0
    height: float = 0.0
    pin_gap: float = PIN_GAP


@dataclass
class Graph:
    """All of a picture.

    Attributes:
        nodes: its boxes.
        nets: its wires.
        layer_names: what stands above each layer.
        heading: one line of totals.
        wire_note: what a number written on a wire means; "" where there is none.
        faint_note: what a dashed box means.
        tint_notes: {color: what it means}, for the legend.
    """

    nodes: list[Node]
    nets: list[Net]
    layer_names: list[str]
    heading: str
    wire_note: str
    faint_note: str = "reaches no output"
    tint_notes: dict[str, str] = field(default_factory=dict)

    def fit(self) -> None:
        """Give every node the size that its label and its pins need."""
        pins = [pin for net in self.nets for pin in net.pins]
        entering = Counter(pin.target for pin in pins)
        leaving = Counter(net.source for net in self.nets)
        labeled = {pin.target for pin in pins if pin.label}
        for index, node in enumerate(self.nodes):
            node.pin_gap = LABELED_PIN_GAP if index in labeled else PIN_GAP
            text = max(map(columns, node.lines), default=0) * CHARACTER
            least = 84.0 if node.shape == "block" else 24.0
            node.width = max(least, text + 14)
            extra = 46.0 if node.profile else 10.0
            wires = max(entering[index] * node.pin_gap, leaving[index] * LABELED_PIN_GAP)
            node.height = max(len(node.lines) * LINE + extra, wires + 4)
