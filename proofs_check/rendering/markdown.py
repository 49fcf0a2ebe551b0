"""As Markdown: the whole paper with a verdict a statement; what is conditional, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofs_check.claim import GRADES, STATUSES
from proofs_check.rendering.text import summary

if TYPE_CHECKING:
    from proofs_check.result import Result, Run


def markdown(run: Run) -> str:
    """The report."""
    ledger = run.ledger
    lines = [f"# {ledger.title}: what was checked", "", ledger.note, "", summary(run) + ".", ""]
    lines += [f"* **{grade}**: {meaning}" for grade, meaning in GRADES.items()]
    part = None
    for result in run.results:
        if result.claim.part != part:
            part = result.claim.part
            lines += ["", f"## {part}"]
        lines += ["", *_entry(result, run)]
    lines += ["", "## What is conditional", ""]
    rows = conditional(run)
    lines += ["| claim | assumes |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)]
    return "\n".join(lines) + "\n"


def conditional(run: Run) -> list[tuple[str, str]]:
    """Claims that rest on assumptions, and the strongest ones of these."""
    found = ((r.claim.id, run.ledger.conditions[r.claim.id]) for r in run.results)
    return [(id_, ", ".join(sorted(names))) for id_, names in found if names]


def facts(result: Result, run: Run) -> list[tuple[str, str]]:
    """What there is to say of an entry, apart from its statement."""
    claim = result.claim
    rows = [
        ("Grade", f"{claim.grade}: {GRADES[claim.grade]}"),
        ("Statement", STATUSES[claim.statement_status]),
        ("Proof", STATUSES[claim.proof_status] if claim.proof_status != "none" else ""),
        ("Why", claim.why),
        ("Missing", claim.missing),
        ("What holds", claim.corrected),
        ("Charitably read", claim.charitable),
        ("Our copy of the text", claim.artefact),
        ("Assumes", ", ".join(sorted(run.ledger.conditions[claim.id]))),
        ("Uses", ", ".join(claim.uses)),
        ("References", "; ".join(claim.references)),
    ]
    for name in claim.all_checks:
        check = run.ledger.checks[name]
        found = result.outcomes.get(name)
        said = "left out: it takes long" if found is None else str(found)
        what = "Check of the printed statement" if name in claim.printed else "Check"
        rows.append((what, f"{check.summary} {check.method.capitalize()}; {said}."))
        if found is not None and "counterexample" in found.evidence:
            shown = str(found.evidence["counterexample"])
            rows.append(("Counterexample", shown if len(shown) < 400 else shown[:400] + " ..."))
    if not claim.all_checks:
        rows.append(("Not checked", result.outcome.says))
    if not result.as_recorded:
        rows.append(("Differs from the record", ", ".join(result.surprises)))
    return [(title, text) for title, text in rows if text]


def _entry(result: Result, run: Run) -> list[str]:
    claim = result.claim
    lines = [f"### {claim.id} ({claim.place})", "", claim.statement, ""]
    return lines + [f"* {title}: {text}" for title, text in facts(result, run)]
