"""As text for a terminal."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING

from proofs_check.claim import GRADES, REASONS, STATUSES
from proofs_check.outcome import Kind
from tcsim.report.numbers import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proofs_check.claim import Claim
    from proofs_check.ledger import Ledger
    from proofs_check.result import Result, Run

WIDTH = 96


def listing(claims: Sequence[Claim]) -> str:
    """A line a claim, under its part."""
    lines: list[str] = []
    wide = max((len(claim.id) for claim in claims), default=0)
    grades = max((len(claim.grade) for claim in claims), default=0)
    part = None
    for claim in claims:
        if claim.part != part:
            part = claim.part
            lines.append(part)
        words = f"{claim.place}: {claim.statement}"
        room = WIDTH - wide - grades - 6
        short = words if len(words) <= room else words[: room - 3] + "..."
        lines.append(f"  {claim.id.ljust(wide)}  {claim.grade.ljust(grades)}  {short}")
    return "\n".join(lines) + "\n"


def claim_text(claim: Claim, ledger: Ledger) -> str:
    """All of a claim."""
    lines = [f"{claim.id}  ({claim.kind}, {claim.place})"]
    rows = [
        ("statement", claim.statement),
        ("grade", f"{claim.grade}: {GRADES[claim.grade]}"),
        ("status", STATUSES[claim.statement_status]),
        ("proof", STATUSES[claim.proof_status]),
        ("why", claim.why),
        ("missing", claim.missing),
        ("what holds", claim.corrected),
        ("charitably", claim.charitable),
        ("our text", claim.artefact),
        ("assumes", ", ".join(sorted(ledger.conditions[claim.id]))),
        ("uses", ", ".join(claim.uses)),
        ("used by", ", ".join(c.id for c in ledger.claims.values() if claim.id in c.uses)),
        ("no check", REASONS[claim.reason] if claim.reason else ""),
        ("references", "; ".join(claim.references)),
    ]
    lines += [_row(title, text) for title, text in rows if text]
    for name in claim.all_checks:
        check = ledger.checks[name]
        what = "as printed" if name in claim.printed else "what holds"
        lines.append(_row("check", f"{name} ({check.method}, {what}): {check.summary}"))
        bent = [*check.flips, *check.repairs]
        lines.append(_row("", f"{'flips' if check.flips else 'repairs'}: {'; '.join(bent)}"))
    return "\n".join(lines) + "\n"


def _row(title: str, text: str) -> str:
    first, *others = wrap(text, WIDTH - 14) or [""]
    return "\n".join([f"  {title.ljust(11)} {first}", *(" " * 14 + line for line in others)])


def run_text(run: Run) -> str:
    """A line a claim, what differs from the record, and totals."""
    lines: list[str] = []
    part = None
    wide = max((len(result.claim.id) for result in run.results), default=0)
    for result in run.results:
        if result.claim.part != part:
            part = result.claim.part
            lines.append(part)
        lines.append(f"  {_mark(result)} {result.claim.id.ljust(wide)}  {result.outcome}")
        lines += [f"      {name}: {result.outcomes[name]}" for name in result.surprises]
    lines.append(summary(run))
    return "\n".join(lines) + "\n"


def _mark(result: Result) -> str:
    if not result.as_recorded:
        return "DIFFERS "
    return f"[{result.claim.grade[:5]}]".ljust(8)


def summary(run: Run) -> str:
    """Totals, in a line."""
    kinds = Counter(result.outcome.kind for result in run.results)
    parts = [f"{kinds[kind]} {kind.value}" for kind in Kind if kinds[kind]]
    differ = sum(not result.as_recorded for result in run.results)
    end = f"{differ} differ from the record" if differ else "all as recorded"
    left = len({name for result in run.results for name in result.left_out})
    more = f"; {plural(left, 'long check')} left out (--all)" if left else ""
    outcomes = {name: one for result in run.results for name, one in result.outcomes.items()}
    lacking = sorted(n for n, one in outcomes.items() if one.kind is Kind.UNCHECKED)
    more += "".join(f"; not run: {name} ({outcomes[name].says})" for name in lacking)
    return f"{len(run.results)} claims: {', '.join(parts)}; {end}{more}"
