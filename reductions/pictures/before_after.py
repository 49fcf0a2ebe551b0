"""An instance beside what a rule makes of it: what was made from one element has its color."""

from __future__ import annotations

import re
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.pictures.panels import MOST_GATES, panel
from reductions.pictures.panels import heading as panel_heading
from reductions.provenance import NONE
from tcsim.draw import Drawing
from tcsim.draw.elements import element, number, text, title
from tcsim.draw.shapes import EDGE, INK, PAPER, SOFT
from tcsim.draw.svg import FONT

if TYPE_CHECKING:
    from reductions.reduction import Reduction

TINTS = (
    "#ffd2c4", "#c6e2ff", "#fff0a8", "#cdeec4", "#e3d0ff", "#ffcfe6", "#bdeee6", "#e9dcc6",
    "#dce8a6", "#d3d9e3",
)  # fmt: skip
"""One for each element of the source, over again where they are more."""

MOST_LISTED, MOST_TRIED = 2000, 60
"""Small instances that are listed, and those of them that are mapped."""

ARROW, TOP = 70.0, 66.0
"""Room for the arrow between the two, and for the words above them, in px."""


def draw_rule(rule: Reduction[Any, Any, Any, Any], instance: object = None) -> Drawing:
    """Draw an instance and what a rule maps it to, colored by provenance.

    Args:
        rule: any.
        instance: of its source; by default a small one.

    Raises:
        ArgumentError: it is no instance of the source.
        LimitError: the target would be too large.
    """
    source = _small(rule) if instance is None else instance
    mapped = rule.run(source)
    known = mapped.provenance
    origin = known.origin.tolist()

    def of_source(item: int) -> str:
        return TINTS[item % len(TINTS)]

    def of_target(item: int) -> str:
        return "" if item >= len(origin) or origin[item] == NONE else of_source(origin[item])

    count = max(origin, default=NONE) + 1  # at least so many elements, and mostly just so many
    before = panel(rule.source, source, known.source, count, of_source)
    notes: dict[str, str] = {}
    if not any(color in before for color in TINTS):  # its elements are not drawn one by one
        made_for = sorted(set(origin) - {NONE})[: len(TINTS)]
        notes = {of_source(item): f"{known.source} {item}" for item in made_for}
    after = panel(rule.target, mapped.instance, known.target, len(origin), of_target, notes)
    words = f"each {known.target} has the color of the {known.source} that it was made from"
    facts = [f"{rule.name}: {rule.summary}", words]
    for one, found in ((rule.source, source), (rule.target, mapped.instance)):
        facts.append(panel_heading(one, found))
    return Drawing(_beside(before, after, *facts[:2]), "\n".join(facts))


def _small(rule: Reduction[Any, Any, Any, Any]) -> Any:  # noqa: ANN401
    """The first of the source's ladder, or a small one whose target is the largest that fits."""
    first = rule.source.ladder(1)
    if _elements(rule, first) <= MOST_GATES:
        return first
    every = list(islice(rule.source.every(1), MOST_LISTED))
    some = Random(0).sample(every, min(len(every), MOST_TRIED))
    fitting = [one for one in some if _elements(rule, one) <= MOST_GATES]
    return max(fitting, key=lambda one: _elements(rule, one), default=first)


def _elements(rule: Reduction[Any, Any, Any, Any], instance: Any) -> int:  # noqa: ANN401
    return len(rule.run(instance).provenance.origin)


def _beside(before: str, after: str, heading: str, words: str) -> str:
    """Two documents as one, an arrow between them."""
    (left, tall), (right, high) = _size(before), _size(after)
    width = max(left + ARROW + right, 6.6 * len(heading) + 36)
    height = max(tall, high) + TOP
    middle = TOP + max(tall, high) / 2
    tip = left + ARROW - 14
    parts = [
        title(heading),
        element("rect", width=width, height=height, fill=PAPER),
        text(heading, 18.0, 24.0, font_size=13, font_weight=600),
        text(words, 18.0, 44.0, fill=SOFT),
        _moved(before, 0.0, TOP + (max(tall, high) - tall) / 2),
        _moved(after, left + ARROW, TOP + (max(tall, high) - high) / 2),
        element(
            "path",
            d=f"M{number(left + 14)} {number(middle)}H{number(tip - 8)}",
            stroke=EDGE,
            stroke_width=3,
        ),
        element("path", d=f"M{number(tip)} {number(middle)}l-12 -7v14Z", fill=EDGE),
    ]
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
            aria_label=heading,
            font_family=FONT,
            font_size=11,
            fill=INK,
        )
        + "\n"
    )


def _size(document: str) -> tuple[float, float]:
    """Width and height that a document states."""
    found = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', document)
    assert found is not None  # noqa: S101 - `panel` writes both
    return float(found[1]), float(found[2])


def _moved(document: str, x: float, y: float) -> str:
    return element("g", document.strip(), transform=f"translate({number(x)} {number(y)})")
