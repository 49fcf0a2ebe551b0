"""An entry of a ledger: a statement of a paper, what is thought of it, and what checks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Grade: TypeAlias = Literal["right", "A", "B", "C", "D", "withdrawn", "assumption", "not checkable"]
"""What is thought of a statement; `GRADES` has the meanings."""

GRADES: dict[str, str] = {
    "right": "right as it stands",
    "A": "a step that fails and needs repair",
    "B": "a missing hypothesis",
    "C": "a slip or typo, perhaps of our text of the paper",
    "D": "a remark: a strengthening, a convention, not an erratum",
    "withdrawn": "an objection that was wrong",
    "assumption": "assumed",
    "not checkable": "nothing here that a program could check",
}

Status: TypeAlias = Literal["holds", "conditional", "needs repair", "false", "open", "none"]
"""Of a statement, or of its proof: they may differ."""

STATUSES: dict[str, str] = {
    "holds": "holds as it stands",
    "conditional": "holds under the assumptions that are named",
    "needs repair": "holds once it is corrected as said",
    "false": "does not hold",
    "open": "nobody knows",
    "none": "makes no such claim",
}

Reason: TypeAlias = Literal[
    "definition", "convention", "assumption", "cited", "empirical", "informal", "open"
]
"""Why an entry has no check."""

REASONS: dict[str, str] = {
    "definition": "it only fixes what words mean",
    "convention": "it is a matter of convention",
    "assumption": "it is assumed, not claimed",
    "cited": "it is another work's result, which is not proved again here",
    "empirical": "it reports measurements of others",
    "informal": "it is stated without the precision that a check needs",
    "open": "no finite computation settles it",
}

KINDS = (
    "definition",
    "assumption",
    "hypothesis",
    "theorem",
    "lemma",
    "equation",
    "claim",
    "proof step",
    "remark",
    "correction",
)
"""What a statement is in its paper; a correction is the ledger's own."""

assert set(GRADES) == set(get_args(Grade))  # noqa: S101
assert set(REASONS) == set(get_args(Reason))  # noqa: S101
assert set(STATUSES) == set(get_args(Status))  # noqa: S101


@dataclass(frozen=True)
class Claim:
    """An entry.

    Attributes:
        id: its name in the ledger.
        place: where in the paper.
        part: the heading that it is shown under.
        statement: what is said, in the ledger's words.
        kind: one of `KINDS`.
        grade: what is thought of it.
        statement_status: whether the statement holds.
        proof_status: whether its proof in the paper does.
        uses: ids that it rests on.
        assumes: ids of assumptions that it needs.
        why: reasons for the grade.
        missing: the hypothesis that it lacks, of grade B.
        corrected: what holds instead.
        charitable: a reading of the text under which it is right.
        artefact: what may be the fault of the text of the paper that was at hand, not of the paper.
        printed: names of checks of the statement as printed; recorded verdict: refuted.
        checks: names of checks of what holds; recorded verdict: they speak for it.
        reason: why there is no check.
        references: sources.
    """

    id: str
    place: str
    part: str
    statement: str
    kind: str
    grade: Grade
    statement_status: Status
    proof_status: Status
    uses: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    why: str = ""
    missing: str = ""
    corrected: str = ""
    charitable: str = ""
    artefact: str = ""
    printed: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    reason: Reason | None = None
    references: tuple[str, ...] = ()

    @property
    def all_checks(self) -> tuple[str, ...]:
        """Those of the statement as printed, then those of what holds."""
        return (*self.printed, *self.checks)
