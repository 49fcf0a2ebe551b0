"""Reports as a table in Markdown: a line a rule, a column a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.checks.outcome import POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reductions.checks.outcome import CheckReport


def markdown(reports: Sequence[CheckReport]) -> str:
    """The table.

    Example:
        >>> from reductions.checks import CheckReport, Outcome, Status
        >>> one = CheckReport("mine", tuple(Outcome(p, Status.PASS, "") for p in POINTS))
        >>> print(markdown([one]).splitlines()[2][:24])
        | `mine` | pass | pass |
    """
    lines = [f"| rule | {' | '.join(POINTS)} |", f"|---|{'---|' * len(POINTS)}"]
    for report in reports:
        cells = " | ".join(report[point].status.value for point in POINTS)
        lines.append(f"| `{report.rule}` | {cells} |")
    return "\n".join(lines) + "\n"
