"""What came of a claim, and of a run: the outcomes against the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofs_check.outcome import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from proofs_check.claim import Claim
    from proofs_check.ledger import Ledger


@dataclass(frozen=True)
class Result:
    """What came of a claim.

    Attributes:
        claim: the entry.
        outcomes: by name of the check; none where it has no check.
        left_out: names of checks that were not run, because they take long.
        cached: names of checks whose outcome was remembered.
    """

    claim: Claim
    outcomes: Mapping[str, Outcome]
    left_out: tuple[str, ...] = ()
    cached: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The whole in one: an error, or what differs, or the weakest that speaks for the claim."""
        if not self.claim.all_checks:
            return _without_checks(self.claim)
        own = [self.outcomes[name] for name in self.claim.all_checks if name in self.outcomes]
        missing = [one for one in own if one.kind is Kind.UNCHECKED]
        if missing and len(missing) == len(own):
            return missing[0]
        own = [one for one in own if one.kind is not Kind.UNCHECKED]
        if not own:
            return Outcome(Kind.UNCHECKED, f"left out: {', '.join(self.left_out)} takes long")
        wrong = [self.outcomes[name] for name in self.surprises]
        if wrong:
            return min(wrong, key=lambda one: one.kind is not Kind.ERROR)
        if self.refuted:
            return self.outcomes[next(n for n in self.claim.printed if n in self.outcomes)]
        return min(own, key=lambda one: _STRENGTH.index(one.kind))

    @property
    def refuted(self) -> bool:
        """Whether the statement as printed was refuted, as recorded."""
        return any(
            self.outcomes[name].kind is Kind.REFUTED
            for name in self.claim.printed
            if name in self.outcomes
        )

    @property
    def surprises(self) -> list[str]:
        """Names of checks whose outcome is not the recorded one."""
        found = [
            name
            for name in self.claim.printed
            if name in self.outcomes
            and self.outcomes[name].kind not in {Kind.REFUTED, Kind.UNCHECKED}
        ]
        found += [
            name
            for name in self.claim.checks
            if name in self.outcomes
            and not self.outcomes[name].positive
            and self.outcomes[name].kind is not Kind.UNCHECKED
        ]
        return found

    @property
    def as_recorded(self) -> bool:
        """Whether every check that was run came out as the ledger says."""
        return not self.surprises


_STRENGTH = (Kind.CASES, Kind.INTERVAL, Kind.EXHAUSTIVE, Kind.SYMBOLIC, Kind.REFUTED, Kind.ERROR)


def _without_checks(claim: Claim) -> Outcome:
    from proofs_check.claim import REASONS

    assert claim.reason is not None  # noqa: S101 - the ledger is valid
    kinds = {"assumption": Kind.ASSUMED, "cited": Kind.CITED}
    return Outcome(kinds.get(claim.reason, Kind.UNCHECKED), REASONS[claim.reason])


@dataclass(frozen=True)
class Run:
    """What came of several claims.

    Attributes:
        ledger: theirs.
        results: in the order of the ledger.
        seconds: how long each check took, by name; of remembered ones 0.
        versions: of what it was run with.
    """

    ledger: Ledger
    results: Sequence[Result]
    seconds: Mapping[str, float]
    versions: Mapping[str, str]

    @property
    def as_recorded(self) -> bool:
        """Whether every check that was run came out as the ledger says."""
        return all(result.as_recorded for result in self.results)
