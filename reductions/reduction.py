"""A reduction: keeps the answer, maps witnesses back, and says what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reductions.overhead import Formulas, Overhead
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reductions.problem import Problem
    from reductions.provenance import Provenance

S = TypeVar("S")
T = TypeVar("T")
SW = TypeVar("SW")
TW = TypeVar("TW")

CLASSES = ("AC0", "NC1", "logspace")
"""What a reduction may claim to need."""

MOST_ITEMS = 200_000_000
"""By its overhead, the largest size field of a target that `Reduction.run` makes."""


@dataclass(frozen=True)
class Mapped(Generic[T]):
    """What a forward map gives.

    Attributes:
        instance: of the target.
        provenance: from which element of the source each of its elements comes.
        images: notes for the back map and the invariant; their meaning is the rule's own.
    """

    instance: T
    provenance: Provenance
    images: Any = None


@dataclass(frozen=True)
class Invariant(Generic[S, T]):
    """A statement stronger than "the answer is the same", which an induction carries.

    Attributes:
        statement: in a sentence.
        holds: (source instance, what it is mapped to) to whether the statement is true of them.
        steps: all cases of the induction step, each named, with whether it holds: a proof for every
            size, by finitely many cases.
    """

    statement: str
    holds: Callable[[S, Mapped[T]], bool]
    steps: Callable[[], Iterator[tuple[str, bool]]]


@dataclass(frozen=True)
class Metered(Generic[S]):
    """The same map as a program of the metered machine (see `tcsim.uniformity`).

    Attributes:
        run: source instance to (input tape, program of that tape): what differs between instances
            without growing with them may be a constant of the program.
        describe: (source instance, target instance) to what the program must write.
        ladder: instances on which its work space is measured; the last is at least four times as
            long as the third. The program is the same for all.
    """

    run: Callable[[S], tuple[str, Any]]
    describe: Callable[[Any], str]
    ladder: Callable[[], list[S]]


@dataclass(frozen=True)
class Reduction(Generic[S, SW, T, TW]):
    """A many-one reduction: YES to YES and NO to NO.

    Attributes:
        name: in the registry and on the command line.
        source: problem.
        target: problem.
        summary: how it works, in a sentence or two.
        forward: instance to `Mapped`.
        formulas: symbols of the source's size fields to {size field of the target: formula}, every
            field of the target; see `Overhead.of`.
        resources: the class that the map is claimed to be in, one of `CLASSES`.
        why: why it is in that class.
        reference: source of the construction.
        back: (source instance, mapped, target witness) to a source witness: for every witness of
            the target instance. None where a problem has no witnesses.
        invariant: see `Invariant`.
        metered: see `Metered`.
        second: an independent map to the same target, which the answers are compared with.
    """

    name: str
    source: Problem[S, SW]
    target: Problem[T, TW]
    summary: str
    forward: Callable[[S], Mapped[T]]
    formulas: Formulas
    resources: str
    why: str
    reference: str
    back: Callable[[S, Mapped[T], TW], SW] | None = None
    invariant: Invariant[S, T] | None = None
    metered: Metered[S] | None = None
    second: Callable[[S], T] | None = None

    def __post_init__(self) -> None:
        if self.resources not in CLASSES:
            raise ArgumentError(
                f"{self.name}: resources must be one of {', '.join(CLASSES)}, "
                f"not {self.resources!r}"
            )

    def __repr__(self) -> str:
        return f"<Reduction: {self.name}>"

    @cached_property
    def overhead(self) -> Overhead:
        """Formulas for every size field of the target.

        Raises:
            ArgumentError: a field is missing, unknown, or its formula uses unknown symbols.
        """
        overhead = Overhead.of(tuple(self.source.fields), self.formulas)
        if set(overhead.bounds) != set(self.target.fields):
            raise ArgumentError(
                f"{self.name}: the overhead is of {', '.join(sorted(overhead.bounds))}; the size "
                f"fields of {self.target.name} are {', '.join(sorted(self.target.fields))}"
            )
        return overhead

    def run(self, instance: S) -> Mapped[T]:
        """Map an instance.

        Raises:
            ArgumentError: it is no instance of the source.
            LimitError: by the overhead the target would be too large; nothing was started.
        """
        if not isinstance(instance, self.source.instance):
            raise ArgumentError(
                f"{self.name} maps instances of {self.source.name}, "
                f"{self.source.instance.__name__}, not {type(instance).__name__}"
            )
        for field, size in self.overhead.at(self.source.sizes(instance)).items():
            if size > MOST_ITEMS:
                raise LimitError(
                    f"{self.name} would give an instance with {field} = {size:,}, more than "
                    f"{MOST_ITEMS:,}"
                )
        return self.forward(instance)

    def __call__(self, instance: S) -> T:
        """The target instance alone."""
        return self.run(instance).instance

    def extract(self, instance: S, mapped: Mapped[T], witness: TW) -> SW:
        """A witness of the source instance from one of the target instance.

        Raises:
            ArgumentError: there is no back map, or the witness proves nothing.
        """
        if self.back is None or self.target.witnesses is None:
            raise ArgumentError(f"{self.name} maps no witnesses back")
        if not self.target.witnesses.verify(mapped.instance, witness):
            raise ArgumentError(
                f"this is no witness of the instance of {self.target.name}: "
                f"{self.target.witnesses.meaning}"
            )
        return self.back(instance, mapped, witness)
