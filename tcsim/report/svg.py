"""The level profile as an SVG picture: levels to the right, gates upward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.report.numbers import plural
from tcsim.report.profile import bins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.report.profile import Bin

MOST_BARS = 160
WIDEST_BAR = 60.0
"""A few levels do not make bars as wide as the page."""


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
    step = min((right - left) / max(len(bars), 1), WIDEST_BAR)
    end = max(left + len(bars) * step, left + 2 * WIDEST_BAR)
    title = f"widest level: {plural(max(levels), 'gate')}"
    if bars and bars[0].last > 1:
        title += f"; a bar is the mean of {bars[0].last} levels"
    labels: list[tuple[float, int, str, str]] = [(left, 16, "start", title)]
    if bars:
        labels.append((left, height - 8, "start", "level 1"))
    if len(bars) > 1:
        labels.append((end, height - 8, "end", f"{len(levels) - 1:,}"))
    texts = "".join(
        f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{text}</text>'
        for x, y, anchor, text in labels
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif" font-size="12">\n'
        "<title>Gates by level</title>\n"
        f'<g fill="#4c8ed9">{_shapes(bars, left, step, bottom, bottom - top)}</g>\n'
        f'<path d="M{left} {bottom + 0.5}H{end:.1f}" stroke="#888" fill="none"/>\n'
        f'<g fill="#888">{texts}</g>\n</svg>'
    )


def _shapes(bars: list[Bin], left: float, step: float, bottom: float, room: float) -> str:
    gap = 2.0 if step >= 8 else 0.0
    highest = max((bar.mean for bar in bars), default=0.0)
    shapes = []
    for place, bar in enumerate(bars):
        tall = max(bar.mean / highest * room, 1.0) if bar.gates else 0.0
        name = "level" if bar.first == bar.last else "levels"
        shapes.append(
            f'<rect x="{left + place * step:.2f}" y="{bottom - tall:.2f}" '
            f'width="{step - gap:.2f}" height="{tall:.2f}">'
            f"<title>{name} {bar.label}: {plural(bar.gates, 'gate')}</title></rect>"
        )
    return "".join(shapes)
