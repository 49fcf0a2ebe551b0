"""The study of uniformity as text, at most 80 columns."""

from __future__ import annotations

from math import log2
from textwrap import wrap
from typing import TYPE_CHECKING

from tcsim.uniformity.study import LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.uniformity.connection import ConnectionCheck
    from tcsim.uniformity.study import UniformityReport

WIDTH = 80


def to_text(report: UniformityReport) -> str:
    """The report for people."""
    curve = report.curve
    rows = [["n", "lg n", "bits of work space", "bits / lg n", "steps"]]
    for point in curve.points:
        lg = log2(point.length)
        share = f"{point.space / lg:.1f}" if lg else "-"
        rows.append(
            [f"{point.length:,}", f"{lg:.2f}", f"{point.space:,}", share, f"{point.steps:,}"]
        )
    lines = _wrapped(f"Family {report.name}: {report.meaning}", "")
    lines += ["", "The machine that writes C_n on input 1^n", *_table(rows), ""]
    lines += _wrapped(_sentence(str(curve)), "  ")
    lines += ["", f"Connection languages, against C_{report.compared} of {report.gates:,} gates"]
    lines += _compared("direct", report.direct) + _compared("paths", report.paths)
    lines += ["", "One query about members too large to build, names in the query included"]
    lines += _table(
        [
            ["n", "bits", "steps"],
            *([f"2^{n.bit_length() - 1}", f"{b:,}", f"{s:,}"] for n, b, s in report.far),
        ]
    )
    lines += ["", "What this cannot show"]
    for limit in LIMITS:
        lines += _wrapped(limit, "  - ")
    return "\n".join(lines) + "\n"


def _compared(name: str, check: ConnectionCheck) -> list[str]:
    found = "every answer right" if not check.differences else "; ".join(check.differences)
    cost = f"{check.queries:,} queries of at most {check.space:,} bits and {check.steps:,} steps"
    return _wrapped(f"{cost}: {found}", f"  {name.ljust(6)}  ")


def _sentence(curve: str) -> str:
    return f"{curve.partition(': ')[2]}."


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]


def _wrapped(text: str, first: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )
