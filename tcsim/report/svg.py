"""The level profile as an SVG picture: levels to the right, gates upward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.report.numbers import compact
from tcsim.report.profile import bins

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BARS = 160


def level_profile(levels: Sequence[int], *, width: int = 640, height: int = 200) -> str:
    """A bar chart of the gates on each level; of many levels, the mean of each bin.

    It is legible on light and on dark ground, and bars carry their numbers as tooltips.

    Args:
        levels: gates on level 0, 1, 2, ...
        width: in pixels.
        height: in pixels.

    Returns:
        One ``<svg>`` element, fit for a file of its own.
    """
    bars = bins(levels, MOST_BARS)
    left, right, top, bottom = 8, width - 8, 26, height - 24
    highest = max((bar.mean for bar in bars), default=0.0)
    step = (right - left) / max(len(bars), 1)
    # A few levels do not make bars as wide as the page.
    step = min(step, 60.0)
    gap = 2.0 if step >= 8 else 0.0
    shapes = []
    for place, bar in enumerate(bars):
        tall = max(bar.mean / highest * (bottom - top), 1.0) if bar.gates else 0.0
        of = f"level {bar.label}" if bar.first == bar.last else f"levels {bar.label}"
        shapes.append(
            f'<rect x="{left + place * step:.2f}" y="{bottom - tall:.2f}" '
            f'width="{step - gap:.2f}" height="{tall:.2f}">'
            f"<title>{of}: {bar.gates:,} gates</title></rect>"
        )
    end = left + len(bars) * step
    title = "no gates"
    marks = ""
    if bars:
        deepest = f"{len(levels) - 1:,}"
        a_bar = bars[0].last
        title = f"most on a level: {compact(bars[0].most if a_bar == 0 else highest)} gates"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif" font-size="12">\n'
        f"<title>{unit}</title>\n"
        f'<g fill="#4c8ed9">{"".join(shapes)}</g>\n'
        f'<path d="M{left} {bottom + 0.5}H{right}" stroke="#888" fill="none"/>\n'
        f'<g fill="#888">{marks}<text x="{left}" y="16">{compact(highest)} {unit}, at most</text>'
        "</g>\n"
        "</svg>"
    )
