"""Theorem G.1 and the comment on regret: gaps of d_1, and where the chain has to stand."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from proofs_check.checks import check
from proofs_check.claims.circuits import drawn, shown
from proofs_check.methods import every, holds_on
from proofs_check.outcome import Outcome, exhausted, refuted
from reductions import problem, rule
from reductions.do1.regret import ALWAYS, NEVER, Stakes, side_of_a_pair
from reductions.problems.circuit_value import wire_values
from reductions.problems.do1_gap import depth_of_ones
from reductions.rules.alternating_cvp_do1_gap import with_chain

if TYPE_CHECKING:
    from reductions.problems.alternating_circuits import Alternating


def _length(gates: int, epsilon: Fraction, short: int) -> int:
    return max(1, int(gates / epsilon) + 1 - short)


def _gap_holds(one: Alternating, epsilon: Fraction, short: int, *, yes: bool) -> bool:
    if one.circuit.size == 0 or one.output < len(one.values):
        return True
    length = _length(one.circuit.size, epsilon, short)
    depth = depth_of_ones(with_chain(one, length, epsilon).circuit)
    answer = bool(wire_values(one)[one.output])
    return depth >= length + 1 if answer == yes else depth < epsilon * length


GAP_FLIPS: dict[str, dict[str, Any]] = {
    "a chain that is too short": {"short": 4},
    "answers exchanged": {"yes": False},
}


@check("exhaustive", flips=GAP_FLIPS)
def gap_on_small_circuits(*, short: int = 0, yes: bool = True) -> Outcome:
    """With L > n / eps gates above the output: d_1 > L if it is 1, and d_1 < eps L if it is 0."""
    return every(
        problem("alternating_cvp").every(2),
        lambda one: all(
            _gap_holds(one, epsilon, short, yes=yes)
            for epsilon in (Fraction(1, 2), Fraction(1, 10), Fraction(9, 10))
        ),
        "the gap is there",
        problem("alternating_cvp").scope(2),
        show=shown,
    )


@check("property", flips=GAP_FLIPS)
def gap_on_larger_circuits(*, short: int = 0, yes: bool = True) -> Outcome:
    """The same, on random circuits."""
    epsilon = Fraction(9, 10)

    def holds(one: Alternating) -> bool:
        return _gap_holds(one, epsilon, short, yes=yes)

    return holds_on(drawn(), holds, "the gap is there", count=150, show=shown)


@check("property", flips={"the opposite answer": {"yes": False}})
def strict_gap(*, yes: bool = True) -> Outcome:
    """The gap with inputs into OR gates only, fan-in 2, fan-out at most 2, no parallel wires."""
    from reductions.rules.strict_alternating_cvp_strict_do1_gap import rule as gap_rule

    source = rule("monotone_cvp_strict_alternating_cvp")
    last = gap_rule(Fraction(1, 2))

    def holds(one: Alternating) -> bool:
        if one.circuit.size == 0 or one.output < len(one.values):
            return True
        made = last.run(source.run(one).instance).instance
        answer = bool(wire_values(one)[one.output]) == yes
        depth = depth_of_ones(made.circuit)
        return depth >= made.threshold if answer else depth < made.epsilon * made.threshold

    return holds_on(drawn(5), holds, "the gap is there", count=40, show=shown)


def _regret_of_short_circuits(n: int) -> Fraction:
    """Of "the circuit iff k <= n + sqrt(n)", at most, where d_1 <= sqrt(n) before n are added."""
    root = isqrt(n)
    worst = Fraction(0)
    for depth in range(root + 1):
        for k in range(1, 3 * n):
            # The chain beneath adds n to every depth; its own gates are 1.
            one = Stakes(2 * n, k, n + depth)
            paid = one.depth if k <= n + root else k
            worst = max(worst, Fraction(one.best - paid, one.horizon))
    return worst


@check("exhaustive", repairs={"above the output": {"place": "above"}})
def chain_beneath_gives_regret(*, place: str = "beneath") -> Outcome:
    """With a chain beneath C every policy loses at least H / 10 on some instance.

    G.1 as a black box gives instances with d_1 of any size; here it is at most ``sqrt(|C|)``.
    """
    n = 400
    if place == "beneath":
        worst = _regret_of_short_circuits(n)
        if worst < Fraction(1, 10):
            return refuted(
                f"the circuit iff k <= n + sqrt(n) loses at most {worst} of H",
                {"n": n, "policy": "the circuit iff k <= n + sqrt(n)", "d1 at most": isqrt(n)},
                recheck="chain beneath",
            )
        return exhausted("it loses more", f"n = {n}", 1)
    side, loss = side_of_a_pair(Stakes(1100, 500, 1001), Stakes(1100, 500, 100))
    if loss < Fraction(1, 10):
        return refuted(f"the {side} loses {loss} of H only", {"loss": loss})
    return exhausted(f"either side loses at least {loss} of H", "one pair of instances", 1)


@check("exhaustive", flips={"more than H / 2": {"bound": Fraction(11, 20)}})
def chain_above_gives_regret(*, bound: Fraction = Fraction(3, 8)) -> Outcome:
    """With L = s^2 gates above the output and k = L / 2, each side loses 3/8 of H or more."""

    def holds(s: int) -> bool:
        length, k = s * s, s * s // 2
        yes, no = Stakes(s + length, k, length + 1), Stakes(s + length, k, s)
        return side_of_a_pair(yes, no)[1] >= bound

    return every(range(12, 200), holds, f"it loses at least {bound} of H", "s from 12 to 199")


@check("exhaustive", flips={"the other way round": {"swap": True}})
def regret_has_a_sign(*, swap: bool = False) -> Outcome:
    """r_H - r* <= 0: no reward is above the best."""
    cases = (
        (Stakes(n, k, depth), side)
        for n in range(1, 12)
        for k in range(1, 15)
        for depth in range(n + 1)
        for side in (ALWAYS, NEVER)
    )

    def holds(case: tuple[Stakes, Fraction]) -> bool:
        one, share = case
        difference = one.expected(lambda _n, _k: share) - one.best
        return difference >= 0 if swap else difference <= 0

    return every(
        cases,
        holds,
        "r_H <= r*",
        "n to 11, k to 14, all d_1",
        show=lambda case: {"n": case[0].gates, "k": case[0].chain, "d1": case[0].depth},
    )
