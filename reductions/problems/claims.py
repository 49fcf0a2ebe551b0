"""Certificates of what is computed step by step: claims for some steps, each forced by others.

The same idea as `certificates`, for values of any kind and for steps in any order. A claim is
justified if what is given and the claims that its step reads force that value, whatever the values
without a claim are. Steps do not read each other in a circle, so all justified claims are true.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from reductions.codec import integer, items
from reductions.problem import Witnesses
from reductions.problems.gate_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

I = TypeVar("I")  # noqa: E741 - instances

Claims = tuple[int | None, ...]
"""A value for each step, or None."""

Known = list[int | None]

FEW = 9
"""Most steps of instances whose certificates are all listed."""


@dataclass(frozen=True)
class Steps:
    """What an instance computes.

    Attributes:
        given: values that are known beforehand: numbers 0, 1, ...; those of the steps follow.
        operands: of each step the numbers of the values that it reads.
        forced: (step, what is known of all values) to the value that this forces, or None.
        order: all steps, each behind those it reads.
        output: the number of a value.
        goal: what it must be for YES.
    """

    given: Sequence[int]
    operands: Sequence[Sequence[int]]
    forced: Callable[[int, Known], int | None]
    order: Sequence[int]
    output: int
    goal: int

    def values(self) -> Known:
        """All values."""
        known = self.known((None,) * len(self.operands))
        for step in self.order:
            known[len(self.given) + step] = self.forced(step, known)
        return known

    def known(self, claims: Claims) -> Known:
        """What is given, and what is claimed."""
        return [*self.given, *claims]

    def justified(self, claims: Claims) -> bool:
        """Whether all claims are forced by others, and the output is claimed to be the goal."""
        if not isinstance(claims, tuple) or len(claims) != len(self.operands):
            return False
        known = self.known(claims)
        return known[self.output] == self.goal and all(
            claim is None or claim == self.forced(step, known) for step, claim in enumerate(claims)
        )

    def every(self) -> Iterator[Claims]:
        """All certificates, by search in the order of the steps."""
        first = len(self.given)

        def extend(known: Known, place: int) -> Iterator[Claims]:
            if place == len(self.order):
                if known[self.output] == self.goal:
                    yield tuple(known[first:])
                return
            yield from extend(known, place + 1)
            step = self.order[place]
            value = self.forced(step, known)
            if value is not None:
                more = list(known)
                more[first + step] = value
                yield from extend(more, place + 1)

        return extend(self.known((None,) * len(self.operands)), 0)

    def needed(
        self, shuffle: Callable[[list[int]], list[int]], keep: Callable[[], bool]
    ) -> Claims | None:
        """Claims of the output and of what it needs; None if it is not the goal.

        Args:
            shuffle: in which order operands are left out, where the others force the value.
            keep: whether one stays nonetheless.
        """
        values, first = self.values(), len(self.given)
        if values[self.output] != self.goal:
            return None
        wanted = {self.output}
        for step in reversed(self.order):
            if first + step not in wanted:
                continue
            known: Known = [None] * len(values)
            read = set(self.operands[step])
            for number in read:
                known[number] = values[number]
            for number in shuffle(sorted(number for number in read if number >= first)):
                known[number] = None
                if self.forced(step, known) is None or keep():
                    known[number] = values[number]
            wanted |= {number for number in read if known[number] is not None}
        return tuple(
            values[first + step] if first + step in wanted else None
            for step in range(len(self.operands))
        )


def forced_gate(kind: int, read: Sequence[int | None]) -> int | None:
    """The value of a gate of a kind of `KINDS` that known operands force, or None."""
    weight, threshold = KINDS[kind].weight, KINDS[kind].threshold
    low = sum(min(weight, 0) if value is None else weight * value for value in read)
    high = sum(max(weight, 0) if value is None else weight * value for value in read)
    if low >= threshold:
        return 1
    return 0 if high < threshold else None


def certificates(steps: Callable[[I], Steps], meaning: str) -> Witnesses[I, Claims]:
    """The witnesses of a problem whose instances compute something.

    Args:
        steps: what an instance computes.
        meaning: see `Witnesses`.
    """

    def by_evaluation(instance: I) -> Claims | None:
        found = steps(instance)
        values = found.values()
        return tuple(values[len(found.given) :]) if values[found.output] == found.goal else None

    def sample(instance: I, seed: int) -> Claims | None:
        random = Random(seed)
        return steps(instance).needed(
            lambda read: random.sample(read, len(read)), lambda: random.random() < 0.3
        )

    return Witnesses(
        meaning=meaning,
        verify=lambda instance, claims: steps(instance).justified(claims),
        every=lambda instance: steps(instance).every(),
        few=lambda instance: len(steps(instance).operands) <= FEW,
        producers={
            "evaluation": by_evaluation,
            "need": lambda instance: steps(instance).needed(lambda read: read, lambda: False),
        },
        to_data=list,
        from_data=_from_data,
        sample=sample,
    )


def _from_data(data: Any) -> Claims:  # noqa: ANN401
    return tuple(
        None if claim is None else integer(claim, "a claim")
        for claim in items(data, "a certificate")
    )
