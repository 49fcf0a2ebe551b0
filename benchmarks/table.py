"""The table, 80 columns wide: each row's figures beside its target."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.harness import Row, Sample

CASE, FIGURE, TARGET = 26, 10, 6
"""Widths of columns."""
HEADER = (
    f"{'':5}{'':{CASE}}{'tcsim':>{FIGURE}}{'peer':>{FIGURE}}{'value':>{FIGURE}}"
    f"{'must':>{TARGET}}{'aim':>{TARGET}}"
)


def line(row: Row) -> str:
    """One row of the table."""
    must, aim = targets(row)
    if row.value is None:
        figures, verdict = f"{row.verdict:>{3 * FIGURE}}", ""
    else:
        cells = (cost(row.ours, row.unit), cost(row.peer, row.unit), value(row))
        figures, verdict = "".join(f"{cell:>{FIGURE}}" for cell in cells), row.verdict
    text = f"{row.workload:5}{row.case:{CASE}}{figures}{must:>{TARGET}}{aim:>{TARGET}} {verdict}"
    return text.rstrip()


def value(row: Row) -> str:
    """The value with its unit."""
    if row.value is None:
        return "-"
    if row.kind == "fraction":
        return f"{row.value:.0%}"
    if row.kind == "seconds":
        return duration(row.value)
    return short(row.value) + {"ratio": "x", "GiB": " GiB"}[row.kind]


def targets(row: Row) -> tuple[str, str]:
    """What it must reach and what it should."""
    if row.target is None:
        return "", ""
    must, aim = row.target.must, row.target.aim
    if row.kind == "fraction":
        return f"{must:.0%}", f"{aim:.0%}"
    suffix = {"ratio": "x", "seconds": " s", "GiB": ""}[row.kind]
    return f"{must:g}{suffix}", f"{aim:g}{suffix}"


def cost(sample: Sample | None, unit: str) -> str:
    """The median time, or the rate where work has a unit, in 10^9 a second."""
    if sample is None or not sample.seconds:
        return ""
    seconds = median(sample.seconds)
    if unit:
        return f"{short(sample.work / seconds / 1e9)} G/s"
    return duration(seconds)


def duration(seconds: float) -> str:
    """In the unit that gives a number from 1 to 1000, if there is one."""
    for factor, name in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1:
            return f"{short(seconds * factor)} {name}"
    return f"{short(seconds * 1e9)} ns"


def short(number: float) -> str:
    """Three digits, without an exponent."""
    if number >= 99.5:
        return f"{number:,.0f}"
    return f"{number:.{2 if number < 9.995 else 1}f}"
