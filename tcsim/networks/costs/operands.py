"""Operands: what a cost formula knows of an array of integers: on how many wires its forms stand.

Every number here may be a sympy expression instead. In a circuit of numbers, `level` and the wires
of a `Support` may also be arrays, where they differ from place to place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.codes import Kind

Formula: TypeAlias = Any
"""A sympy expression or an integer."""


@dataclass(frozen=True)
class Support:
    """Wires that every form of an array reads of one origin.

    Attributes:
        origin: the value that the wires belong to, or that their gates were made for.
        wires: how many of them one form reads: a number, or an array broadcast over the shape.
        mixed: axes along which all forms read the same wires; along the others, different ones.
        overlapping: axes along which some forms read some wires of others, such as neighboring
            windows of a convolution: what is counted of several of them is an upper bound.
    """

    origin: int
    wires: Formula
    mixed: frozenset[int] = frozenset()
    overlapping: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Operands:
    """What the linear forms of an array stand on.

    Attributes:
        shape: axes of the array.
        supports: wires that one form reads, per origin.
        weight: upper bound of a form's largest absolute weight.
        level: of the latest wire of a form: a number, or an int array broadcast over the shape.
        kind: of the code, if each integer stands on wires of its own.
        steps: of that code.
        exact: whether the wires are exact; otherwise they are at most so many.
        least: of that code, a number: what an integer is with all its wires at 0. A network's cost
            fills it in.
        ragged: whether the digits of one integer may stand on different levels, of which `level` is
            the latest.
    """

    shape: tuple[Formula, ...]
    supports: tuple[Support, ...]
    weight: Formula
    level: Any = 0
    kind: Kind | None = None
    steps: Formula = 0
    exact: bool = True
    least: int = 0
    ragged: bool = False

    @property
    def count(self) -> Formula:
        """How many integers there are."""
        return product(self.shape)

    @property
    def wires(self) -> Formula:
        """Wires that one form reads; an array where they differ."""
        return total_of(one.wires for one in self.supports)

    @property
    def all_wires(self) -> Formula:
        """Wires that the forms read, summed over all forms."""
        return spread(self.wires, self.shape)

    @property
    def most_wires(self) -> Formula:
        """Most wires that a form reads."""
        return most(self.wires)

    @property
    def separate(self) -> bool:
        """Whether every value is known to stand on wires of its own."""
        return self.exact and not any(one.mixed or one.overlapping for one in self.supports)

    def pair(self, axis: int) -> Formula:
        """Wires that the difference of two forms at different places of an axis reads."""
        axis %= len(self.shape)
        return total_of(one.wires if axis in one.mixed else 2 * one.wires for one in self.supports)

    def reduced(self, axis: int, length: Formula, weight: Formula = 1) -> Operands:
        """What weighted sums along a whole axis stand on, with `length` of them in its place."""
        axis %= len(self.shape)
        rank = len(self.shape)
        supports = tuple(
            replace(
                one,
                wires=squeeze(
                    one.wires, axis, self.shape[axis], total=axis not in one.mixed, rank=rank
                ),
                mixed=one.mixed | {axis},
                overlapping=one.overlapping - {axis},
            )
            for one in self.supports
        )
        shape = (*self.shape[:axis], length, *self.shape[axis + 1 :])
        level = latest(self.level, axis, rank)
        if any(axis in one.mixed | one.overlapping for one in self.supports):
            weight = weight * self.shape[axis]  # the same wires again and again: weights add up
        exact = self.exact and self.apart(axis)
        return Operands(shape, supports, self.weight * weight, level, exact=exact)

    def apart(self, axis: int) -> bool:
        """Whether what forms at different places of an axis read is counted exactly."""
        axis %= len(self.shape)
        return all(axis not in one.overlapping for one in self.supports)


def product(factors: Any) -> Formula:  # noqa: ANN401
    """The product of formulas."""
    result: Formula = 1
    for factor in factors:
        result = result * factor
    return result


def total_of(terms: Any) -> Formula:  # noqa: ANN401
    """The sum of formulas or arrays."""
    result: Formula = 0
    for term in terms:
        result = result + term
    return result


def spread(amount: Formula, shape: tuple[Formula, ...]) -> Formula:
    """The sum over an array of a number for each place, or of an array broadcast over it."""
    if isinstance(amount, np.ndarray):
        return _plain(np.broadcast_to(amount, shape).sum(dtype=object))
    if isinstance(amount, Uneven):
        return amount.spread(shape)
    return amount * product(shape)


def most(amount: Formula) -> Formula:
    """The largest of an array, or the number itself."""
    if isinstance(amount, Uneven):
        return amount.most
    return _plain(amount.max()) if isinstance(amount, np.ndarray) else amount


def _plain(amount: Any) -> Formula:  # noqa: ANN401
    """A Python integer of NumPy's; a formula as it is."""
    return int(amount) if isinstance(amount, int | np.integer) else amount


def squeeze(wires: Formula, axis: int, length: Formula, *, total: bool, rank: int) -> Formula:
    """Wires of a sum along an axis: all of them, or those of one place where all are the same."""
    if isinstance(wires, Uneven):
        return wires.squeezed(axis - rank, length, total=total)
    if not isinstance(wires, np.ndarray):
        return wires * length if total else wires
    wires = wires.reshape((1,) * (rank - wires.ndim) + wires.shape)
    if wires.shape[axis] == 1:
        return wires * length if total else wires
    return wires.sum(axis, keepdims=True) if total else wires.max(axis, keepdims=True)


def latest(level: Any, axis: int, rank: int) -> Any:  # noqa: ANN401
    """The latest level along an axis."""
    if not isinstance(level, np.ndarray):
        return level
    full = level.reshape((1,) * (rank - level.ndim) + level.shape)
    return uniform(full.max(axis, keepdims=True))


def uniform(level: Any) -> Any:  # noqa: ANN401
    """One number in place of an array that holds it everywhere."""
    if isinstance(level, np.ndarray):
        low, high = int(level.min()), int(level.max())
        return low if low == high else level
    return level


def later(*levels: Any) -> Any:  # noqa: ANN401
    """The latest of levels, place by place."""
    result = levels[0]
    for level in levels[1:]:
        result = np.maximum(result, level)
    return uniform(result) if isinstance(result, np.ndarray) else int(result)


def largest(*values: Formula) -> Formula:
    """The largest of formulas or of numbers."""
    if all(isinstance(value, int | np.integer) for value in values):
        return max(map(int, values))
    import sympy

    return sympy.Max(*values, evaluate=False)  # its evaluation compares all pairs, slowly


def half(amount: Formula) -> Formula:
    """Half of an even number, or of a formula for one."""
    return amount // 2 if isinstance(amount, int) else amount / 2


def broadcast(
    operands: tuple[Operands, ...], constant: tuple[int, ...] = ()
) -> tuple[Operands, ...]:
    """Operands of one shape, as NumPy broadcasts them; `constant` is one more shape."""
    rank = max(len(constant), *(len(x.shape) for x in operands))
    shapes = [(1,) * (rank - len(x.shape)) + x.shape for x in operands]
    shapes.append((1,) * (rank - len(constant)) + constant)
    shape = tuple(_length(lengths) for lengths in zip(*shapes, strict=True))
    return tuple(_stretched(x, old, shape) for x, old in zip(operands, shapes[:-1], strict=True))


def _length(lengths: tuple[Formula, ...]) -> Formula:
    longer = [length for length in lengths if not (isinstance(length, int) and length == 1)]
    return longer[0] if longer else 1


def _stretched(x: Operands, old: tuple[Formula, ...], shape: tuple[Formula, ...]) -> Operands:
    """The operands with new axes in front; along those that it was spread over, all is shared."""
    before = len(shape) - len(x.shape)
    spread_over = {
        axis
        for axis, (length, whole) in enumerate(zip(old, shape, strict=True))
        if isinstance(length, int) and length == 1 and not (isinstance(whole, int) and whole == 1)
    }
    supports = tuple(
        replace(
            one,
            wires=_raised(one.wires, before),
            mixed=frozenset(axis + before for axis in one.mixed) | spread_over,
            overlapping=frozenset(axis + before for axis in one.overlapping) - spread_over,
        )
        for one in x.supports
    )
    return replace(x, shape=shape, supports=supports, level=_raised(x.level, before))


def _raised(amount: Any, before: int) -> Any:  # noqa: ANN401
    if not isinstance(amount, np.ndarray):
        return amount
    return amount.reshape((1,) * before + amount.shape)
