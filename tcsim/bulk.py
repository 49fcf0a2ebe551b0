"""Forms as arrays: bringing arrays from callers and files into the order that a Circuit wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.integers import as_array, as_int64, as_integers, from_list

if TYPE_CHECKING:
    from tcsim.typing import AnyIntegers, Integers

GATE = 1 << 40
"""In a Builder, gate g has the id GATE + g, so that inputs may still be added after gates."""


@dataclass(frozen=True)
class Forms:
    """Linear forms in compressed rows, operands strictly increasing within each.

    Attributes:
        starts: int64, shape (forms + 1,).
        operands: int64, shape (terms,).
        weights: integers of any size, shape (terms,).
    """

    starts: Integers
    operands: Integers
    weights: AnyIntegers


def wire_numbers(ids: Integers, n_inputs: int) -> Integers:
    """Builder ids as wire numbers of the finished circuit."""
    return np.where(ids >= GATE, ids - (GATE - n_inputs), ids)


def normalize_forms(operands: object, weights: object, starts: object = None) -> Forms:
    """Sort each form's operands and add up the weights of repeated ones.

    Args:
        operands: integers, shape (forms, fan-in), or (terms,) with `starts`.
        weights: integers of the same shape, or one integer for all.
        starts: int, shape (forms + 1,), where operands is one-dimensional.

    Raises:
        ArgumentError: the shapes do not fit together.
    """
    table = as_array(operands, "operands")
    if starts is None:
        if table.ndim != 2:
            raise ArgumentError(
                f"operands must have shape (forms, fan-in), not {table.shape}; "
                "or shape (terms,) together with starts="
            )
        rows, fan_in = table.shape
        begin = np.arange(rows + 1, dtype=np.int64) * fan_in
    else:
        begin = as_int64(starts, "starts")
    flat = as_int64(table.reshape(-1), "operands")
    falling = begin[1:] < begin[:-1]  # a difference could wrap around
    if len(begin) == 0 or begin[0] != 0 or begin[-1] != len(flat) or falling.any():
        raise ArgumentError(f"starts must increase from 0 to {len(flat)}, the number of operands")
    given = as_array(weights, "weights")
    if given.ndim == 0:
        values = as_integers([given.item()], "weights").repeat(len(flat))
    elif given.shape == table.shape:
        values = as_integers(given.reshape(-1), "weights")
    else:
        raise ArgumentError(f"weights have shape {given.shape}, operands {table.shape}")
    row = np.repeat(np.arange(len(begin) - 1), np.diff(begin))
    same_row = row[1:] == row[:-1] if len(row) else np.zeros(0, bool)
    if not (same_row & (flat[1:] <= flat[:-1])).any():
        return Forms(begin, flat, values)
    if starts is None:  # rows of one length: sorting them side by side is several times faster
        order = np.argsort(table, axis=1, kind="stable") + begin[:-1, None]
        flat, values = flat[order.reshape(-1)], values[order.reshape(-1)]
    else:
        order = np.lexsort((flat, row))
        flat, values = flat[order], values[order]
    fresh = np.ones(len(flat), bool)
    fresh[1:] = (row[1:] != row[:-1]) | (flat[1:] != flat[:-1])
    first = np.flatnonzero(fresh)
    if values.dtype != object and np.abs(values).sum(dtype=np.float64) > 2.0**62:
        values = values.astype(object)
    values = np.add.reduceat(values, first)
    if values.dtype == object:
        values = from_list(values.tolist())
    counts = np.bincount(row[first], minlength=len(begin) - 1)
    return Forms(np.concatenate(([0], np.cumsum(counts))), flat[first], values)
