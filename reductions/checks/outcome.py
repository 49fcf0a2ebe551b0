"""Outcomes of the twelve points, with their evidence; the report of a rule."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

SCHEMA = "reductions.check/1"

POINTS = {
    "totality": "every byte string is decoded or refused by name; every instance is mapped",
    "answers": "YES to YES and NO to NO: all small instances, then random ones",
    "density": "at least 30 % of the instances are NO, and 10 % YES",
    "witnesses": "target witnesses, all or sampled, of two producers, map back to witnesses",
    "overhead": "sizes equal the formulas declared exact, and stay within the upper bounds",
    "work space": "a metered program writes the same target; its bits follow lg N beyond the fit",
    "composition": "chains keep answers, sizes within the composed overhead, and witnesses",
    "second route": "an independent map to the same problem gives the same answers",
    "invariant": "a stronger statement holds, and all cases of its induction step do",
    "mutants": "small wrong changes of the target are noticed by the answers",
    "serialization": "instances and witnesses survive the files that the commands write",
    "record": "reference, argument for the resources, sizes and encodings are stated",
}
"""Name -> what is checked, in order."""


class Status(Enum):
    """How a point ended."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    MISSING = "missing"
    """The rule brings nothing to check it with; it is stated and not tested."""


@dataclass(frozen=True)
class Outcome:
    """One point.

    Attributes:
        point: its name.
        status: how it ended.
        evidence: what was looked at, or what went wrong.
        counterexample: the document of an instance on which it went wrong.
    """

    point: str
    status: Status
    evidence: str
    counterexample: str | None = None


@dataclass(frozen=True)
class CheckReport:
    """All points of one rule. Printed, it is the text report.

    Attributes:
        rule: its name.
        outcomes: in the order of `POINTS`.
    """

    rule: str
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether no point failed."""
        return all(outcome.status is not Status.FAIL for outcome in self.outcomes)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The points that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is Status.FAIL)

    def __getitem__(self, point: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.point == point)

    def to_dict(self) -> dict[str, Any]:
        """As plain data, schema ``reductions.check/1``."""
        rows = [{**asdict(one), "status": one.status.value} for one in self.outcomes]
        return {"schema": SCHEMA, "rule": self.rule, "passed": self.passed, "outcomes": rows}

    def __str__(self) -> str:
        lines = [self.rule]
        for number, one in enumerate(self.outcomes, 1):
            head = f"  {number:2} {one.status.value.upper():7}  "
            lines += textwrap.wrap(
                f"{one.point}: {one.evidence}",
                80,
                initial_indent=head,
                subsequent_indent=" " * (len(head) + 2),
            )
            if one.counterexample is not None:
                lines.append(f"{' ' * len(head)}instance: {one.counterexample}")
        return "\n".join(lines) + "\n"


def passed(point: str, evidence: str) -> Outcome:
    """A point that held."""
    return Outcome(point, Status.PASS, evidence)


def failed(point: str, evidence: str, counterexample: bytes | None = None) -> Outcome:
    """A point that did not."""
    text = None if counterexample is None else counterexample.decode("ascii").strip()
    return Outcome(point, Status.FAIL, evidence, text)


def missing(point: str, evidence: str) -> Outcome:
    """A point that there is nothing to check with."""
    return Outcome(point, Status.MISSING, evidence)
