"""How circuits and reports show themselves in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tcsim.report.html import lay_out, render
from tcsim.report.layout import Table
from tcsim.report.numbers import compact, plural
from tcsim.report.svg import level_profile

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.report.data import Report


def circuit_svg(circuit: Circuit) -> str:
    """The gates by level, as SVG."""
    return level_profile(circuit.measures.levels, width=480, height=150)


def report_html(report: Report) -> str:
    """The page of a report, in a frame of its own."""
    page = escape(render(report), quote=True)
    return f'<iframe srcdoc="{page}" title="Depth report" width="100%" height="640"></iframe>'


def circuit_html(circuit: Circuit) -> str:
    """The measures in the threshold basis and the gates by level, as HTML."""
    names = ("depth", "width", "size", "edges", "wires", "max_fan_in", "max_weight", "parallelism")
    header = ("depth", "width", "size", "edges", "wires", "fan-in", "weight", "size / depth")
    row = tuple(compact(getattr(circuit.measures, name)) for name in names)
    ends = f"{plural(circuit.n_inputs, 'input')}, {plural(circuit.n_outputs, 'output')}"
    return (
        f"<div><p><b>Circuit</b>: {ends}; threshold basis</p>\n"
        f"{lay_out(Table(header, (row,), 'r' * len(row)))}\n{circuit_svg(circuit)}</div>"
    )
