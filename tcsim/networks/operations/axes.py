"""Axes: what operations that move values have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[Any]
    """Integers, or whatever stands for them, with an axis of rows in front."""
    Axis: TypeAlias = int | str
    """The length of an axis, or the name of one that has no number yet."""


class Arrangement(Immutable):
    """What `Reshape`, `Gather` and their like have in common: they work on arrays of anything."""

    __slots__ = ()

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`; `operands` may hold other things than integers."""
        raise NotImplementedError

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: exact ranges; a code where all operands have the same."""
        self.check(*(x.shape for x in operands))
        lo, hi = (self(*(x.full()[end][None] for x in operands))[0] for end in (0, 1))
        codes = {x.code for x in operands}
        code = operands[0].code if len(codes) == 1 else None
        low, high = compact(lo, hi)
        return Values(lo.shape, low, high, code)

    def check(self, *shapes: tuple[int, ...]) -> None:
        """Refuse operands of shapes that do not fit.

        Raises:
            NetworkError: they do not.
        """
        if len(shapes) != 1:
            raise NetworkError(f"{self!r} takes one operand, not {len(shapes)}")


def behind(axis: int, rank: int) -> int:
    """An axis of values of some rank, in an array that has rows in front.

    Raises:
        NetworkError: there is no such axis.
    """
    if not -rank <= axis < rank:
        raise NetworkError(f"there is no axis {axis} among {rank}")
    return axis % rank + 1


def compact(lo: Array, hi: Array) -> tuple[Array, Array]:
    """Ranges that are the same everywhere as one number each."""
    if all(end.size and end.min() == end.max() for end in (lo, hi)):
        return lo.reshape(-1)[0], hi.reshape(-1)[0]
    return lo, hi


def axes_of(shape: Iterable[Axis], least: int) -> tuple[Axis, ...]:
    """A shape of lengths and names.

    Raises:
        NetworkError: something else.
    """
    if isinstance(shape, str) or not hasattr(shape, "__iter__"):
        raise NetworkError(f"a shape is a sequence of lengths and names, not {shape!r}")
    made = tuple(shape)
    for axis in made:
        named = isinstance(axis, str) and axis.isidentifier()
        if not named and not (isinstance(axis, int) and axis >= least):
            raise NetworkError(f"an axis is a length or a name, not {axis!r}")
    return made


def numbers_of(shape: tuple[Axis, ...]) -> tuple[int, ...]:
    """A shape whose axes all have numbers.

    Raises:
        NetworkError: one has only a name.
    """
    for axis in shape:
        if isinstance(axis, str):
            raise NetworkError(f"axis {axis!r} has no number: use network.at({axis}=...)")
    return tuple(map(int, shape))


def written(shape: tuple[Axis, ...]) -> str:
    """A shape for people."""
    return " x ".join(map(str, shape))
