"""The scopes of a report as a table: the outer ones first where there are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.report.layout import Block, Paragraph, Section, Table
from tcsim.report.numbers import compact, plural, span

if TYPE_CHECKING:
    from tcsim.measure import ScopeMeasures
    from tcsim.report.data import Report

MOST_ROWS = 24


def scope_section(report: Report) -> Section | None:
    """The measures of each scope with its share of the critical path; None without scopes."""
    scopes = [scope for scope in report.scopes if scope.path]
    if not scopes:
        return None
    chosen = _choose(scopes)
    rows = tuple(
        (
            "  " * scope.path.count("/") + scope.path.rpartition("/")[2],
            compact(scope.size, 9),
            compact(scope.edges, 10),
            compact(scope.wires, 10),
            span(scope.first_level, scope.last_level),
            compact(scope.width, 9),
            f"{scope.path_share:.0%}",
        )
        for scope in chosen
    )
    header = ("scope", "gates", "edges", "wires", "levels", "width", "path")
    blocks: list[Block] = [Table(header, rows, "lrrrrrr")]
    if len(chosen) < len(scopes):
        blocks.append(Paragraph(f"{plural(len(scopes) - len(chosen), 'more scope')} in --json."))
    return Section("Scopes, and their share of the critical path", tuple(blocks))


def _choose(scopes: list[ScopeMeasures]) -> list[ScopeMeasures]:
    """As many complete nesting depths as fit; of too many outermost ones, the largest."""
    deepest = max(scope.path.count("/") for scope in scopes)
    for depth in range(deepest, -1, -1):
        fitting = [scope for scope in scopes if scope.path.count("/") <= depth]
        if len(fitting) <= MOST_ROWS:
            return fitting
    outer = [scope for scope in scopes if "/" not in scope.path]
    ranked = sorted(outer, key=lambda scope: (-scope.path_gates, -scope.size))[:MOST_ROWS]
    return [scope for scope in outer if scope in ranked]
