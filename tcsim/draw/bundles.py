"""Inputs and outputs as nodes: many as few bundles, of names that differ in a number alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tcsim.draw.graph import Node
from tcsim.draw.text import NAME, count, full, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BUNDLES = 12
"""Where names make more bundles than this, all are one."""


def bundles(names: Sequence[str], most: int | None) -> list[list[int]]:
    """The numbers of inputs or outputs, grouped as they are drawn.

    Args:
        names: of all inputs or of all outputs.
        most: up to so many stand alone (None: any number does); more are grouped by their stems.
    """
    if most is None or len(names) <= most:
        return [[i] for i in range(len(names))]
    stems: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        stems.setdefault(re.sub(r"[\[\]()._\d]+$", "", name), []).append(i)
    return list(stems.values()) if len(stems) <= MOST_BUNDLES else [list(range(len(names)))]


def end_node(shape: str, names: Sequence[str], members: list[int], layer: int) -> Node:
    """The node of one or several inputs or outputs.

    Args:
        shape: ``"input"`` or ``"output"``.
        names: of all of them.
        members: the numbers of those that it stands for.
        layer: where it stands.
    """
    first, last = names[members[0]], names[members[-1]]
    if len(members) == 1:
        title = f"{shape} {members[0]}: {full(first)}"
        return Node(shape, members[0], layer, (shorten(first, NAME),), title)
    number = count(len(members), shape)
    lines = (f"{shorten(first, NAME)} … {shorten(last, NAME)}", number)
    title = f"{number}, from {full(first)} to {full(last)}"
    return Node(shape, members[0], layer, lines, title, bundle=True)


def constant_node(value: int, layer: int) -> Node:
    """The node of a constant that an output designates."""
    return Node("constant", value, layer, (str(value),), f"constant {value}")
