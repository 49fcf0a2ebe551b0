"""Equality of circuits by a SAT solver, with its proof kept. Needs the extra ``sat``."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from proofs_check.outcome import Outcome, proved, refuted

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def same_function(a: Circuit, b: Circuit, says: str) -> Outcome:
    """Whether two circuits compute the same, for all inputs.

    Args:
        a: the one.
        b: the other.
        says: what it is that is shown.

    Raises:
        MissingExtraError: the solver is not installed.
        ValueError: the solver did not decide.
    """
    from tcsim.equivalence import Verdict, equivalent

    found = equivalent(a, b, method="sat", proof=True)
    if found.verdict is Verdict.EQUIVALENT:
        text = "" if found.proof is None else found.proof.drat()
        digest = sha256(text.encode()).hexdigest()
        lines = text.count("\n")
        return proved(says, f"DRAT proof of {lines} lines", method=found.method, sha256=digest)
    if found.verdict is Verdict.DIFFERENT:
        assert found.counterexample is not None  # noqa: S101 - of every difference
        return refuted(f"not: {says}", {"inputs": found.counterexample.inputs})
    raise ValueError(f"undecided: {says}")
