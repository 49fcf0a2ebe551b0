"""Reductions in a row: run, traced back, with the overhead of the whole by substitution."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.overhead import Overhead
    from reductions.problem import Problem
    from reductions.provenance import Provenance
    from reductions.reduction import Mapped, Reduction


@dataclass(frozen=True)
class ChainRun:
    """What a chain made of one instance.

    Attributes:
        source: the instance.
        mapped: what each step gave.
    """

    source: Any
    mapped: tuple[Mapped[Any], ...]

    @property
    def instance(self) -> Any:  # noqa: ANN401
        """The instance of the last problem."""
        return self.mapped[-1].instance

    @cached_property
    def provenance(self) -> Provenance:
        """From which element of the first instance each element of the last one comes.

        Raises:
            ArgumentError: a step speaks of other elements than the one before it.
        """
        return reduce(lambda first, second: first.then(second), (m.provenance for m in self.mapped))


@dataclass(frozen=True)
class Chain:
    """At least one reduction; each starts where the one before it ends.

    Attributes:
        steps: in order.

    Raises:
        ArgumentError: there are none, or two do not fit together.
    """

    steps: tuple[Reduction[Any, Any, Any, Any], ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise ArgumentError("a chain has at least one reduction")
        for first, second in zip(self.steps, self.steps[1:], strict=False):
            if first.target.name != second.source.name:
                raise ArgumentError(
                    f"{second.name} starts at {second.source.name}, but {first.name} ends at "
                    f"{first.target.name}"
                )

    @property
    def source(self) -> Problem[Any, Any]:
        """The first problem."""
        return self.steps[0].source

    @property
    def target(self) -> Problem[Any, Any]:
        """The last problem."""
        return self.steps[-1].target

    @cached_property
    def overhead(self) -> Overhead:
        """Formulas of the whole, in the first problem's sizes.

        Raises:
            ArgumentError: an upper bound cannot be put through; see `Overhead.then`.
        """
        return reduce(lambda first, second: first.then(second), (s.overhead for s in self.steps))

    def run(self, instance: Any) -> ChainRun:  # noqa: ANN401
        """Map an instance through all steps.

        Raises:
            ArgumentError: it is no instance of the first problem.
            LimitError: an instance would become too large.
        """
        mapped = []
        current = instance
        for step in self.steps:
            mapped.append(step.run(current))
            current = mapped[-1].instance
        return ChainRun(instance, tuple(mapped))

    def __call__(self, instance: Any) -> Any:  # noqa: ANN401
        """The last instance alone."""
        return self.run(instance).instance

    def extract(self, run: ChainRun, witness: Any) -> Any:  # noqa: ANN401
        """A witness of the first instance from one of the last.

        Raises:
            ArgumentError: a step maps no witnesses back, or the witness proves nothing.
        """
        before = [run.source, *(mapped.instance for mapped in run.mapped)]
        for place in reversed(range(len(self.steps))):
            step = self.steps[place]
            witness = step.extract(before[place], run.mapped[place], witness)
        return witness

    def __str__(self) -> str:
        names = [self.source.name, *(step.target.name for step in self.steps)]
        return " -> ".join(names)
