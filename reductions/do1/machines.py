"""From a Turing machine's question to an agent's first action, and back to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reductions.chain import Chain
from reductions.do1.forced_choice import (
    Estimate,
    by_policy,
    by_values,
    decide_by_estimate,
    gap_for,
)
from reductions.registry import rule
from reductions.rules.alternating_cvp_do1_gap import rule as gap_rule
from reductions.rules.strict_alternating_cvp_strict_do1_gap import rule as strict_gap_rule
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.do1.game import Policy
    from reductions.do1.values import Value
    from reductions.problems.do1_gap import DepthGap
    from reductions.problems.turing_machine import Acceptance

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Decision:
    """An answer, and how it came about.

    Attributes:
        answer: whether the machine accepts.
        gap: the circuit and the two depths between which d_1 does not lie.
        estimate: of d_1, by forced choices.
    """

    answer: bool
    gap: DepthGap
    estimate: Estimate


def chain_to_gap(epsilon: Fraction, *, strict: bool = False) -> Chain:
    """Turing machine -> CVP -> monotone -> alternating -> DO1 with this gap.

    Args:
        epsilon: of the gap, in (0, 1).
        strict: through circuits of fan-in and fan-out 2.

    Raises:
        ArgumentError: epsilon is none.

    Example:
        >>> print(chain_to_gap(Fraction(1, 8), strict=True))
        turing_machine -> cvp -> monotone_cvp -> strict_alternating_cvp -> strict_do1_gap
    """
    kind = "strict_alternating" if strict else "alternating"
    names = ("turing_machine_cvp", "cvp_monotone_cvp", f"monotone_cvp_{kind}_cvp")
    last = strict_gap_rule(epsilon) if strict else gap_rule(epsilon)
    return Chain((*(rule(name) for name in names), last))


def accepts_by_forced_choice(
    question: Acceptance,
    *,
    value: Value | None = None,
    policy: Policy | None = None,
    epsilon: Fraction = HALF,
    strict: bool = False,
) -> Decision:
    """Whether a machine accepts, from the choices of an agent that knows nothing of machines.

    The question is reduced to DO1 with a gap of epsilon^2 / 2; d_1 is estimated by forced choices.

    Args:
        question: machine, word and number of steps.
        value: a value function good within epsilon; or give a policy.
        policy: one that gets epsilon times the best reward in every game.
        epsilon: a Fraction above 0, at most 1.
        strict: through circuits of fan-in and fan-out 2.

    Raises:
        ArgumentError: not one of value and policy is given, or epsilon is wrong.
        LimitError: the circuit would be too large.

    Example:
        >>> from reductions.do1.values import choosing_policy
        >>> from reductions.problems.turing_machine import Acceptance
        >>> from tcsim.uniformity.turing import parity
        >>> agent = choosing_policy(HALF, lambda length: "chain")
        >>> accepts_by_forced_choice(Acceptance(parity(), "1", 2), policy=agent).answer
        True
    """
    if (value is None) == (policy is None):
        raise ArgumentError("give a value function or a policy, one of them")
    gap = chain_to_gap(gap_for(epsilon), strict=strict)(question)
    if policy is not None:
        estimate = by_policy(gap.circuit, policy, epsilon)
    else:
        assert value is not None  # noqa: S101 - for the type checker
        estimate = by_values(gap.circuit, value, epsilon)
    return Decision(decide_by_estimate(gap, estimate), gap, estimate)
