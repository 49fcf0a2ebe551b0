"""The sketch of Theorem F.1: how many seeds, and what they vote by."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb
from typing import TYPE_CHECKING

from proofs_check.checks import check
from proofs_check.methods import equal, every
from proofs_check.outcome import Outcome, exhausted, refuted
from reductions.derandomize import bounds
from reductions.derandomize.counterexamples import STORED
from reductions.derandomize.odds import odds

if TYPE_CHECKING:
    from collections.abc import Iterable

THIRDS = (Fraction(2, 5), Fraction(3, 10), Fraction(3, 10))


def _outvoted(votes: Iterable[int], wrong: int) -> bool:
    """Whether some `wrong` seeds hold more than half of the votes."""
    counts: dict[int, int] = {}
    for seed in votes:
        counts[seed] = counts.get(seed, 0) + 1
    return 2 * sum(sorted(counts.values())[-wrong:]) > sum(counts.values())


@check("exhaustive", repairs={"with the factor n": {"factor_n": True}})
def seeds_as_printed(*, factor_n: bool = False) -> Outcome:
    """Some choice of k = ln M / (2 (1/2 - p)^2) seeds is right on all inputs.

    In a stored decider each w of N seeds are the ones that are wrong on some input.
    """
    witnesses = []
    for one in STORED:
        as_printed = bounds.paper(one.tokens, one.error).k
        k = bounds.corrected(one.tokens, one.length, one.error).k if factor_n else as_printed
        spread = [seed % one.seeds for seed in range(k)]
        if not _outvoted(spread, one.wrong):
            witnesses.append(spread)
            continue
        choices = list(combinations_with_replacement(range(one.seeds), k))
        good = next((votes for votes in choices if not _outvoted(votes, one.wrong)), None)
        if good is not None:
            witnesses.append(list(good))
        else:
            known = {"tokens": one.tokens, "length": one.length, "seeds": one.seeds}
            return refuted(
                f"each of the {len(choices)} choices of {k} seeds is outvoted on some input",
                {**known, "wrong": one.wrong, "k": k},
                choices=len(choices),
                recheck="outvoted seeds",
            )
    return exhausted("a good choice exists", "the stored deciders", len(STORED), good=witnesses)


@check(
    "exhaustive",
    flips={
        "without the factor n": {"factor_n": False},
        "half as many": {"constant": 4},
        "one input token more": {"extra": 12},
    },
)
def seeds_corrected(*, factor_n: bool = True, constant: int = 2, extra: int = 0) -> Outcome:
    """M^n times the exact binomial tail is below 1 at k = n ln M / (2 (1/2 - p)^2)."""

    def holds(case: tuple[int, int, Fraction]) -> bool:
        tokens, n, p = case
        length = n if factor_n else 1
        k = bounds.corrected(tokens, length, p).k * 2 // constant
        return bool(tokens ** (n + extra) * bounds.tail(max(1, k), p) < 1)

    errors = [Fraction(1, 4), Fraction(1, 14), Fraction(1, 3), Fraction(2, 5)]
    cases = product((2, 3, 50), (1, 2, 6, 11), errors)
    says = "M^n times the tail is below 1"
    return every(cases, holds, says, "M in 2, 3, 50; n in 1, 2, 6, 11; four errors p")


@check("symbolic", flips={"n left out": {"power": 0}, "constant 1": {"constant": 1}})
def union_bound_threshold(*, power: int = 1, constant: int = 2) -> Outcome:
    """At k = n ln M / (2 (1/2 - p)^2), M^n exp(-2 k (1/2 - p)^2) is 1."""
    from sympy import Rational, exp, log, symbols

    n, tokens, p = symbols("n M p", positive=True)
    k = n**power * log(tokens) / (constant * (Rational(1, 2) - p) ** 2)
    left = log(tokens) * n - 2 * k * (Rational(1, 2) - p) ** 2
    return equal(exp(left), 1, "the union bound is 1 at this k")


@check("exhaustive", flips={"also with 2w seeds": {"beyond": 1}})
def linear_growth_is_needed(*, beyond: int = 0) -> Outcome:
    """Of N seeds, of which each w err together somewhere, all choices of 2w - 1 are outvoted."""
    count = 0
    for one in STORED:
        for k in range(1, 2 * one.wrong + beyond):
            for votes in combinations_with_replacement(range(one.seeds), k):
                if not _outvoted(votes, one.wrong):
                    return refuted("this choice is outvoted nowhere", list(votes), seeds=one.seeds)
                count += 1
    return exhausted("every choice is outvoted", "all choices of at most 2w - 1 seeds", count)


@check("exhaustive", flips={"constant 3": {"constant": 3}, "base 2": {"base": 7}})
def hoeffding_is_strict(*, constant: int = 2, base: int = 0) -> Outcome:
    """P(at least half of k seeds err) < exp(-2 k (1/2 - p)^2), strictly, for nine p, k to 120.

    Strict, so "at least" so many seeds suffices: the union bound is below 1 already there.
    """
    from mpmath import iv

    def holds(case: tuple[int, Fraction]) -> bool:
        k, p = case
        rate = (Fraction(1, 2) - p) ** 2 * k * (constant + base)
        bound = iv.exp(-iv.mpf(rate.numerator) / rate.denominator)
        exact = bounds.tail(k, p)
        return bool((iv.mpf(exact.numerator) / exact.denominator).b < bound.a)

    cases = product(range(1, 121), (Fraction(i, 20) for i in range(1, 10)))
    return every(cases, holds, "the tail is below the bound", "p in 1/20 .. 9/20, k to 120")


@check(
    "exhaustive",
    repairs={"two tokens": {"law": (Fraction(7, 10), Fraction(3, 10))}},
)
def gap_makes_majority_right(*, law: tuple[Fraction, ...] = THIRDS, k: int = 401) -> Outcome:
    """A token that leads every other one by a gap is found by a majority of many seeds."""
    found = odds(law, k)
    if found.majority < Fraction(1, 2):
        return refuted(
            f"the majority is right with probability {float(found.majority):.3g}, the plurality "
            f"with {float(found.plurality):.5f}",
            {"law": law, "k": k},
            majority=f"{float(found.majority):.6e}",
            plurality=f"{float(found.plurality):.6f}",
            recheck="majority of a law",
        )
    return exhausted("the majority is right more often than not", "this law", 1)


def _not_beaten(right: Fraction, other: Fraction, k: int) -> Fraction:
    """P(a wrong token has at least as many of k seeds as the right one), exactly."""
    rest = 1 - right - other
    total = Fraction(0)
    for a in range(k + 1):
        for b in range(a, k - a + 1):
            ways = comb(k, a) * comb(k - a, b)
            total += ways * right**a * other**b * rest ** (k - a - b)
    return total


@check("exhaustive", flips={"rate eps^2": {"rate": Fraction(1)}, "eps twice": {"scale": 2}})
def plurality_tail(*, rate: Fraction = Fraction(1, 2), scale: int = 1) -> Outcome:
    """A token that is eps behind is not beaten with probability at most exp(-k eps^2 / 2)."""
    from mpmath import iv

    def holds(case: tuple[tuple[Fraction, Fraction], int]) -> bool:
        (right, other), k = case
        exponent = rate * k * ((right - other) * scale) ** 2
        exact = _not_beaten(right, other, k)
        bound = iv.exp(-iv.mpf(exponent.numerator) / exponent.denominator)
        return bool((iv.mpf(exact.numerator) / exact.denominator).b <= bound.a)

    laws = [(Fraction(a, 20), Fraction(b, 20)) for a in range(2, 20) for b in range(min(a, 21 - a))]
    says = "the exact probability is at most the bound"
    return every(product(laws, (1, 4, 9, 20)), holds, says, "laws in twentieths; k = 1, 4, 9, 20")


@check("symbolic", flips={"eps in place of eps / 2": {"half": 1}, "twice": {"constant": 4}})
def plurality_equals_majority_at_two(*, half: int = 2, constant: int = 2) -> Outcome:
    """At M = 2 the number of seeds of a plurality is that of a majority with 1/2 - p = eps / 2."""
    from sympy import log, symbols

    n, eps = symbols("n epsilon", positive=True)
    plural = constant * (n * log(2) + log(1)) / eps**2
    return equal(plural, n * log(2) / (2 * (eps / half) ** 2), "the two bounds agree")


@check("symbolic", flips={"constant 4": {"constant": 4}, "M^n alone": {"pairs": False}})
def plurality_threshold(*, constant: int = 2, pairs: bool = True) -> Outcome:
    """At k = 2 (n ln M + ln(M - 1)) / eps^2, M^n (M - 1) exp(-k eps^2 / 2) is 1."""
    from sympy import exp, log, symbols

    n, more, eps = symbols("n m epsilon", positive=True)  # m = M - 1
    tokens = more + 1
    k = constant * (n * log(tokens) + (log(more) if pairs else 0)) / eps**2
    left = n * log(tokens) + log(more) - k * eps**2 / 2
    return equal(exp(left), 1, "the union bound is 1 at this k")
