"""Explicit stochastic Markov decision processes without cycles, and their optimal values.

Every transition leads to a state of smaller number, so that a play ends after fewer moves than
there are states: a process of finite horizon whose states hold the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TypeAlias

from reductions.codec import integer
from reductions.problems.rationals import require_fraction
from tcsim.errors import ArgumentError

Action = tuple[tuple[int, Fraction], ...]
"""States to which it may lead, increasing, each with its probability, above 0."""

State: TypeAlias = "Fraction | tuple[Action, ...]"
"""What is paid where a play ends, or the actions that there are."""


@dataclass(frozen=True)
class StochasticMdp:
    """States, a start, and a promise: the value is at least `threshold`, or less by 2^-bits.

    Args:
        states: payoffs or actions; from state s actions lead to states below s.
        start: a state.
        threshold: what is asked for.
        bits: at least 0.

    Raises:
        ArgumentError: an action leads upwards, or its probabilities are not positive and 1 in sum.
    """

    states: tuple[State, ...]
    start: int
    threshold: Fraction
    bits: int

    def __post_init__(self) -> None:
        integer(self.start, "start", 0, len(self.states) - 1)
        integer(self.bits, "bits", 0)
        require_fraction(self.threshold, "threshold")
        for number, state in enumerate(self.states):
            where = f"states[{number}]"
            if not isinstance(state, tuple):
                require_fraction(state, f"{where}: the payoff")
                continue
            if not state:
                raise ArgumentError(f"{where} has no actions; where a play ends, give a payoff")
            for action in state:
                after = [successor for successor, _ in action]
                for successor in after:
                    integer(successor, f"{where}: a state that an action leads to", 0, number - 1)
                if any(a >= b for a, b in pairwise(after)):
                    raise ArgumentError(f"{where}: states that an action leads to must increase")
                _require_distribution([probability for _, probability in action], where)


def _require_distribution(chances: list[Fraction], where: str) -> None:
    for chance in chances:
        if require_fraction(chance, f"{where}: a probability").numerator <= 0:
            raise ArgumentError(f"{where}: a probability is {chance}, not above 0")
    # Over one denominator, in integers: adding Fractions takes most of the time otherwise.
    below = prod({chance.denominator for chance in chances})
    if sum(chance.numerator * (below // chance.denominator) for chance in chances) != below:
        raise ArgumentError(f"{where}: the probabilities of an action are not 1 in sum")


def expected(action: Action, values: list[Fraction]) -> Fraction:
    """The expected value of what an action leads to."""
    return sum((probability * values[other] for other, probability in action), Fraction(0))


def optimal_values(one: StochasticMdp) -> list[Fraction]:
    """The optimal value of every state, from the first on: the best action's expected value."""
    values: list[Fraction] = []
    for state in one.states:
        if isinstance(state, Fraction):
            values.append(state)
        else:
            values.append(max(expected(action, values) for action in state))
    return values


def promise(one: StochasticMdp) -> bool:
    """Whether the optimal value is at least the threshold, or at most that less 2^-bits."""
    value = optimal_values(one)[one.start]
    return value >= one.threshold or value <= one.threshold - Fraction(1, 2**one.bits)
