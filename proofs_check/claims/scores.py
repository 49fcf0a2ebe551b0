"""Theorem F.1: scores of finite precision, and noise on the regions of tokens."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofs_check.checks import check
from proofs_check.methods import positive_on
from proofs_check.outcome import Kind, Outcome, exhausted, refuted

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


HALF = Fraction(1, 2)


@check("exhaustive", repairs={"noise level 0, a Laplace law": {"law": "laplace"}})
def finite_network_is_exact(*, law: str = "atoms", values: int = 256) -> Outcome:
    """A network with at most 256 output values computes a score exactly.

    Of the law with atoms -1 and 1, noised by N(0, 1), the score is tanh(x) - x; of the Laplace law
    without noise it is -sign(x).
    """
    from mpmath import iv

    seen: list[Any] = []
    for place in range(values + 1):
        x = iv.mpf(4 + place) / 4
        score = iv.mpf(-1) if law == "laplace" else (1 - 2 / (iv.exp(2 * x) + 1)) - x
        if all(score.b < other.a or score.a > other.b for other in seen):
            seen.append(score)
    if len(seen) > values:
        return refuted(
            f"the score has {len(seen)} different values at the points 1, 5/4, 3/2, ...",
            {"law": law, "values": len(seen), "first": 1, "step": "1/4"},
            recheck="score values",
        )
    return exhausted(f"{len(seen)} value at these points", "points 1, 5/4, ..", values + 1)


def _squared_error(clip: int, step: Fraction) -> Any:  # noqa: ANN401
    """Of N(0, 1)'s score -x, rounded to multiples of the step and clipped: E error^2."""
    import mpmath

    cells = int(clip / step)
    h = mpmath.mpf(step.numerator) / step.denominator

    def density(x: Any) -> Any:  # noqa: ANN401
        return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)

    total = mpmath.quad(lambda x: (x - clip) ** 2 * density(x), [clip, clip + 4, clip + 20])
    for cell in range(cells):
        middle = (cell + mpmath.mpf(1) / 2) * h
        total += mpmath.quad(
            lambda x, m=middle: (x - m) ** 2 * density(x), [cell * h, cell * h + h]
        )
    return 2 * total


@check(
    "interval",
    flips={"clipped at 1": {"clip": 1}, "steps of 1": {"step": Fraction(1)}},
)
def rounded_score_is_close(*, clip: int = 6, step: Fraction = Fraction(1, 16)) -> Outcome:
    """A score rounded to finitely many values has a squared error below 1/1000: of N(0, 1).

    At most step^2 / 4 inside, and 4 phi(B) / B^3 beyond the clip at B.
    """
    from mpmath import iv

    h = iv.mpf(step.numerator) / step.denominator
    inside = h**2 / 4
    outside = 4 * iv.exp(-(iv.mpf(clip) ** 2) / 2) / iv.sqrt(2 * iv.pi) / iv.mpf(clip) ** 3
    bound = inside + outside
    evidence = {"range": "all of R", "boxes": 1, "bound": str(bound), "clip": clip, "step": step}
    if bound.b < (iv.mpf(1) / 1000).a:
        return Outcome(Kind.INTERVAL, "the squared error is below 1/1000", evidence)
    found = _squared_error(clip, step)
    if found > 0.0011:
        return refuted(f"the squared error is {float(found):.3g}", {"clip": clip, "step": step})
    raise ValueError("neither bounded nor refuted")


@check("exhaustive", repairs={"a margin of 3 around the boundary": {"margin": 3}})
def smoothing_keeps_the_gap(*, margin: int = 0) -> Outcome:
    """x_0 = 0 and V_1 = (-oo, margin]: noise N(0, s^2), s <= 1, leaves V_1 a lead of 1/2."""
    from mpmath import iv

    for power in range(6):
        s = Fraction(1, 2**power)
        ratio = iv.mpf(margin * s.denominator) / s.numerator
        # P(N > margin / s) <= exp(-ratio^2 / 2) / 2, with equality at 0.
        gap = 1 - iv.exp(-(ratio**2) / 2)
        if gap.b <= iv.mpf(1) / 2:
            return refuted(
                f"noise of deviation {s} leaves a gap of {float(gap.mid):.3g}; without it it is 1",
                {"atom": 0, "boundary": margin, "deviation": s},
                recheck="half-line",
            )
    return exhausted("a gap of 1/2 stays", "deviations 1, 1/2, .. 1/32", 6)


@check(
    "interval", flips={"margins from 1/2": {"low": HALF}, "a gap of 3/4": {"gap": Fraction(3, 4)}}
)
def margin_keeps_the_gap(*, low: Fraction = Fraction(6, 5), gap: Fraction = HALF) -> Outcome:
    """A margin of 6/5 deviations leaves more than half of the mass as gap: 1 - exp(-r^2 / 2)."""

    def above(r: Any) -> Any:  # noqa: ANN401
        from mpmath import iv

        return 1 - iv.exp(-(r**2) / 2) - iv.mpf(gap.numerator) / gap.denominator

    return positive_on(above, low, Fraction(12), "the gap is larger, for r to 12")


@check("interval", flips={"1/2": {"distance": HALF}, "9/10": {"distance": Fraction(9, 10)}})
def densities_are_far_from_atoms(*, distance: Fraction = Fraction(1)) -> Outcome:
    """Two atoms, and them smoothed by N(0, s^2), have TV 1 up to 10^-9: s = 1, 1/2, .. 1/512.

    The event "within r of an atom" has mass 1, and at most 4 r / (s sqrt(2 pi)) once noised.
    """
    from mpmath import iv

    radius = iv.mpf(10) ** -13
    claimed = iv.mpf(distance.numerator) / distance.denominator
    for power in range(10):
        s = iv.mpf(1) / 2**power
        least = 1 - 4 * radius / (s * iv.sqrt(2 * iv.pi))
        if not least.a <= claimed.b:
            return refuted(f"TV is at least {least.a}", {"atoms": [-1, 1], "deviation": str(s)})
        if not claimed.b - least.a < iv.mpf(10) ** -9:
            raise ValueError("undecided")
    evidence = {"range": "deviations 1 .. 1/512", "boxes": 10}
    return Outcome(Kind.INTERVAL, "TV is 1, up to 10^-9", evidence)
