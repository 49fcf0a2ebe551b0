"""The report as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tcsim.report.content import sections
from tcsim.report.conventions import CONVENTIONS
from tcsim.report.layout import Block, Facts, Paragraph, Profile, Section, Table
from tcsim.report.network import NetworkReport
from tcsim.report.network_content import network_sections
from tcsim.report.svg import level_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.report.data import Report

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .8rem; border-bottom: 1px solid #8884; text-align: left; }
th { font-weight: 600; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
.r { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; }
"""


def render(report: Report | NetworkReport) -> str:
    """The report as a complete HTML document.

    Args:
        report: what to say.
    """
    if isinstance(report, NetworkReport):
        return render_sections(network_sections(report))
    return render_sections(sections(report, CONVENTIONS))


def render_sections(content: Sequence[Section]) -> str:
    """Sections as a complete HTML document."""
    first, *others = content
    body = [f"<h1>{escape(first.title)}</h1>", *map(lay_out, first.blocks)]
    for section in others:
        body += [f"<h2>{escape(section.title)}</h2>", *map(lay_out, section.blocks)]
    page = "\n".join(body)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(first.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{page}\n</body>\n</html>\n"
    )


def lay_out(part: Block) -> str:
    """The HTML of one block."""
    match part:
        case Paragraph():
            return f"<p>{escape(part.text)}</p>"
        case Facts():
            return _facts(part)
        case Table():
            return _table(part)
        case Profile():
            return level_profile(part.levels)


def _facts(part: Facts) -> str:
    rows = "\n".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in part.rows)
    return f"<dl>\n{rows}\n</dl>"


def _table(part: Table) -> str:
    head = _row("th", part.header, part.align)
    rows = "\n".join(_row("td", values, part.align) for values in part.rows)
    return (
        f'<div class="scroll"><table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>'
        "</table></div>"
    )


def _row(tag: str, values: tuple[str, ...], align: str) -> str:
    opening = {"l": f"<{tag}>", "r": f'<{tag} class="r">'}
    pairs = zip(values, align, strict=True)
    return f"<tr>{''.join(f'{opening[side]}{escape(text)}</{tag}>' for text, side in pairs)}</tr>"
