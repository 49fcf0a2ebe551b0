"""The report for people: plain text, no line wider than 80 columns whatever the circuit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tcsim.report.cells import cells, fit, printable, row, wrap
from tcsim.report.content import sections
from tcsim.report.layout import Block, Facts, Paragraph, Profile, Section, Table
from tcsim.report.network import NetworkReport
from tcsim.report.network_content import network_sections
from tcsim.report.numbers import compact
from tcsim.report.profile import bins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.report.data import Report

WIDTH = 80
INDENT = "  "
LEVEL_ROWS = 20
LEAST_TEXT = 5
"""Columns that a text column of a table keeps at least."""

_ROUNDED = re.compile(r"\d\.\d+e\d+")


def render(report: Report | NetworkReport, *, block: str = "█") -> str:
    """The report as text.

    Args:
        report: what to say.
        block: the character that bars are made of.

    Returns:
        Lines of at most 80 columns. Titles stand at the margin, all else is indented.
    """
    if isinstance(report, NetworkReport):
        return render_sections(network_sections(report), block=block)
    return render_sections(sections(report), block=block)


def render_sections(content: Iterable[Section], *, block: str = "█") -> str:
    """Sections as text; see `render`."""
    parts = []
    for section in content:
        lines = [fit(section.title, WIDTH)]
        for part in section.blocks:
            lines += lay_out(part)
        parts.append("".join(f"{line.rstrip()}\n" for line in lines))
    text = "\n".join(parts)
    if _ROUNDED.search(text):
        text += f"{INDENT}Numbers such as 1.2346e40 are rounded; --json has every digit.\n"
    return text.replace("█", block)


def lay_out(part: Block) -> list[str]:
    """The lines of one block."""
    match part:
        case Paragraph():
            return wrap(part.text, WIDTH, INDENT, INDENT)
        case Facts():
            return _facts(part)
        case Table():
            return _table(part)
        case Profile():
            return _profile(part)


def _facts(part: Facts) -> list[str]:
    margin = max(cells(term) for term, _ in part.rows) + 2
    lines = []
    for term, text in part.rows:
        first = INDENT + term + " " * (margin - cells(term))
        lines += wrap(text, WIDTH, first, INDENT + " " * margin)
    return lines


def _table(part: Table) -> list[str]:
    table = [part.header, *part.rows]
    widths = [max(cells(printable(line[i])) for line in table) for i in range(len(part.header))]
    too_wide = len(INDENT) + sum(widths) + 2 * (len(widths) - 1) - WIDTH
    texts = sorted(
        (i for i, side in enumerate(part.align) if side == "l"), key=lambda i: -widths[i]
    )
    for i in texts:
        cut = min(max(too_wide, 0), max(widths[i] - LEAST_TEXT, 0))
        widths[i] -= cut
        too_wide -= cut
    signed = [-w if side == "l" else w for w, side in zip(widths, part.align, strict=True)]
    return [
        INDENT + row([fit(value, width) for value, width in zip(line, widths, strict=True)], signed)
        for line in table
    ]


def _profile(part: Profile) -> list[str]:
    bars = bins(part.levels, LEVEL_ROWS)
    binned = len(bars) < len(part.levels) - 1
    columns = [["level", *(bar.label for bar in bars)], _column("gates", [b.gates for b in bars])]
    if binned:
        columns.append(_column("widest", [bar.most for bar in bars]))
    widths = [max(map(len, column)) for column in columns]
    longest = WIDTH - len(INDENT) - sum(widths) - 2 * len(widths)
    highest = max(bar.mean for bar in bars)
    lengths = [max(round(bar.mean / highest * longest), 1 if bar.gates else 0) for bar in bars]
    rows = zip(*columns, ["", *("█" * length for length in lengths)], strict=True)
    lines = [INDENT + row(values, [*widths, -longest]) for values in rows]
    if binned:
        text = (
            f"{len(part.levels) - 1:,} levels in {len(bars)} bins; a bar shows the mean of its "
            "bin, widest is its largest level."
        )
        lines += wrap(text, WIDTH, INDENT, INDENT)
    return lines


def _column(title: str, numbers: list[int]) -> list[str]:
    return [title, *(compact(number, 12) for number in numbers)]
