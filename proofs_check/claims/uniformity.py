"""Section 4: what non-uniform circuits decide, and which assumption excludes it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from proofs_check.checks import check
from proofs_check.outcome import Outcome, exhausted, proved, refuted

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


@check("exhaustive", repairs={"one circuit for every length": {"advice": False}})
def nonuniform_is_parallel(*, advice: bool = True, lengths: int = 10) -> Outcome:
    """Whatever families of constant circuits decide, is decided by a short uniform description.

    Of unary languages, cut at ten lengths: with a constant chosen anew for each length all 2^10 of
    them are decided, and there are fewer descriptions of less than 10 bits.
    """
    decided = {
        tuple(row if advice else (row[0],) * lengths) for row in product((0, 1), repeat=lengths)
    }
    described = 2**lengths - 1
    if len(decided) > described:
        return refuted(
            f"{len(decided)} languages, and {described} descriptions of less than {lengths} bits",
            {"lengths": lengths, "languages": len(decided), "descriptions": described},
            recheck="advice",
        )
    return exhausted(f"{len(decided)} languages", f"{lengths} lengths", len(decided))


@check("symbolic", flips={"from TC != P": {"assumed": "TC != P"}})
def nonuniform_assumption(*, assumed: str = "P not in NC/poly") -> Outcome:
    """P not in NC/poly gives P not in TC0/poly, by the implications that the ledger records."""
    from proofs_check.ledger import PAPER
    from proofs_check.loading import lattice_of, read

    lattice = lattice_of([read(PAPER.with_name("assumptions.toml"))])
    if lattice.implies(assumed, "P not in TC0/poly"):
        return proved("it follows", f"{assumed} => P not in TC0/poly", steps=[assumed])
    return refuted("it does not follow from what is recorded", {"assumed": assumed})
