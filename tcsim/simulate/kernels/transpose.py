"""Rows of 0/1 bytes to packed words and back, at the speed of memory.

Vectors are taken 64 at a time, as eight groups of eight rows: row ``8*s + r`` is row r of group s.
`merge` makes one group of all, in which bit s of a byte is the byte of group s. Then each column
has eight bytes, which `squares_to_words` transposes as a square of 8 by 8 bits: bit ``8*s + r`` of
the column's word is the byte of row ``8*s + r``.

The words of eight such blocks are collected in a tile, so that each column's are written as one
line of the cache. Where rows follow each other without gaps, a group is one long row to `merge`.
"""

from __future__ import annotations

from tcsim.simulate.kernels.jit import jit, jit_cached
from tcsim.simulate.kernels.transpose_steps import (
    bits_of_64,
    merge1,
    merge8,
    merge64,
    move1,
    move8,
    split1,
    split8,
    split64,
    squares_to_words,
    words_to_squares,
)

TILE = 1024
"""Columns that are handled at a time."""


def scratch_bytes(columns: int) -> int:
    """Bytes of scratch that `pack_rows` and `unpack_rows` need."""
    width = min(columns, TILE) + 8
    return 8 * width + 8 * 8 * width


@jit_cached
def pack_rows(
    source: int, pitch: int, columns: int, blocks: int, target: int, target_pitch: int, scratch: int
) -> int:
    """Pack 64 vectors a block, each a row of 0/1 bytes.

    Args:
        source: address of the first row.
        pitch: bytes from row to row.
        columns: bytes in a row.
        blocks: words a column.
        target: address of the first column's words.
        target_pitch: bytes from one column's words to the next's.
        scratch: address of `scratch_bytes`.

    Returns:
        Not 0 where a byte is neither 0 nor 1.
    """
    strange = 0
    for left in range(0, columns, TILE):
        width = min(TILE, columns - left)
        tile, tile_pitch = scratch + 8 * (width + 8), 8 * (width + 8)
        rows, length = (1, 8 * width) if pitch == width else (8, width)
        for first in range(0, blocks, 8):
            count = min(8, blocks - first)
            for block in range(count):
                start = source + 64 * (first + block) * pitch + left
                for row in range(rows):
                    strange |= _merge_row(
                        start + row * pitch, 8 * pitch, scratch + row * width, length
                    )
                words = tile + block * tile_pitch
                for column in range(0, width, 8):
                    squares_to_words(scratch + column, width, words + 8 * column)
            line = target + left * target_pitch + 8 * first
            for column in range(width):
                _move(tile + 8 * column, tile_pitch, line + column * target_pitch, 8, count)
    return strange


@jit_cached
def unpack_rows(
    source: int, source_pitch: int, columns: int, blocks: int, target: int, pitch: int, scratch: int
) -> None:
    """The inverse of `pack_rows`.

    Args:
        source: address of the first column's words.
        source_pitch: bytes from one column's words to the next's.
        columns: bytes in a row.
        blocks: words a column.
        target: address of the first row, written.
        pitch: bytes from row to row.
        scratch: address of `scratch_bytes`.
    """
    for left in range(0, columns, TILE):
        width = min(TILE, columns - left)
        tile, tile_pitch = scratch + 8 * (width + 8), 8 * (width + 8)
        rows, length = (1, 8 * width) if pitch == width else (8, width)
        for first in range(0, blocks, 8):
            count = min(8, blocks - first)
            line = source + left * source_pitch + 8 * first
            for column in range(width):
                _move(line + column * source_pitch, 8, tile + 8 * column, tile_pitch, count)
            for block in range(count):
                words = tile + block * tile_pitch
                # From the right: the last square of a row reaches into the next row's first.
                for column in range((width - 1) // 8 * 8, -1, -8):
                    words_to_squares(words + 8 * column, scratch + column, width)
                start = target + 64 * (first + block) * pitch + left
                for row in range(rows):
                    _split_row(scratch + row * width, start + row * pitch, 8 * pitch, length)


@jit_cached
def pack_columns(
    source: int, pitch: int, columns: int, blocks: int, target: int, target_pitch: int
) -> int:
    """As `pack_rows`, where the vectors' bytes follow each other in each column.

    Args:
        source: address of the first column.
        pitch: bytes from column to column.
        columns: number of columns.
        blocks: words a column.
        target: address of the first column's words.
        target_pitch: bytes from one column's words to the next's.

    Returns:
        Not 0 where a byte is neither 0 nor 1.
    """
    strange = 0
    for column in range(columns):
        start, words = source + column * pitch, target + column * target_pitch
        for block in range(blocks):
            strange |= bits_of_64(start + 64 * block, words + 8 * block, 0)
    return strange


@jit
def _merge_row(source: int, pitch: int, target: int, length: int) -> int:
    strange = at = 0
    while at + 64 <= length:
        strange |= merge64(source + at, pitch, target + at)
        at += 64
    while at + 8 <= length:
        strange |= merge8(source + at, pitch, target + at)
        at += 8
    while at < length:
        strange |= merge1(source + at, pitch, target + at)
        at += 1
    return strange


@jit
def _split_row(source: int, target: int, pitch: int, length: int) -> None:
    at = 0
    while at + 64 <= length:
        split64(source + at, target + at, pitch)
        at += 64
    while at + 8 <= length:
        split8(source + at, target + at, pitch)
        at += 8
    while at < length:
        split1(source + at, target + at, pitch)
        at += 1


@jit
def _move(source: int, source_pitch: int, target: int, pitch: int, count: int) -> None:
    if count == 8:
        move8(source, source_pitch, target, pitch)
    else:
        for word in range(count):
            move1(source + word * source_pitch, 0, target + word * pitch, 0)
