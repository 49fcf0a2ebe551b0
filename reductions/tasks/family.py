"""A family of tasks: instances of one depth and width, drawn a block at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from reductions.tasks.draws import Draws
    from tcsim.typing import Integers, Words


@dataclass(frozen=True, eq=False)
class Block:
    """Instances, some of which are of no use.

    Attributes:
        good: bool, shape (rows,): whether the dependency depth is the depth that was asked for.
        kind: int64, shape (rows,): a number 0..answers-1 for the answer; each is given out equally
            often.
        key: uint64, shape (rows,): equal for instances that a symmetry of the problem maps to each
            other.
        text: row to the input and the answer.
    """

    good: np.ndarray
    kind: Integers
    key: Words
    text: Callable[[int], tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Family:
    """A family of tasks.

    Attributes:
        name: on the command line and in files.
        version: of the generator: another one may give other rows for the same seed.
        question: what is asked.
        input: how an instance is written.
        answer: how an answer is written.
        depth: what the depth counts.
        width: what the width counts.
        unit: what the total work counts.
        symmetries: which instances count as the same.
        hardness: what is known of the problem.
        assumption: under which the problem has no parallel algorithm, such as ``"TC != P"``.
        reference: source.
        least: the smallest depth and width.
        answers: (depth, width) to the number of kinds of answers.
        work: (depth, width) to the total work of an instance.
        block: (draws, rows, depth, width) to that many instances.
        limit: (depth, width) to what forbids them, or None.
        most_rows: in a block.
    """

    name: str
    version: int
    question: str
    input: str
    answer: str
    depth: str
    width: str
    unit: str
    symmetries: str
    hardness: str
    assumption: str
    reference: str
    least: tuple[int, int]
    answers: Callable[[int, int], int]
    work: Callable[[int, int], int]
    block: Callable[[Draws, int, int, int], Block]
    limit: Callable[[int, int], str | None] = lambda _depth, _width: None
    most_rows: int = 1024

    def __repr__(self) -> str:
        return f"<Family: {self.name}>"

    @property
    def generator(self) -> str:
        """Name and version of the generator."""
        return f"tcsim.tasks.{self.name}/{self.version}"

    def require(self, depth: int, width: int) -> None:
        """Refuse a depth and width that no instance has.

        Raises:
            ArgumentError: one is too small, or they do not go together.
            LimitError: an instance would be too large.
        """
        for name, value, least in zip(("depth", "width"), (depth, width), self.least, strict=True):
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise ArgumentError(
                    f"{name} of {self.name} must be an integer of at least {least}, not {value!r}"
                )
        if why := self.limit(depth, width):
            raise ArgumentError(f"{self.name} of depth {depth} and width {width}: {why}")
        if self.work(depth, width) > MOST_WORK:
            raise LimitError(
                f"{self.name} of depth {depth} and width {width} is "
                f"{self.work(depth, width):,} {self.unit}; at most {MOST_WORK:,} are allowed"
            )


MOST_WORK = 1 << 20
"""Larger instances are refused."""
