"""Hypothesis strategies of instances and witnesses, for tests of your own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from reductions.problem import Problem


def instances(problem: Problem[Any, Any] | str) -> SearchStrategy[Any]:
    """Instances of a problem that keep its promise.

    Args:
        problem: itself, or its name in the registry.

    Raises:
        ArgumentError: there is no such problem.

    Example:
        >>> from hypothesis import given
        >>> from reductions import problem, rule
        >>> @given(instances("cvp"))
        ... def test_the_answer_stays(instance):
        ...     target = rule("cvp_nand_cvp")(instance)
        ...     assert problem("cvp").decide(instance) == problem("nand_cvp").decide(target)
        >>> test_the_answer_stays()
    """
    from reductions.registry import problem as named

    found = named(problem) if isinstance(problem, str) else problem
    strategy = found.strategy()
    return strategy if found.promise is None else strategy.filter(found.promise)


def instances_with_witnesses(
    problem: Problem[Any, Any] | str,
) -> SearchStrategy[tuple[Any, Any]]:
    """Instances of answer YES, each with a witness of one of the problem's producers.

    Raises:
        ArgumentError: there is no such problem, or it has no witnesses.
    """
    from hypothesis import strategies as st

    from reductions.registry import problem as named
    from tcsim.errors import ArgumentError

    found = named(problem) if isinstance(problem, str) else problem
    witnesses = found.witnesses
    if witnesses is None:
        raise ArgumentError(f"the problem {found.name} has no witnesses")
    producers = st.sampled_from(list(witnesses.producers.values()))
    yes = instances(found).filter(found.decide)
    return st.tuples(yes, producers).map(lambda pair: (pair[0], pair[1](pair[0])))
