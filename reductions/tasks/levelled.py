"""Families of circuits in levels: a block of them, evaluated and filtered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.draws import mixed

if TYPE_CHECKING:
    from tcsim.typing import Integers, Words


@dataclass(frozen=True, eq=False)
class Levelled:
    """Circuits in levels, one a row; see `kernels.levels` for the numbering.

    Attributes:
        kind: int64, shape (rows, depth, width).
        operands: int64, shape (rows, depth, width, fan-in): places in the level before; -1: none.
        values: int64, shape (rows, depth + 1, width), of inputs and gates.
        answer: int64, shape (rows,).
        spanned: bool, shape (rows,): whether a path of gates that all affect the answer leads
            through all levels.
    """

    kind: Integers
    operands: Integers
    values: Integers
    answer: Integers
    spanned: np.ndarray


def levelled(
    inputs: Integers, kind: Integers, operands: Integers, output: Integers, modulus: int = 2
) -> Levelled:
    """Evaluate circuits and find out whether they are spanned.

    Args:
        inputs: int64, shape (rows, width).
        kind: int64, broadcast to shape (rows, depth, width).
        operands: int64, broadcast to shape (rows, depth, width, fan-in).
        output: int64, shape (rows,): a place in the last level, or -1: the answer is the highest
            level that has a 1.
        modulus: of all values.
    """
    from reductions.tasks.kernels.levels import span_all

    rows, width = inputs.shape
    depth, fan_in = operands.shape[-3], operands.shape[-1]
    kind = np.ascontiguousarray(np.broadcast_to(kind, (rows, depth, width)))
    operands = np.ascontiguousarray(np.broadcast_to(operands, (rows, depth, width, fan_in)))
    values = np.zeros((rows, depth + 1, width), np.int64)
    values[:, 0] = inputs
    spans = np.zeros(rows, bool)
    wires = (depth + 1, width)
    shapes = (wires, wires, (depth, 4 * width), wires, (depth + 1, 3), wires)
    work = tuple(np.zeros(shape, np.int64) for shape in shapes)
    span_all(kind, operands, modulus, values, output, spans, work)
    if output[0] < 0:
        ones = (values[:, 1:] == 1).any(axis=2)
        answer = np.where(ones.any(axis=1), depth - ones[:, ::-1].argmax(axis=1), 0)
    else:
        answer = values[np.arange(rows), depth, output]
    return Levelled(kind, operands, values, answer, spans)


def unfolded(one: Levelled, ordered: tuple[int, ...] = ()) -> Words:
    """Of every wire a hash of its formula: the same however wires are numbered or operands swapped.

    Args:
        one: circuits with gates of at most two operands.
        ordered: kinds of gates whose operands may not be swapped.

    Returns:
        uint64, shape (rows, depth + 1, width).
    """
    rows, depth, width = one.kind.shape
    found = np.zeros((rows, depth + 1, width), np.uint64)
    found[:, 0] = mixed(one.values[:, 0])
    for level in range(depth):
        below = found[:, level]
        first, second = (
            np.take_along_axis(below, np.maximum(one.operands[:, level, :, at], 0), axis=1)
            for at in (0, 1)
        )
        second = np.where(one.operands[:, level, :, 1] < 0, np.uint64(0), second)
        kind = one.kind[:, level]
        first = np.where(np.isin(kind, ordered), mixed(first), first)
        found[:, level + 1] = mixed(mixed(first + second) ^ mixed(kind + 1))
    return found
