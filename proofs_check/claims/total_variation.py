"""Theorem F.1, after (5): how far a gap moves."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from proofs_check.checks import check
from proofs_check.methods import every
from proofs_check.outcome import Outcome, exhausted, refuted

if TYPE_CHECKING:
    from collections.abc import Iterator

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


def _laws(parts: int, tokens: int = 3) -> Iterator[tuple[Fraction, ...]]:
    """All laws on so many tokens whose probabilities are multiples of 1 / parts."""
    if tokens == 1:
        yield (Fraction(parts, 1),)
        return
    for first in range(parts + 1):
        for rest in _laws(parts - first, tokens - 1):
            yield (Fraction(first), *rest)


def _distance(p: tuple[Fraction, ...], q: tuple[Fraction, ...], parts: int) -> Fraction:
    return sum((abs(a - b) for a, b in zip(p, q, strict=True)), Fraction(0)) / (2 * parts)


@check("exhaustive", repairs={"a quarter of eps": {"share": QUARTER}})
def half_keeps_a_gap(*, share: Fraction = HALF, epsilon: Fraction = Fraction(1, 5)) -> Outcome:
    """A sampler within TV eps' = eps / 2 of a law with gap above eps keeps a gap of eps / 1000.

    P = (1/2 + eps/2 + d, 1/2 - eps/2 - d) has gap eps + 2 d; mass eps' is moved from the first.
    """
    for power in range(1, 8):
        d = Fraction(1, 10**power)
        moved = share * epsilon
        p = (HALF + epsilon / 2 + d, HALF - epsilon / 2 - d)
        q = (p[0] - moved, p[1] + moved)
        if q[0] - q[1] <= epsilon / 1000:
            return refuted(
                f"the gap of Q is {q[0] - q[1]}, and falls to 0 with d",
                {"P": p, "Q": q, "epsilon": epsilon},
                recheck="moved gap",
            )
    return exhausted("a gap stays", "seven laws P", 7)


@check(
    "exhaustive",
    flips={
        "eps / 2": {"share": HALF},
        "eps / 3": {"share": Fraction(1, 3)},
        "2/3 stays": {"keeps": Fraction(2, 3)},
    },
)
def quarter_keeps_half(*, share: Fraction = QUARTER, keeps: Fraction = HALF) -> Outcome:
    """Within TV eps / 4 of a law with a gap of more than eps, more than eps / 2 of it stays."""
    parts = 16
    laws = list(_laws(parts))

    def holds(case: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]) -> bool:
        p, q = case
        gap = min(p[0] - p[1], p[0] - p[2]) / parts
        if gap <= 0:
            return True
        # All eps below the gap: in the limit eps = gap, where more than becomes at least.
        if _distance(p, q, parts) > share * gap:
            return True
        return min(q[0] - q[1], q[0] - q[2]) / parts >= keeps * gap

    says = f"{keeps} of the gap stays"
    return every(product(laws, laws), holds, says, "laws of 3 tokens in sixteenths, all pairs")


@check("exhaustive", flips={"TV once": {"constant": 1}, "3/2 TV": {"constant": Fraction(3, 2)}})
def gap_moves_by_twice_the_distance(*, constant: Fraction = Fraction(2)) -> Outcome:
    """The gap of two disjoint events moves by at most 2 TV."""
    parts = 12
    laws = list(_laws(parts))

    def holds(case: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]) -> bool:
        p, q = case
        moved = abs((p[0] - p[1]) - (q[0] - q[1])) / parts
        return moved <= constant * _distance(p, q, parts)

    says = f"it moves by at most {constant} TV"
    return every(product(laws, laws), holds, says, "laws of 3 tokens in twelfths, all pairs")
