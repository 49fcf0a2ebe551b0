"""Reductions between circuit problems that the proofs rest on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.checks import check
from proofs_check.claims.circuits import drawn, shown
from proofs_check.methods import holds_on
from proofs_check.outcome import Outcome, on_cases, refuted
from reductions import rule

if TYPE_CHECKING:
    from reductions.problems.alternating_circuits import Alternating


def _keeps_answers(name: str, *, swap: bool, reach: int = 1, examples: int = 40) -> Outcome:
    """A rule on all small instances and random ones: YES to YES, NO to NO, against its oracle."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    one: Any = rule(name)
    count = 0

    def right(source: Any) -> bool:  # noqa: ANN401
        target = one.run(source).instance
        return bool((one.source.decide(source) == one.target.decide(target)) != swap)

    for source in one.source.every(reach):
        if not right(source):
            return refuted(f"{name} changes the answer", one.source.to_data(source))
        count += 1

    wrong: list[Any] = []

    @seed(0)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(one.source.strategy())
    def look(source: Any) -> None:  # noqa: ANN401
        nonlocal count
        count += 1
        if not wrong and not right(source):
            wrong.append(source)

    look()
    if wrong:
        return refuted(f"{name} changes the answer", one.source.to_data(wrong[0]))
    return on_cases(f"{name} keeps answers", 0, count)


SWAP = {"answers exchanged": {"swap": True}}


@check("property", flips=SWAP)
def dual_rail(*, swap: bool = False) -> Outcome:
    """CVP to monotone CVP by two rails keeps answers."""
    return _keeps_answers("cvp_monotone_cvp", swap=swap)


@check("property", flips=SWAP)
def alternation(*, swap: bool = False) -> Outcome:
    """Monotone CVP to alternating CVP keeps answers."""
    return _keeps_answers("monotone_cvp_alternating_cvp", swap=swap)


@check("property", flips={**SWAP, "2 m + n + 4 gates": {"factor": 2}})
def strict_alternation(*, swap: bool = False, factor: int = 12) -> Outcome:
    """Monotone CVP to strict alternating CVP keeps answers, with at most 12 m + n + 4 gates."""
    made = rule("monotone_cvp_strict_alternating_cvp")

    def holds(one: Alternating) -> bool:
        found = made.run(one).instance
        same = made.source.decide(one) == made.target.decide(found)
        limit = factor * one.circuit.size + len(one.values) + 4
        return same != swap and found.circuit.size <= limit

    return holds_on(drawn(8), holds, "answers and size", count=80, show=shown)


@check("property", flips=SWAP)
def layering(*, swap: bool = False) -> Outcome:
    """Unordered CVP to layered CVP, with inputs piped through buffers, keeps answers."""
    return _keeps_answers("unordered_cvp_layered_cvp", swap=swap)


@check("property", flips=SWAP)
def expected_payoffs(*, swap: bool = False) -> Outcome:
    """Monotone CVP to stochastic decision processes keeps answers, in exact rationals."""
    return _keeps_answers("monotone_cvp_stochastic_mdp", swap=swap)


@check("property", flips=SWAP)
def inequalities(*, swap: bool = False) -> Outcome:
    """CVP to linear inequalities keeps answers."""
    return _keeps_answers("cvp_linear_inequalities", swap=swap, examples=15)


@check("property", flips=SWAP)
def flow_parity(*, swap: bool = False) -> Outcome:
    """Monotone CVP to the parity of a maximum flow keeps answers."""
    return _keeps_answers("monotone_cvp_max_flow_parity", swap=swap, examples=20)


@check("property", flips=SWAP)
def rule_110_by_circuits(*, swap: bool = False) -> Outcome:
    """Rule 110 prediction to CVP keeps answers."""
    return _keeps_answers("rule110_cvp", swap=swap)


@check("property", flips=SWAP)
def machines_by_circuits(*, swap: bool = False) -> Outcome:
    """Turing machines with a time bound to CVP keep answers."""
    return _keeps_answers("turing_machine_cvp", swap=swap, reach=0, examples=10)


@check("property", flips=SWAP)
def rings(*, swap: bool = False) -> Outcome:
    """CVP to circuits over a ring keeps answers."""
    return _keeps_answers("cvp_arithmetic_cvp", swap=swap)


@check("property", flips={"an agent that always picks the chain": {"agent": "blind"}})
def machines_by_forced_choice(*, agent: str = "good") -> Outcome:
    """A Turing machine's answer follows from the first actions of an agent good within 1/2.

    Parity machines on all words of at most 2 letters; the agent prefers the chain as far as it may.
    """
    from reductions.do1.game import CHAIN, PASS, START, Pick
    from reductions.do1.machines import accepts_by_forced_choice
    from reductions.do1.values import choosing_policy
    from reductions.problems.turing_machine import Acceptance, decide
    from tcsim.uniformity.turing import parity

    policy = choosing_policy(Fraction(1, 2), lambda _: CHAIN)
    if agent == "blind":
        policy = lambda game, state: Pick(CHAIN, game.chain - 1) if state == START else PASS  # noqa: E731
    count = 0
    for word in ("", "1", "0", "11", "10"):
        question = Acceptance(parity(), word, len(word) + 1)
        found = accepts_by_forced_choice(question, policy=policy)
        if found.answer != decide(question):
            return refuted("the answer is wrong", {"word": word})
        count += 1
    return on_cases("the answers are right", 0, count)
