"""All cases of a range, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from proofs_check.outcome import Outcome, exhausted, refuted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def every(
    cases: Iterable[T],
    holds: Callable[[T], bool],
    says: str,
    range_: str,
    *,
    show: Callable[[T], Any] = lambda case: case,
    recheck: str = "",
) -> Outcome:
    """Whether something holds in every case.

    Args:
        cases: all of a range.
        holds: whether it does.
        says: what it is.
        range_: what the cases are.
        show: a case as JSON.
        recheck: a name by which others know what to do with a counterexample.

    Example:
        >>> print(every(range(10), lambda n: n * n >= n, "n^2 >= n", "n to 9"))
        proved exhaustively (n to 9: 10 cases): n^2 >= n
        >>> print(every(range(10), lambda n: n * n > n, "n^2 > n", "n to 9"))
        refuted: not: n^2 > n
    """
    count = 0
    for case in cases:
        if not holds(case):
            known = {"recheck": recheck} if recheck else {}
            return refuted(f"not: {says}", show(case), range=range_, **known)
        count += 1
    return exhausted(says, range_, count)
