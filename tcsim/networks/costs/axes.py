"""Axes: what is known of an array, put under other axes.

Wires that differ from place to place are an array in a circuit of numbers, `Uneven` in formulas.
Levels that differ are an array in both: each is a number of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.operands import (
    Operands,
    Support,
    largest,
    total_of,
    uniform,
)
from tcsim.networks.costs.parts import put_in
from tcsim.networks.costs.uneven import Factor, Uneven, simple, terms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities


def symbol(axis: int | str) -> Formula:
    """The length of an axis, or the symbol of one that has a name and no number."""
    if isinstance(axis, int):
        return axis
    import sympy

    return sympy.Symbol(axis, integer=True, positive=True)


def number(length: Formula, quantity: Quantities) -> int | None:
    """The number that a formula stands for in this network; None where an axis has only a name."""
    if isinstance(length, int | np.integer):
        return int(length)
    found = put_in(length, quantity)
    return int(found) if found.is_Integer else None


def full(amount: Any, rank: int) -> Any:  # noqa: ANN401
    """An array with as many axes as its values have."""
    return amount.reshape((1,) * (rank - amount.ndim) + amount.shape)


def remapped(x: Operands, shape: tuple[Formula, ...], sources: Sequence[int | None]) -> Operands:
    """Under axes in another order.

    Args:
        x: what is known of the array.
        shape: its new axes.
        sources: for each, the old axis that it is; None for a new axis of length 1. Old axes that
            are left out have length 1.
    """
    rank = len(x.shape)
    places = {old: new for new, old in enumerate(sources) if old is not None}

    def names(axes: Iterable[int]) -> frozenset[int]:
        return frozenset(places[axis] for axis in axes if axis in places)

    def amounts(amount: Any) -> Any:  # noqa: ANN401
        if isinstance(amount, Uneven):
            return amount.renamed({a - rank: b - len(shape) for a, b in places.items()})
        if not isinstance(amount, np.ndarray):
            return amount
        gone = tuple(axis for axis in range(rank) if axis not in places)
        kept = [axis for axis in range(rank) if axis in places]
        order = [kept.index(axis) for axis in sources if axis is not None]
        moved = full(amount, rank).max(axis=gone).transpose(order)
        return np.expand_dims(moved, tuple(n for n, axis in enumerate(sources) if axis is None))

    return _under(x, shape, names, amounts)


def unfolded(x: Operands, axis: int, lengths: tuple[int, ...]) -> Operands:
    """With one axis, along which all places are alike or listed, split into several."""
    rank, more = len(x.shape), len(lengths) - 1

    def names(axes: Iterable[int]) -> frozenset[int]:
        whole = range(axis, axis + more + 1)
        return frozenset(b for a in axes for b in (whole if a == axis else [a + more * (a > axis)]))

    def amounts(amount: Any) -> Any:  # noqa: ANN401
        if isinstance(amount, Uneven):
            return amount.renamed({a - rank: a - rank - more * (a < axis) for a in range(rank)})
        if not isinstance(amount, np.ndarray):
            return amount
        whole = full(amount, rank)
        middle = lengths if whole.shape[axis] != 1 else (1,) * len(lengths)
        return whole.reshape((*whole.shape[:axis], *middle, *whole.shape[axis + 1 :]))

    return _under(x, (*x.shape[:axis], *lengths, *x.shape[axis + 1 :]), names, amounts)


def _under(
    x: Operands,
    shape: tuple[Formula, ...],
    names: Callable[[Iterable[int]], frozenset[int]],
    amounts: Callable[[Any], Any],
) -> Operands:
    """Under other axes: `names` has the new ones of old ones, `amounts` moves what varies."""
    supports = tuple(
        replace(
            one,
            wires=amounts(one.wires),
            mixed=names(one.mixed),
            overlapping=names(one.overlapping),
        )
        for one in x.supports
    )
    return replace(x, shape=shape, supports=supports, level=amounts(x.level))


def inserted(x: Operands, place: int) -> Operands:
    """With a new axis of length 1."""
    rank = len(x.shape)
    sources = [*range(place), None, *range(place, rank)]
    return remapped(x, (*x.shape[:place], 1, *x.shape[place:]), sources)


def dropped(x: Operands, gone: Iterable[int]) -> Operands:
    """Without some axes of length 1."""
    kept = [axis for axis in range(len(x.shape)) if axis not in gone]
    return remapped(x, tuple(x.shape[axis] for axis in kept), kept)


def picked(x: Operands, axis: int, pick: Any, length: Formula, *, twice: bool = False) -> Operands:  # noqa: ANN401
    """Some places of an axis.

    Args:
        x: what is known of the array.
        axis: which, from 0.
        pick: the places, as an index of an array.
        length: how many.
        twice: whether some are picked more than once.
    """
    rank = len(x.shape)
    exact = x.exact

    def amounts(amount: Any) -> Any:  # noqa: ANN401
        nonlocal exact
        if isinstance(amount, Uneven):
            if not any(axis - rank in factors for _, factors in amount.terms):
                return amount
            exact = False  # which of them were picked is not known
            return amount.squeezed(axis - rank, 1, total=False)
        if not isinstance(amount, np.ndarray) or full(amount, rank).shape[axis] == 1:
            return amount
        return full(amount, rank)[(*(slice(None),) * axis, pick)]

    supports = tuple(
        replace(
            one,
            wires=amounts(one.wires),
            overlapping=one.overlapping | ({axis} - one.mixed if twice else set()),
        )
        for one in x.supports
    )
    level = uniform(amounts(x.level))
    shape = (*x.shape[:axis], length, *x.shape[axis + 1 :])
    return replace(x, shape=shape, supports=supports, level=level, exact=exact)


def joined(operands: Sequence[Operands], axis: int, origin: int, quantity: Quantities) -> Operands:
    """Arrays one after the other along an axis."""
    rank = len(operands[0].shape)
    axis %= rank
    lengths = [x.shape[axis] for x in operands]
    supports: dict[int, Support] = {}
    for part, x in enumerate(operands):
        for one in x.supports:
            wires = _within(one.wires, rank, axis, lengths, part, origin, quantity)
            made = replace(one, wires=wires)
            if one.origin in supports:
                other = supports[one.origin]
                made = Support(
                    one.origin,
                    other.wires + wires,
                    (other.mixed & one.mixed) - {axis},
                    other.overlapping | one.overlapping | (other.mixed ^ one.mixed) | {axis},
                )
            supports[one.origin] = made
    first = operands[0]
    coded = len({(x.kind, number(x.steps, quantity)) for x in operands}) == 1
    level, known = _levels([x.level for x in operands], rank, axis, lengths, quantity)
    return Operands(
        (*first.shape[:axis], total_of(lengths), *first.shape[axis + 1 :]),
        tuple(supports.values()),
        largest(*dict.fromkeys(x.weight for x in operands)),
        level,
        first.kind if coded else None,
        first.steps if coded else 0,
        known and all(x.exact for x in operands),
    )


def extended(
    x: Operands, axis: int, before: int, after: int, origin: int, quantity: Quantities
) -> Operands:
    """With places on both sides of an axis that read nothing."""
    rank = len(x.shape)
    lengths = [before, x.shape[axis], after]
    supports = tuple(
        replace(one, wires=_within(one.wires, rank, axis, lengths, 1, origin, quantity))
        for one in x.supports
    )
    level, known = _levels([0, x.level, 0], rank, axis, lengths, quantity)
    shape = (*x.shape[:axis], total_of(lengths), *x.shape[axis + 1 :])
    return Operands(shape, supports, x.weight, level, exact=x.exact and known)


def _within(
    wires: Formula,
    rank: int,
    axis: int,
    lengths: list[Formula],
    part: int,
    origin: int,
    quantity: Quantities,
) -> Formula:
    """Wires in one part of an axis, and none in the others."""
    if quantity.symbolic:
        terms = []
        for amount, factors in terms_of(wires):
            old = factors.get(axis - rank, Factor(lengths[part], 1))
            factor = Factor(old.total, old.most, ((origin, part), *old.path))
            terms.append((amount, {**factors, axis - rank: factor}))
        return simple(terms)
    inner = full(np.asarray(wires, np.int64), rank)
    shape = [*inner.shape]
    shape[axis] = sum(lengths)
    made = np.zeros(shape, np.int64)
    start = sum(lengths[:part])
    made[(*(slice(None),) * axis, slice(start, start + lengths[part]))] = inner
    return made


def _levels(
    levels: list[Any], rank: int, axis: int, lengths: list[Formula], quantity: Quantities
) -> tuple[Any, bool]:
    """Levels one after the other along an axis, and whether they are known place by place."""
    arrays = [full(np.asarray(level), rank) for level in levels]
    inner = [
        array
        for array, length in zip(arrays, lengths, strict=True)
        if number(length, quantity) != 0
    ]
    low, high = (min(int(one.min()) for one in inner), max(int(one.max()) for one in inner))
    if low == high:
        return low, True
    numbers = [number(length, quantity) for length in lengths]
    if any(one is None for one in numbers):
        return high, False
    whole = np.broadcast_shapes(*((*a.shape[:axis], 1, *a.shape[axis + 1 :]) for a in arrays))
    parts = [
        np.broadcast_to(array, (*whole[:axis], int(length or 0), *whole[axis + 1 :]))
        for array, length in zip(arrays, numbers, strict=True)
    ]
    return np.concatenate(parts, axis=axis), True
