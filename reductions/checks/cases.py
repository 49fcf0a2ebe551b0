"""The instances that a rule is checked on, each mapped and decided once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.reduction import Mapped, Reduction

RUNGS = range(1, 6)
"""Which instances of the source's ladder are taken."""


@dataclass(frozen=True)
class Case:
    """One instance.

    Attributes:
        instance: of the source.
        mapped: what the rule gives.
        answer: of the source's solver.
        target_answer: of the target's solver; None if the target breaks its promise.
    """

    instance: Any
    mapped: Mapped[Any]
    answer: bool
    target_answer: bool | None


@dataclass(frozen=True)
class Cases:
    """All of a rule.

    Attributes:
        small: every small instance, as the source's `scope` says.
        random: drawn from its strategy.
        ladder: of growing size.
        crashes: (instance, what was raised) where the map, or a solver, gave nothing.
        scope: what the small ones are, in words.
    """

    small: list[Case]
    random: list[Case]
    ladder: list[Case]
    crashes: list[tuple[Any, str]]
    scope: str

    @property
    def every(self) -> list[Case]:
        """All of them, small ones first."""
        return [*self.small, *self.random, *self.ladder]


def cases(
    rule: Reduction[Any, Any, Any, Any],
    reach: int,
    examples: int,
    advance: Callable[[], None] = lambda: None,
) -> Cases:
    """Map and decide small, random and growing instances.

    Args:
        rule: any.
        reach: up to which size all instances are taken.
        examples: number of random ones.
        advance: called now and then.
    """
    crashes: list[tuple[Any, str]] = []

    def add(to: list[Case], instance: Any) -> None:  # noqa: ANN401
        if rule.source.promise is not None and not rule.source.promise(instance):
            return
        try:
            mapped = rule.run(instance)
            target = mapped.instance
            kept = rule.target.promise is None or rule.target.promise(target)
            target_answer = rule.target.decide(target) if kept else None
            answer = rule.source.decide(instance)
        except Exception as error:  # noqa: BLE001 - a rule must map every instance
            crashes.append((instance, f"{type(error).__name__}: {error}"))
            return
        to.append(Case(instance, mapped, answer, target_answer))

    small: list[Case] = []
    for instance in rule.source.every(reach):
        add(small, instance)
    advance()
    drawn: list[Case] = []
    for instance in _drawn(rule, examples):
        add(drawn, instance)
    advance()
    ladder: list[Case] = []
    for k in RUNGS:
        add(ladder, rule.source.ladder(k))
    return Cases(small, drawn, ladder, crashes, rule.source.scope(reach))


def _drawn(rule: Reduction[Any, Any, Any, Any], examples: int) -> list[Any]:
    from hypothesis import HealthCheck, Phase, given, settings

    found: list[Any] = []

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rule.source.strategy())
    def collect(instance: Any) -> None:  # noqa: ANN401
        found.append(instance)

    collect()
    return found
