"""Arrangement: no gate. What each form reads goes with it to its new place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.axes import (
    dropped,
    extended,
    inserted,
    joined,
    number,
    picked,
    remapped,
    symbol,
    unfolded,
)
from tcsim.networks.costs.operands import broadcast
from tcsim.networks.costs.reshaping import reshaped
from tcsim.networks.operations import arrangement as operations

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula, Operands
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.axes import Arrangement


def cost(
    operation: Arrangement, quantity: Quantities, origin: int, *operands: Operands
) -> tuple[Operands, list[Part]]:
    """Each kind of arrangement renames axes in its own way."""
    return _moved(operation, quantity, origin, operands), []


def _moved(
    operation: Arrangement,
    quantity: Quantities,
    origin: int,
    operands: tuple[Operands, ...],
) -> Operands:
    x = operands[0]
    rank = len(x.shape)
    match operation:
        case operations.Concatenate():
            return joined(operands, operation.axis, origin, quantity)
        case operations.Stack():
            place = operation.axis % (rank + 1)
            return joined([inserted(one, place) for one in operands], place, origin, quantity)
        case operations.Reshape():
            return reshaped(x, operation.shape, quantity)
        case operations.Broadcast():
            return _broadcast(x, tuple(map(symbol, operation.shape)))
        case operations.Transpose():
            return remapped(x, tuple(x.shape[axis] for axis in operation.order), operation.order)
        case operations.Pad():
            for axis, (before, after) in enumerate(operation.widths, rank - len(operation.widths)):
                x = extended(x, axis, before, after, origin, quantity)
            return replace(x, kind=None, steps=0)
        case operations.Gather():
            return _gathered(x, operation.axis % rank, operation.indices, quantity)
        case operations.Slice():
            axis = operation.axis % rank
            ends = slice(operation.start, operation.stop, operation.step)
            return picked(x, axis, ends, _length(x.shape[axis], operation))
        case _:
            raise AssertionError(operation)


def _broadcast(x: Operands, shape: tuple[Formula, ...]) -> Operands:
    """Values keep their codes; along new axes all forms read the same wires."""
    (wide,) = broadcast((x,), shape)
    new = frozenset(range(len(shape) - len(x.shape)))
    supports = tuple(replace(one, mixed=one.mixed | new) for one in wide.supports)
    return replace(wide, supports=supports)


def _gathered(x: Operands, axis: int, indices: np.ndarray, quantity: Quantities) -> Operands:
    flat = indices.reshape(-1)
    length = number(x.shape[axis], quantity)
    # Counted from the end, a place has another index, which one is not known without a length.
    places = flat if length is None else flat % length
    unclear = length is None and bool((flat < 0).any() and (flat >= 0).any())
    twice = unclear or len(np.unique(places)) < len(flat)
    found = picked(x, axis, flat, len(flat), twice=twice)
    if indices.ndim == 1:
        return found
    if indices.ndim == 0:
        return dropped(found, [axis])
    return unfolded(found, axis, indices.shape)


def _length(length: Formula, part: operations.Slice) -> Formula:
    """How many places a slice leaves of an axis."""
    if isinstance(length, int):
        return len(range(length)[part.start : part.stop : part.step])
    import sympy

    low, high = (0, length) if part.step > 0 else (length - 1, -1)
    start, stop = (
        default if end is None else end if end >= 0 else length + end
        for end, default in ((part.start, low), (part.stop, high))
    )
    return sympy.ceiling((stop - start) / sympy.Integer(part.step))
