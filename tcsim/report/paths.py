"""The critical path of a report, by scope: runs of gates, and the gates at its two ends."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from tcsim.report.cells import fit
from tcsim.report.layout import Block, Facts, Paragraph, Section, Table
from tcsim.report.numbers import compact, plural, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.measure import PathStep
    from tcsim.report.data import Report

MOST_RUNS = 12
END = 3
"""Gates that are listed at either end."""


def path_section(report: Report) -> Section | None:
    """One longest path; None for a circuit without depth."""
    path = report.critical_path
    if not path:
        return None
    runs = [list(steps) for _, steps in groupby(path, key=lambda step: step.scope)]
    rows = [_run(run) for run in runs]
    if len(runs) > MOST_RUNS:
        half = MOST_RUNS // 2
        hidden = runs[half:-half]
        gates = sum(map(len, hidden))
        middle = ("...", plural(len(hidden), "more run"), compact(gates), "")
        rows = [*rows[:half], middle, *rows[-half:]]
    blocks: list[Block] = [
        Paragraph(f"{plural(len(path), 'gate')} to output {fit(report.deepest_output or '', 60)}"),
        Table(("levels", "scope", "gates", "kinds"), tuple(rows), "rlrl"),
    ]
    if len(path) <= 2 * END:
        blocks.append(Facts((("gates", _gates(path)),)))
    else:
        blocks.append(Facts((("first", _gates(path[:END])), ("last", _gates(path[-END:])))))
    return Section("Critical path by scope, threshold basis", tuple(blocks))


def _run(steps: Sequence[PathStep]) -> tuple[str, str, str, str]:
    kinds = Counter(step.kind for step in steps).most_common()
    shown = ", ".join(f"{count:,} {kind}" for kind, count in kinds[:3])
    return (
        span(steps[0].level, steps[-1].level),
        steps[0].scope or "(root)",
        compact(len(steps)),
        shown + (", ..." if len(kinds) > 3 else ""),
    )


def _gates(steps: Sequence[PathStep]) -> str:
    return ", ".join(f"{fit(step.name, 24) or step.gate} ({step.kind})" for step in steps)
