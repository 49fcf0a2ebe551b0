"""As data: what every other rendering says, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_check.claim import Claim
    from proofs_check.ledger import Ledger
    from proofs_check.result import Result, Run

RUN_SCHEMA = "proofs_check.run/1"
EVIDENCE_SCHEMA = "proofs_check.evidence/1"


def claim_data(claim: Claim, ledger: Ledger) -> dict[str, Any]:
    """An entry, with the assumptions that it or anything it uses needs, and its checks."""
    found: dict[str, Any] = {
        "id": claim.id,
        "place": claim.place,
        "part": claim.part,
        "kind": claim.kind,
        "grade": claim.grade,
        "statement": claim.statement,
        "status": claim.statement_status,
        "proof": claim.proof_status,
        "uses": list(claim.uses),
        "assumes": sorted(ledger.conditions[claim.id]),
    }
    for name in ("why", "missing", "corrected", "charitable", "artefact", "reason"):
        if getattr(claim, name):
            found[name] = getattr(claim, name)
    found["checks"] = [
        {
            "name": name,
            "summary": ledger.checks[name].summary,
            "method": ledger.checks[name].method,
            "cost": ledger.checks[name].cost,
            "of": "the statement as printed" if name in claim.printed else "what holds",
            "flips": sorted(ledger.checks[name].flips),
            "repairs": sorted(ledger.checks[name].repairs),
        }
        for name in claim.all_checks
    ]
    found["references"] = list(claim.references)
    return found


def result_data(result: Result) -> dict[str, Any]:
    """What came of an entry."""
    return {
        "id": result.claim.id,
        "grade": result.claim.grade,
        "as_recorded": result.as_recorded,
        "outcome": result.outcome.kind.value,
        "says": result.outcome.says,
        "surprises": result.surprises,
        "left_out": list(result.left_out),
        "checks": {name: outcome.to_dict() for name, outcome in result.outcomes.items()},
    }


def run_data(run: Run) -> dict[str, Any]:
    """What came of a run."""
    return {
        "schema": RUN_SCHEMA,
        "title": run.ledger.title,
        "as_recorded": run.as_recorded,
        "versions": dict(run.versions),
        "seconds": {name: round(value, 3) for name, value in run.seconds.items()},
        "results": [result_data(result) for result in run.results],
    }


def evidence_data(run: Run, name: str) -> dict[str, Any]:
    """The evidence of a check, by itself: for who would check it again with other means."""
    outcome = next(r.outcomes[name] for r in run.results if name in r.outcomes)
    check = run.ledger.checks[name]
    return {
        "schema": EVIDENCE_SCHEMA,
        "check": name,
        "summary": check.summary,
        "method": check.method,
        "claims": [r.claim.id for r in run.results if name in r.claim.all_checks],
        **outcome.to_dict(),
        "versions": dict(run.versions),
    }
