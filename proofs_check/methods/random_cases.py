"""Properties on cases that Hypothesis draws and, where one fails, shrinks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from proofs_check.outcome import Outcome, on_cases, refuted

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


class _FailedError(Exception):
    """The property does not hold of the case last drawn."""


def holds_on(
    strategy: SearchStrategy[T],
    holds: Callable[[T], bool],
    says: str,
    *,
    count: int = 200,
    seed: int = 0,
    show: Callable[[T], Any] = lambda case: case,
    recheck: str = "",
) -> Outcome:
    """Whether something holds of cases drawn from a seed, the same ones on every run.

    Args:
        strategy: what to draw.
        holds: whether it does. What it raises, this raises.
        says: what it is.
        count: of cases, at most; Hypothesis draws none twice.
        seed: of the draws.
        show: a case as JSON.
        recheck: a name by which others know what to do with a counterexample.

    Example:
        >>> from hypothesis import strategies as st
        >>> print(holds_on(st.integers(), lambda n: n * n >= n, "n^2 >= n", count=50))
        holds on cases (50 cases, seed 0): n^2 >= n
        >>> holds_on(st.integers(), lambda n: n < 7, "n < 7").evidence["counterexample"]
        7
    """
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    tried: list[T] = []
    found: list[T] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(strategy)
    def look(case: T) -> None:
        tried.append(case)
        if not holds(case):
            found.append(case)
            raise _FailedError

    try:
        look()
    except _FailedError:
        # The smallest one is run last.
        known = {"recheck": recheck} if recheck else {}
        return refuted(f"not: {says}", show(found[-1]), seed=seed, **known)
    return on_cases(says, seed, len(tried))
