"""Theorem F.1, (3) to (6): how many steps, and one constant for all dimensions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from proofs_check.checks import check
from proofs_check.methods import every, positive_on
from proofs_check.outcome import Kind, Outcome, refuted

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


HALF = Fraction(1, 2)


@check("exhaustive", flips={"rounded down": {"up": False}})
def steps_may_be_rounded_up(*, up: bool = True) -> Outcome:
    """ln^3(T) / T falls for integers T >= 21, so that T may be rounded up: T to 3000."""
    from mpmath import iv

    def rate(t: int) -> Any:  # noqa: ANN401
        return iv.log(iv.mpf(t)) ** 3 / t

    def holds(t: int) -> bool:
        after, before = rate(t + 1), rate(t)
        return bool(after.b < before.a) if up else bool(after.a > before.b)

    return every(range(21, 3000), holds, "one more step has a smaller bound", "T from 21 to 2999")


def lambert_constant(c: Fraction, epsilon: Fraction) -> Any:  # noqa: ANN401
    """C' = (1/c) exp(-3 W_{-1}(-kappa / 3)), kappa = (eps' / c)^(1/3): the least admissible one."""
    import mpmath

    exact = mpmath.mpf(epsilon.numerator) / epsilon.denominator
    c_ = mpmath.mpf(c.numerator) / c.denominator
    kappa = (exact / c_) ** (mpmath.mpf(1) / 3)
    return mpmath.exp(-3 * mpmath.lambertw(-kappa / 3, -1).real) / c_


CASES = (
    *tuple(
        (Fraction(*c), Fraction(*e))
        for c, e in (((1, 1), (1, 10)), ((1, 1), (1, 100)), ((2, 1), (1, 10)), ((10, 1), (1, 100)))
    ),
    (HALF, Fraction(1, 10)),
)


@check(
    "interval",
    flips={"1% less": {"scale": Fraction(99, 100)}, "the other branch": {"scale": HALF}},
)
def one_constant_for_all_dimensions(*, scale: Fraction = Fraction(1)) -> Outcome:
    """ln^3(c c' d^2) / (c' d) <= eps' for all d >= 1, with c' by Lambert's W: five pairs (c, eps').

    For ln(c c') >= 6 the left side falls in d; so d = 1 decides, and is enclosed.
    """
    import mpmath
    from mpmath import iv

    found = {}
    for c, epsilon in CASES:
        with mpmath.workdps(30):
            least = lambert_constant(c, epsilon)
            # A little above the formula: it is attained with equality.
            share = iv.mpf(scale.numerator) / scale.denominator * (1 + iv.mpf(10) ** -12)
            c_prime = iv.mpf(mpmath.nstr(least, 25)) * share
        a = iv.mpf(c.numerator) / c.denominator * c_prime
        left = iv.log(a) ** 3 / c_prime
        right = iv.mpf(epsilon.numerator) / epsilon.denominator
        if left.a > right.b:
            says = "at d = 1 the bound is above eps'"
            return refuted(says, {"c": c, "epsilon": epsilon, "c'": str(c_prime)})
        if not (left.b <= right.a and iv.log(a).a >= 6):
            raise ValueError(f"undecided at c = {c}, eps' = {epsilon}")
        found[f"{c}, {epsilon}"] = mpmath.nstr(least, 10)
    says = "the bound is at most eps' for all d"
    return Outcome(Kind.INTERVAL, says, {"range": "d >= 1", "boxes": len(CASES), "c'": found})


@check("interval", flips={"from ln A = 5": {"low": Fraction(5)}, "exponent 4": {"power": 4}})
def the_left_side_falls(*, low: Fraction = Fraction(601, 100), power: int = 3) -> Outcome:
    """ln^3(A d^2) / d falls in d where ln(A d^2) > 6: the sign of its derivative, to ln = 60."""

    # d/dd (u^3 / d) with u = ln A + 2 ln d is u^2 (6 - u) / d^2.
    def minus_derivative(u: Any) -> Any:  # noqa: ANN401
        return u ** (power - 1) * (u - 2 * power)

    return positive_on(minus_derivative, low, Fraction(60), "it falls")


@check("symbolic", flips={"6 replaced by 3": {"six": 3}})
def derivative_of_the_left_side(*, six: int = 6) -> Outcome:
    """The derivative of ln^3(A d^2) / d in d is ln^2(A d^2) (6 - ln(A d^2)) / d^2."""
    from sympy import diff, log, symbols

    from proofs_check.methods import equal

    a, d = symbols("A d", positive=True)
    u = log(a * d**2)
    return equal(diff(u**3 / d, d), u**2 * (six - u) / d**2, "the derivative")


@check("exhaustive", flips={"it grows with T": {"fixed": False}})
def score_error_is_bounded(*, fixed: bool = True) -> Outcome:
    """With T chosen for eps', eps_score = eps' / (c sqrt(ln T)) adds at most eps' to the bound.

    The term c eps_score sqrt(ln T) diverges only where T does; T(d, eps') is a constant.
    """
    from mpmath import iv

    def holds(case: tuple[Fraction, int]) -> bool:
        c, t = case
        chosen = 10_000
        eps = iv.mpf(1) / 10
        score = eps / (iv.mpf(c.numerator) / c.denominator * iv.sqrt(iv.log(iv.mpf(chosen))))
        steps = min(t, chosen) if fixed else t
        extra = iv.mpf(c.numerator) / c.denominator * score * iv.sqrt(iv.log(iv.mpf(steps)))
        return bool(extra.a <= eps.b * (1 + iv.mpf(10) ** -9))

    cases = product((HALF, Fraction(1), Fraction(10)), (10, 100, 10_000, 10**8))
    return every(cases, holds, "the extra term is at most eps'", "three c, four T")
