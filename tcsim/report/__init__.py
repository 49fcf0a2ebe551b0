"""Depth reports: the report as data (`of_circuit`, `of_network`), and its renderings.

`Report.to_json` is for programs, `to_text` for people at 80 columns, `to_html` one self-contained
page.
"""

from tcsim.report.data import SCHEMA, STANDARD_BASES, Report, of_circuit
from tcsim.report.html import render as to_html
from tcsim.report.network import NetworkReport, of_network
from tcsim.report.text import render as to_text

__all__ = [
    "SCHEMA",
    "STANDARD_BASES",
    "NetworkReport",
    "Report",
    "of_circuit",
    "of_network",
    "to_html",
    "to_text",
]
