"""Markov decision processes: is the optimal expected payoff high, or low? With a promised gap."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems import mdp_samples as samples
from reductions.problems.decision_process import (
    Action,
    State,
    StochasticMdp,
    expected,
    optimal_values,
    promise,
)
from reductions.problems.rationals import rational
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_ACTION = -1
"""Of a state for which a policy says nothing."""


def reached(one: StochasticMdp, policy: tuple[int, ...]) -> set[int] | None:
    """The states that plays under a policy may visit; None if it says nothing there."""
    found = {one.start}
    for number in range(one.start, -1, -1):
        state = one.states[number]
        if number in found and isinstance(state, tuple):
            if not 0 <= policy[number] < len(state):
                return None
            found |= {other for other, _ in state[policy[number]]}
    return found


def verify(one: StochasticMdp, policy: tuple[int, ...]) -> bool:
    """Whether the expected payoff under the policy is at least the threshold."""
    if len(policy) != len(one.states):
        return False
    visited = reached(one, policy)
    if visited is None:
        return False
    values: list[Fraction] = []
    for number, state in enumerate(one.states):
        if isinstance(state, Fraction):
            values.append(state)
        else:  # what is never visited does not count
            action = state[policy[number]] if number in visited else ()
            values.append(expected(action, values))
    return values[one.start] >= one.threshold


def _choices(one: StochasticMdp) -> list[range]:
    return [range(NO_ACTION, len(state) if isinstance(state, tuple) else 0) for state in one.states]


def every_policy(one: StochasticMdp) -> Iterator[tuple[int, ...]]:
    """All witnesses: every choice of actions is tried."""
    return (policy for policy in product(*_choices(one)) if verify(one, policy))


def greedy(one: StochasticMdp, order: int = 1) -> tuple[int, ...] | None:
    """In every state an action of the greatest expected value."""
    values = optimal_values(one)
    if values[one.start] < one.threshold:
        return None
    policy = []
    for number, state in enumerate(one.states):
        if isinstance(state, Fraction):
            policy.append(NO_ACTION)
            continue
        best = range(len(state))[::order]
        policy.append(next(a for a in best if expected(state[a], values) == values[number]))
    return tuple(policy)


def by_need(one: StochasticMdp) -> tuple[int, ...] | None:
    """The last of the best actions, and only in states that plays may visit."""
    policy = greedy(one, -1)
    if policy is None:
        return None
    visited = reached(one, policy) or set()
    return tuple(a if number in visited else NO_ACTION for number, a in enumerate(policy))


def _to_data(one: StochasticMdp) -> Any:  # noqa: ANN401
    states: list[Any] = []
    for state in one.states:
        if isinstance(state, Fraction):
            states.append(str(state))
        else:
            states.append([[[other, str(p)] for other, p in action] for action in state])
    return {
        "states": states,
        "start": one.start,
        "threshold": str(one.threshold),
        "bits": one.bits,
    }


def _from_data(data: Any) -> StochasticMdp:  # noqa: ANN401
    states, start, threshold, bits = members(
        data, "instance", ("states", "start", "threshold", "bits")
    )
    return StochasticMdp(
        tuple(
            _state(state, f"instance.states[{number}]")
            for number, state in enumerate(items(states, "instance.states"))
        ),
        integer(start, "instance.start"),
        rational(threshold, "instance.threshold"),
        integer(bits, "instance.bits", 0, samples.MOST_BITS),
    )


def _state(data: Any, where: str) -> State:  # noqa: ANN401
    if isinstance(data, str):
        return rational(data, where)
    actions: list[Action] = []
    for action in items(data, where):
        found = []
        for pair in items(action, f"{where}: an action"):
            if len(items(pair, f"{where}: a transition")) != 2:
                raise ArgumentError(f"{where}: a transition is not [state, probability]")
            found.append((integer(pair[0], f"{where}: a state"), rational(pair[1], where)))
        actions.append(tuple(found))
    return tuple(actions)


def sizes(one: StochasticMdp) -> dict[str, int]:
    """The size fields."""
    actions = [action for state in one.states if isinstance(state, tuple) for action in state]
    return {
        "states": len(one.states),
        "actions": len(actions),
        "transitions": sum(map(len, actions)),
        "bits": one.bits,
    }


def _made(data: samples.Data) -> StochasticMdp:
    return StochasticMdp(*data)


def _mutation(
    change: Callable[[Any], samples.Data | None],
) -> Callable[[StochasticMdp], StochasticMdp | None]:
    def mutated(one: StochasticMdp) -> StochasticMdp | None:
        data = change(one)
        return None if data is None else _made(data)

    return mutated


STOCHASTIC_MDP: Problem[StochasticMdp, tuple[int, ...]] = Problem(
    name="stochastic_mdp",
    question="Is the optimal expected payoff at least the threshold, and not less by 2^-bits?",
    instance=StochasticMdp,
    fields={
        "states": "states",
        "actions": "actions of all states",
        "transitions": "states to which actions may lead, counted for each action",
        "bits": "the gap of the promise is 2^-bits",
    },
    sizes=sizes,
    decide=lambda one: optimal_values(one)[one.start] >= one.threshold,
    to_data=_to_data,
    from_data=_from_data,
    every=lambda k: map(_made, samples.every(k)),
    scope=lambda k: f"all of at most {k} states that decide, each with one or two actions",
    reach=2,
    strategy=lambda: samples.strategy().map(_made),
    ladder=lambda k: _made(samples.ladder(k)),
    mutations={name: _mutation(change) for name, change in samples.MUTATIONS.items()},
    hardness="P-complete under logspace reductions",
    reference="Papadimitriou and Tsitsiklis 1987, The complexity of Markov decision processes, "
    "Theorem 1 (finite horizon)",
    witnesses=Witnesses(
        meaning="a policy: for each state the number of an action, or -1, under which the expected "
        "payoff is at least the threshold",
        verify=verify,
        every=every_policy,
        few=lambda one: prod(map(len, _choices(one))) <= 2000,
        producers={"greedy": greedy, "need": by_need},
        to_data=list,
        from_data=lambda data: tuple(
            integer(action, "an action") for action in items(data, "a policy")
        ),
    ),
    promise=promise,
)
