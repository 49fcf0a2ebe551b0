"""Integers to the packed words of their codes and back: thermometer, binary, one-hot.

To encode, 64 rows at a time are turned into columns of 64 bytes, integers less the smallest. One
comparison of 64 bytes with a number is then one word of a thermometer or one-hot code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tcsim.simulate.kernels.encoding_steps import (
    above1,
    above8,
    digit1,
    digit8,
    equal1,
    equal8,
    narrow_bytes1,
    narrow_bytes8,
    narrow_longs1,
    narrow_longs8,
    turn_64_columns,
)
from tcsim.simulate.kernels.jit import jit, jit_cached

THERMOMETER, BINARY, ONE_HOT = range(3)

TILE = 256
"""Columns of integers that are handled at a time, a multiple of 64."""

SCRATCH_BYTES = 9 * 64 * TILE
"""Bytes of scratch that `encode` needs."""

ONES = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@jit_cached
def encode(
    source: int,
    size: int,
    pitch: int,
    stride: int,
    columns: int,
    blocks: int,
    lo: int,
    steps: int,
    kind: int,
    wires: int,
    target: int,
    target_pitch: int,
    scratch: int,
) -> int:
    """The words of rows of integers, 64 rows a block.

    Args:
        source: address of the first integer.
        size: 1 where they are unsigned bytes, 8 where they are int64.
        pitch: bytes from row to row.
        stride: bytes from column to column.
        columns: integers in a row.
        blocks: words a wire.
        lo: the smallest integer.
        steps: the largest less the smallest, at most 255.
        kind: `THERMOMETER`, `BINARY` or `ONE_HOT`.
        wires: wires of an integer.
        target: address of the words of the first integer's first wire.
        target_pitch: bytes from one wire's words to the next's.
        scratch: address of `SCRATCH_BYTES`.

    Returns:
        Not 0 where an integer is not in ``lo .. lo + steps``.
    """
    outside = 0
    for left in range(0, columns, TILE):
        width = min(TILE, columns - left)
        for first in range(0, blocks, 8):
            count = min(8, blocks - first)
            for block in range(count):
                start = source + 64 * (first + block) * pitch + left * stride
                lanes = scratch + (1 + block) * 64 * TILE
                outside |= _turn(start, size, pitch, stride, width, lo, steps, lanes, scratch)
            for column in range(width):
                lanes = scratch + 64 * TILE + 64 * column
                words = target + (left + column) * wires * target_pitch + 8 * first
                for wire in range(wires):
                    _word(lanes, kind, wire, words + wire * target_pitch, count)
    return outside


@jit
def _turn(
    source: int,
    size: int,
    pitch: int,
    stride: int,
    width: int,
    lo: int,
    steps: int,
    lanes: int,
    scratch: int,
) -> int:
    """Column c of 64 rows, less `lo`, becomes the 64 bytes at ``lanes + 64*c``."""
    outside = 0
    for row in range(64):
        at, to, column = source + row * pitch, scratch + row * TILE, 0
        if size == 8:
            while stride == 8 and column + 8 <= width:
                outside |= narrow_longs8(at + 8 * column, lo, steps, to + column)
                column += 8
            while column < width:
                outside |= narrow_longs1(at + stride * column, lo, steps, to + column)
                column += 1
        else:
            while stride == 1 and column + 8 <= width:
                outside |= narrow_bytes8(at + column, lo, steps, to + column)
                column += 8
            while column < width:
                outside |= narrow_bytes1(at + stride * column, lo, steps, to + column)
                column += 1
    for column in range(0, width, 64):
        for row in range(0, 64, 8):
            turn_64_columns(scratch + row * TILE + column, TILE, lanes + 64 * column + row)
    return outside


@jit
def _word(lanes: int, kind: int, wire: int, target: int, count: int) -> None:
    """The words of one wire in `count` blocks."""
    if kind == THERMOMETER:
        if count == 8:
            above8(lanes, 64 * TILE, wire, target)
        else:
            for block in range(count):
                above1(lanes + 64 * TILE * block, 0, wire, target + 8 * block)
    elif kind == ONE_HOT:
        if count == 8:
            equal8(lanes, 64 * TILE, wire, target)
        else:
            for block in range(count):
                equal1(lanes + 64 * TILE * block, 0, wire, target + 8 * block)
    elif count == 8:
        digit8(lanes, 64 * TILE, 1 << wire, target)
    else:
        for block in range(count):
            digit1(lanes + 64 * TILE * block, 0, 1 << wire, target + 8 * block)


@jit_cached
def decode(words: Any, lo: int, steps: int, kind: int, weights: Any, values: Any) -> bool:
    """The integers that words stand for.

    Args:
        words: uint64, shape (columns * wires, words).
        lo: the smallest integer.
        steps: the largest less the smallest.
        kind: `THERMOMETER`, `BINARY` or `ONE_HOT`.
        weights: int64, shape (wires,): what each bit adds.
        values: int64, shape (rows, columns), at most 64 rows a word, written.

    Returns:
        Whether the bits of each row are a word of the code.
    """
    good = True
    wires = len(weights)
    sums = np.empty(64, np.int64)
    for word in range(-(-values.shape[0] // 64)):
        rows = min(64, values.shape[0] - 64 * word)
        used = ONES >> np.uint64(64 - rows)
        for column in range(values.shape[1]):
            sums[:] = lo
            wrong, once, before = np.uint64(0), np.uint64(0), ONES
            for wire in range(wires):
                bits, weight = words[column * wires + wire, word], weights[wire]
                for row in range(64):
                    sums[row] += np.int64(bits >> np.uint64(row) & np.uint64(1)) * weight
                if kind == THERMOMETER:
                    wrong |= bits & ~before
                elif kind == ONE_HOT:
                    wrong |= bits & once
                before = bits
                once |= bits
            if kind == ONE_HOT:
                wrong |= ~once
            good &= wrong & used == 0
            for row in range(rows):
                good &= sums[row] <= lo + steps
                values[64 * word + row, column] = sums[row]
    return good
