"""Task: what a campaign does with the outputs, as map-reduce over ranges of input vectors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from tcsim.typing import Words

P = TypeVar("P")
"""What a task makes of a range of vectors."""


class Extent(NamedTuple):
    """The vectors that a partial result stands for.

    Attributes:
        first: number of the first vector.
        last: number behind the last vector.
        outputs: how many outputs the task saw.
    """

    first: int
    last: int
    outputs: int


class Task(ABC, Generic[P]):
    """One partial result for each range of vectors, and how those of neighbors combine.

    `combine` must be associative: then neither the cut into ranges nor the order in which they are
    done shows in the result. It is only called on ranges of which the one ends where the other
    begins. Tasks are pickled with each part that goes to another process; a frozen dataclass is the
    simplest way to write one.

    Example:
        >>> import dataclasses
        >>> import tcsim as tc
        >>> from tcsim.campaign import Task, exhaustive
        >>> @dataclasses.dataclass(frozen=True)
        ... class Last(Task):
        ...     '''The last vector with a 1 in the first output.'''
        ...
        ...     def map(self, words, valid, first):
        ...         ones = [64 * w + int(x).bit_length() - 1 for w, x in enumerate(words[0]) if x]
        ...         return first + max(ones) if ones else None
        ...
        ...     def combine(self, earlier, later):
        ...         return earlier if later is None else later
        >>> b = tc.Builder()
        >>> b.output("some", tc.any(b.inputs("x", 8)) & ~b.input("y"))
        >>> exhaustive(b.build(), Last()).value
        255
    """

    needs_pair: ClassVar[bool] = False
    """Whether the task only makes sense on two circuits."""

    @abstractmethod
    def map(self, words: Words, valid: Words, first: int) -> P:
        """The partial result of some vectors.

        Args:
            words: uint64, shape (outputs, words): bit j of word w belongs to vector
                ``first + 64*w + j``. Of two circuits: a 1 where they differ. Bits that are no
                vectors are 0.
            valid: uint64, shape (words,): a 1 for each bit that is a vector; all but perhaps the
                last are full.
            first: number of the first vector, a multiple of 64.
        """

    @abstractmethod
    def combine(self, earlier: P, later: P) -> P:
        """The partial result of two ranges, the second of which begins where the first ends."""

    def settled(self, partial: P) -> bool:  # noqa: ARG002
        """Whether no vector after this range can change the result; such vectors are left out."""
        return False

    def to_json(self, partial: P) -> object:
        """A partial result as what `json` can write."""
        return partial

    def from_json(self, data: object, extent: Extent) -> P:  # noqa: ARG002
        """The inverse of `to_json`; data may come from a damaged file.

        Raises:
            ValueError: this is no partial result of such a range; or any other error.
        """
        return data  # type: ignore[return-value]

    def describe(self) -> dict[str, object]:
        """What tells this task from others, for `json`: by default its class, and its fields."""
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        values: dict[str, object] = {}
        if is_dataclass(self):
            values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {"task": name, **values}


def check_count(value: object, most: int) -> int:
    """A number of vectors out of a file.

    Raises:
        ValueError: it is no integer from 0 to `most`.
    """
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{value!r:.40} is no number from 0 to {most}")
    return value


def check_list(value: object) -> list[object]:
    """A list out of a file.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, list):
        raise ValueError(f"{value!r:.40} is no list")  # noqa: TRY004 - one kind of error for files
    return value
