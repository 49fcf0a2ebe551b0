"""What policies lose in the DO1 environment: deterministic ones, coins, and plans."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from proofs_check.checks import check
from proofs_check.methods import equal, every
from reductions.do1.regret import (
    Rule,
    Stakes,
    biased,
    fair,
    half,
    root,
    side_of_a_pair,
    worst_ratio,
    worst_regret,
)

if TYPE_CHECKING:
    from proofs_check.outcome import Outcome
    from reductions.problems.alternating_circuits import Alternating

TO = 24
"""Gates up to which all stakes are looked at."""


@check("exhaustive", flips={"below 1/2": {"bound": Fraction(2, 5)}, "another cut": {"cut": 3}})
def half_loses_half(*, bound: Fraction = Fraction(1, 2), cut: int = 2) -> Outcome:
    """The chain iff 2 k >= n, or d_1 = 0: regret at most H / 2."""
    rule: Rule = half if cut == 2 else lambda n, k: Fraction(int(cut * cut * k >= n))
    says = f"the regret is at most {bound} of H"
    return every(range(1, TO), lambda n: worst_regret(rule, n) <= bound, says, f"n below {TO}")


@check("exhaustive", flips={"better": {"scale": 2}, "the rule of half": {"by": "half"}})
def root_gets_a_root(*, scale: int = 1, by: str = "root") -> Outcome:
    """The chain iff k^2 >= n, or d_1 = 0: at least r* / sqrt(H)."""
    rule = root if by == "root" else half

    def holds(n: int) -> bool:
        return all(
            one.ratio(rule) ** 2 * one.horizon >= scale
            for k in range(1, 2 * n + 1)
            for depth in range(n + 1)
            for one in (Stakes(n, k, depth),)
        )

    return every(range(1, TO), holds, "the ratio is at least H^(-1/2)", f"n below {TO}")


@check("exhaustive", flips={"2/3 of r*": {"bound": Fraction(2, 3)}, "half's": {"by": "half"}})
def fair_coin_gets_half(*, bound: Fraction = Fraction(1, 2), by: str = "fair") -> Outcome:
    """A fair coin for the side (d_1 = 0 ruled out) expects at least r* / 2."""
    rule = fair if by == "fair" else half
    says = f"at least {bound} of r* is expected"
    return every(range(1, TO), lambda n: worst_ratio(rule, n) >= bound, says, f"n below {TO}")


@check("exhaustive", flips={"H / 5": {"bound": Fraction(1, 5)}, "a fair coin": {"by": "fair"}})
def biased_coin_loses_a_quarter(*, bound: Fraction = Fraction(1, 4), by: str = "biased") -> Outcome:
    """A coin with bias k / n expects to lose at most H / 4."""
    rule = biased if by == "biased" else fair
    says = f"at most {bound} of H is lost"
    return every(range(1, TO), lambda n: worst_regret(rule, n) <= bound, says, f"n below {TO}")


@check("symbolic", flips={"bias 1/2": {"bias": "half"}, "n / 3": {"bound": 3}})
def biased_coin_algebra(*, bias: str = "k/n", bound: int = 4) -> Outcome:
    """Where k < d_1 = n, a coin of bias k / n loses n/4 - (k - n/2)^2 / n, hence at most n / 4."""
    from sympy import Rational, symbols

    n, k = symbols("n k", positive=True)
    share = k / n if bias == "k/n" else Rational(1, 2)
    loss = share * (n - k)
    return equal(loss, n / bound - (k - n / 2) ** 2 / n, "the loss is n/4 less a square")


@check("exhaustive", flips={"49/100 already at s = 10": {"bound": Fraction(49, 100)}})
def deterministic_regret(*, bound: Fraction = Fraction(1, 3)) -> Outcome:
    """A deterministic first choice that sees no difference loses H (1/2 - o(1)): s = 10, 100, ..

    L = s^2, k = L / 2. With s the share grows towards 1/2, and stays below it.
    """
    before = Fraction(0)

    def holds(s: int) -> bool:
        nonlocal before
        length, k = s**2, s**2 // 2
        yes, no = Stakes(s + length, k, length + 1), Stakes(s + length, k, s)
        loss = side_of_a_pair(yes, no)[1]
        grew, before = before < loss < Fraction(1, 2), loss
        return loss >= bound and grew

    return every((10, 100, 1000, 10_000), holds, "the share grows to 1/2", "four sizes")


@check("exhaustive", flips={"exponent -3/5": {"exponent": Fraction(3, 5)}})
def deterministic_ratio(*, exponent: Fraction = Fraction(1, 2), c: int = 8) -> Outcome:
    """The ratio of a deterministic first choice is at most H^(-1/2 + 1/(2c)): L = s^(2c), k = s^c.

    In logarithms to base s, with 2 s^c and H <= 2 s^(2c) rounded in the claim's disfavor.
    """

    def holds(s: int) -> bool:
        length, k = s ** (2 * c), s**c
        yes, no = Stakes(s + length, k, length + 1), Stakes(s + length, k, s)
        ratio = max(Fraction(yes.chain, yes.best), Fraction(no.depth, no.best))
        # ratio <= 2 H^(1 / (2 c) - exponent), to the power of the denominator
        power = Fraction(1, 2 * c) - exponent
        bound = 2**power.denominator * Fraction(yes.horizon) ** power.numerator
        return bool(ratio**power.denominator <= bound)

    return every((4, 16, 64, 256), holds, "the ratio is at most so much", "four sizes, c = 8")


@check("property", flips={"the opposite": {"swap": True}, "every gate": {"shallow": False}})
def plans_reveal_the_value(*, swap: bool = False, shallow: bool = True) -> Outcome:
    """Of a trap's deep gates p and q one is 1: p iff the source is; all other gates are shallow."""
    from proofs_check.claims.circuits import drawn, shown
    from proofs_check.methods import holds_on
    from reductions.do1.game import Game
    from reductions.do1.plans import trap
    from reductions.problems.circuit_value import wire_values
    from reductions.problems.circuits import AndOrNot

    def holds(one: Alternating) -> bool:
        source = AndOrNot.of_gates(one.values, one.gates.kind, one.gates.operands, one.output)
        made = trap(source, 6)
        game = Game(made.circuit, 1)
        value = bool(wire_values(one)[one.output]) != swap
        if bool(game.values[made.p]) != value or bool(game.values[made.q]) == value:
            return False
        others = [g for g in range(game.gates) if g not in (made.p, made.q) or not shallow]
        return all(game.depths[g] <= made.shallow for g in others if game.values[g])

    says = "one of the deep gates is 1, and says the value"
    return holds_on(drawn(6), holds, says, count=60, show=shown)


@check("exhaustive", flips={"cubes": {"power": 3}})
def square_roots(*, power: int = 2) -> Outcome:
    """The two rules meet the horizon: 2 k >= n and k^2 >= n at k = ceil(n / 2), ceil(sqrt(n))."""

    def holds(n: int) -> bool:
        k = isqrt(n - 1) + 1
        return root(n, k) == 1 and (k == 1 or root(n, k - 1) == 0) and (k - 1) ** power < n

    return every(range(1, 400), holds, "the least chain that is taken", "n to 399")
