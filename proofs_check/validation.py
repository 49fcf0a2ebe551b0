"""What a ledger must fulfil as a whole: names lead somewhere, nothing is left over, no cycles."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proofs_check.assumptions import Lattice
    from proofs_check.checks import Check
    from proofs_check.claim import Claim
    from proofs_check.loading import Source


def validate(
    claims: Mapping[str, Claim],
    lattice: Lattice,
    checks: Mapping[str, Check],
    where: Mapping[str, Source],
    main: Source,
) -> None:
    """Hold claims, assumptions and checks against each other.

    Args:
        claims: by id.
        lattice: the assumptions.
        checks: by name.
        where: the file of each claim.
        main: the ledger's own file.

    Raises:
        ParseError: the first thing that does not fit, with its place.
    """
    if not claims:
        raise main.error("the ledger has no claim")
    for name, one in lattice.members.items():
        for other in one.implies:
            if other not in lattice.members:
                raise main.error(f"implies {other!r}, which is no assumption here", name)
    _no_cycle({name: one.implies for name, one in lattice.members.items()}, "implies", main)
    for claim in claims.values():
        problem = _problem(claim, claims, lattice, checks)
        if problem:
            raise where[claim.id].error(problem, claim.id)
    _no_cycle({claim.id: claim.uses for claim in claims.values()}, "uses", main)
    used = {name for claim in claims.values() for name in claim.all_checks}
    if idle := [name for name in checks if name not in used]:
        raise main.error(f"no claim has the check {idle[0]!r} of {checks[idle[0]].module}")


def _problem(
    claim: Claim, claims: Mapping[str, Claim], lattice: Lattice, checks: Mapping[str, Check]
) -> str:
    for name in claim.uses:
        if name not in claims:
            return f"uses {name!r}, which is no claim"
    for name in claim.assumes:
        if name not in lattice.members:
            return f"assumes {name!r}, which is no assumption"
    for name in claim.all_checks:
        if name not in checks:
            return f"there is no check {name!r}"
    for name in claim.checks:
        if not checks[name].flips:
            return f"the check {name!r} has no flips: nothing shows that it can fail"
    for name in claim.printed:
        if not checks[name].repairs:
            return f"the check {name!r} has no repairs: nothing shows that it can pass"
    return _problem_of_grade(claim)


def _problem_of_grade(claim: Claim) -> str:
    if bool(claim.all_checks) == (claim.reason is not None):
        return "a claim has checks or a reason why it has none, one of them"
    if claim.printed and claim.grade in {"right", "withdrawn", "assumption", "not checkable"}:
        return f"a check that refutes it does not go with grade {claim.grade!r}"
    if claim.grade == "A" and not (claim.printed and claim.checks):
        return "grade A needs a check that refutes the statement and one of what holds instead"
    if claim.grade in {"A", "B"} and not claim.corrected:
        return f"grade {claim.grade} needs what holds instead: corrected"
    if claim.grade == "B" and not claim.missing:
        return "grade B needs the hypothesis that is missing"
    if claim.grade in {"A", "B", "C", "withdrawn"} and not claim.why:
        return f"grade {claim.grade!r} needs a reason: why"
    if claim.grade == "assumption" and claim.reason != "assumption":
        return 'an assumption has reason = "assumption"'
    if claim.statement_status == "conditional" and not (claim.assumes or claim.uses):
        return "it is conditional, but assumes nothing"
    return ""


def _no_cycle(edges: Mapping[str, tuple[str, ...]], what: str, main: Source) -> None:
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        raise main.error(f"{what} has a cycle: {' -> '.join(error.args[1])}") from None
