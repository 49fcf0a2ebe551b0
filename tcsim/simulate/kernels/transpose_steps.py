"""Steps of `tcsim.simulate.kernels.transpose`: a few rows of bytes, a few words."""

from __future__ import annotations

from functools import partial
from typing import Any

from llvmlite import ir

from tcsim.simulate.kernels.steps import (
    BYTE,
    EIGHT_BYTES,
    EIGHT_LONGS,
    LONG,
    as_long,
    four,
    load,
    splat,
    store,
    three,
)

_SQUARE_SWAPS = ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0))


def _merge(width: int, b: Any, source: Any, pitch: Any, target: Any) -> Any:
    """Row s of eight rows of 0/1 bytes becomes bit s of the bytes of one row.

    Returns:
        Not 0 where a byte is neither 0 nor 1.
    """
    # Shifts of 64-bit lanes are cheap, and bytes of 0 and 1 do not spill into their neighbors.
    kind = ir.VectorType(LONG, width // 8) if width > 1 else ir.VectorType(BYTE, 1)
    merged = seen = load(b, source, kind)
    for s in range(1, 8):
        row = load(b, b.add(source, b.mul(pitch, LONG(s))), kind)
        seen = b.or_(seen, row)
        merged = b.or_(merged, b.shl(row, splat(kind, s)))
    store(b, merged, target)
    bytes_seen = ir.VectorType(BYTE, width)
    strange = b.icmp_unsigned(">", b.bitcast(seen, bytes_seen), splat(bytes_seen, 1))
    return as_long(b, b.bitcast(strange, ir.IntType(width)))


def _split(width: int, b: Any, source: Any, target: Any, pitch: Any) -> Any:
    """The inverse of `_merge`."""
    kind = ir.VectorType(LONG, width // 8) if width > 1 else ir.VectorType(BYTE, 1)
    ones = splat(kind, 0x0101010101010101 if width > 1 else 1)
    merged = load(b, source, kind)
    for s in range(8):
        row = b.and_(b.lshr(merged, splat(kind, s)), ones)
        store(b, row, b.add(target, b.mul(pitch, LONG(s))))
    return LONG(0)


merge64, merge8, merge1 = (three(partial(_merge, width)) for width in (64, 8, 1))
split64, split8, split1 = (three(partial(_split, width)) for width in (64, 8, 1))


@three
def squares_to_words(b: Any, source: Any, pitch: Any, target: Any) -> Any:
    """Eight columns of eight bytes, one a row, become words: bit s of byte r is bit r of byte s."""
    words = b.zext(load(b, source, EIGHT_BYTES), EIGHT_LONGS)
    for r in range(1, 8):
        row = b.zext(load(b, b.add(source, b.mul(pitch, LONG(r))), EIGHT_BYTES), EIGHT_LONGS)
        words = b.or_(words, b.shl(row, splat(EIGHT_LONGS, 8 * r)))
    store(b, _transpose_squares(b, words), target)
    return LONG(0)


@three
def words_to_squares(b: Any, source: Any, target: Any, pitch: Any) -> Any:
    """The inverse of `squares_to_words`; rows are written from the first to the last."""
    words = _transpose_squares(b, load(b, source, EIGHT_LONGS))
    for r in range(8):
        row = b.trunc(b.lshr(words, splat(EIGHT_LONGS, 8 * r)), EIGHT_BYTES)
        store(b, row, b.add(target, b.mul(pitch, LONG(r))))
    return LONG(0)


def _transpose_squares(b: Any, words: Any) -> Any:
    """See `tcsim.simulate.tiles`: blocks of 1, 2, then 4 bits are swapped across the diagonal."""
    for shift, mask in _SQUARE_SWAPS:
        by = splat(EIGHT_LONGS, shift)
        moved = b.and_(b.xor(words, b.lshr(words, by)), splat(EIGHT_LONGS, mask))
        words = b.xor(b.xor(words, moved), b.shl(moved, by))
    return words


def _move_words(count: int, b: Any, source: Any, source_pitch: Any, target: Any, pitch: Any) -> Any:
    """Words from places at one distance to places at another."""
    words = [load(b, b.add(source, b.mul(source_pitch, LONG(i))), LONG) for i in range(count)]
    for i, word in enumerate(words):
        store(b, word, b.add(target, b.mul(pitch, LONG(i))))
    return LONG(0)


move8, move1 = (four(partial(_move_words, count)) for count in (8, 1))


@three
def bits_of_64(b: Any, source: Any, target: Any, _: Any) -> Any:
    """64 bytes in a row that are 0 or 1 become the bits of a word.

    Returns:
        Not 0 where a byte is neither 0 nor 1.
    """
    kind = ir.VectorType(BYTE, 64)
    values = load(b, source, kind)
    store(b, b.bitcast(b.icmp_unsigned("!=", values, splat(kind, 0)), LONG), target)
    return b.bitcast(b.icmp_unsigned(">", values, splat(kind, 1)), LONG)
