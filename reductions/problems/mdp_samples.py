"""Markov decision processes for tests: all small ones, random ones, growing ones, wrong changes."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

Data = tuple[tuple[Any, ...], int, Fraction, int]
"""States, start, threshold, bits."""

MOST_BITS = 10_000_000
"""Largest `bits` in a file."""

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


def _actions(state: int) -> list[Any]:
    certain = [((other, ONE),) for other in range(state)]
    return certain + [((a, HALF), (b, HALF)) for a, b in combinations(range(state), 2)]


def every(k: int) -> Iterator[Data]:
    """Payoffs 0 and 1, and up to k states of one or two actions: certain, or a fair coin."""

    def extend(states: tuple[Any, ...], left: int) -> Iterator[tuple[Any, ...]]:
        yield states
        if left:
            listed = _actions(len(states))
            for count in (1, 2):
                for actions in combinations(listed, count):
                    yield from extend((*states, actions), left - 1)

    for states in extend((ZERO, ONE), k):
        yield states, len(states) - 1, ONE, k


def _drawn(seed: int, decisions: int, threshold: Fraction, *, near: bool) -> Data:
    random = Random(seed)
    states: list[Any] = [Fraction(random.randrange(5), 4) for _ in range(2)]
    for _ in range(decisions):
        state = len(states)
        low = max(0, state - 4) if near else 0
        actions = []
        for _ in range(random.randint(1, 2)):
            after = sorted(random.sample(range(low, state), random.randint(1, 2)))
            weights = [random.randint(1, 3) for _ in after]
            shares = [Fraction(weight, sum(weights)) for weight in weights]
            actions.append(tuple(zip(after, shares, strict=True)))
        states.append(tuple(actions))
    return tuple(states), len(states) - 1, threshold, 3 * decisions + 3


def strategy() -> SearchStrategy[Data]:
    """Up to six states that decide, with coins of several kinds."""
    from hypothesis import strategies as st

    return st.builds(
        lambda seed, decisions, quarters: _drawn(
            seed, decisions, Fraction(quarters, 4), near=False
        ),
        st.integers(0, 2**20),
        st.integers(0, 6),
        st.integers(0, 4),
    )


def ladder(k: int) -> Data:
    """4 k states that decide; the same on every call."""
    return _drawn(k, 4 * k, HALF, near=True)


def _changed_start(one: Any, change: Callable[[Any], Any]) -> Data | None:  # noqa: ANN401
    state = change(one.states[one.start])
    if state is None:
        return None
    states = (*one.states[: one.start], state, *one.states[one.start + 1 :])
    return states, one.start, one.threshold, one.bits


def _fewer_actions(state: Any) -> Any:  # noqa: ANN401
    return state[:-1] if isinstance(state, tuple) and len(state) > 1 else None


def _no_chance(state: Any) -> Any:  # noqa: ANN401
    if not isinstance(state, tuple) or len(state[-1]) < 2:
        return None
    return (*state[:-1], ((state[-1][-1][0], ONE),))


def _chooses(state: Any) -> Any:  # noqa: ANN401
    if not isinstance(state, tuple) or len(state[-1]) < 2:
        return None
    return tuple(((other, ONE),) for other, _ in state[-1])


def _other_payoffs(one: Any) -> Data:  # noqa: ANN401
    states = tuple(1 - s if isinstance(s, Fraction) else s for s in one.states)
    return states, one.start, one.threshold, one.bits


MUTATIONS: dict[str, Callable[[Any], Data | None]] = {
    "the last action of the start is lost": lambda one: _changed_start(one, _fewer_actions),
    "the last action of the start leads to one state": lambda one: _changed_start(one, _no_chance),
    "the start chooses where it should toss": lambda one: _changed_start(one, _chooses),
    "every payoff p becomes 1 - p": _other_payoffs,
}
