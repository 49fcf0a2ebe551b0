"""Steps of `tcsim.simulate.kernels.encoding`: integers to bytes, rows to columns, comparisons."""

from __future__ import annotations

from functools import partial
from typing import Any

from llvmlite import ir

from tcsim.simulate.kernels.steps import (
    BYTE,
    EIGHT_LONGS,
    LONG,
    as_long,
    four,
    load,
    splat,
    spread,
    store,
    three,
)

_BYTE_SWAPS = ((1, 8, 0x00FF00FF00FF00FF), (2, 16, 0x0000FFFF0000FFFF), (4, 32, 0xFFFFFFFF))


def _narrow(bits: int, count: int, b: Any, source: Any, lo: Any, steps: Any, target: Any) -> Any:
    """Integers less `lo` as bytes.

    Returns:
        Not 0 where one is not in ``lo .. lo + steps``.
    """
    wide = ir.VectorType(LONG, count)
    values = load(b, source, ir.VectorType(ir.IntType(bits), count))
    values = values if bits == LONG.width else b.zext(values, wide)
    above = b.sub(values, spread(b, lo, wide))
    store(b, b.trunc(above, ir.VectorType(BYTE, count)), target)
    outside = b.icmp_unsigned(">", above, spread(b, steps, wide))
    return as_long(b, b.bitcast(outside, ir.IntType(count)))


narrow_longs8, narrow_longs1 = (four(partial(_narrow, 64, count)) for count in (8, 1))
narrow_bytes8, narrow_bytes1 = (four(partial(_narrow, 8, count)) for count in (8, 1))


@three
def turn_64_columns(b: Any, source: Any, pitch: Any, target: Any) -> Any:
    """Column c of eight rows of 64 bytes becomes the eight bytes at ``target + 64*c``."""
    rows = [load(b, b.add(source, b.mul(pitch, LONG(s))), EIGHT_LONGS) for s in range(8)]
    for distance, shift, mask in _BYTE_SWAPS:
        by, low = splat(EIGHT_LONGS, shift), splat(EIGHT_LONGS, mask)
        for i in (i for i in range(8) if not i & distance):
            moved = b.and_(b.xor(b.lshr(rows[i], by), rows[i + distance]), low)
            rows[i] = b.xor(rows[i], b.shl(moved, by))
            rows[i + distance] = b.xor(rows[i + distance], moved)
    for c in range(64):
        column = b.extract_element(rows[c % 8], ir.IntType(32)(c // 8))
        store(b, column, b.add(target, LONG(64 * c)))
    return LONG(0)


def _compare(
    test: str, count: int, b: Any, source: Any, pitch: Any, bound: Any, target: Any
) -> Any:
    """Words, whose bits say which of 64 bytes are above a bound, equal to it, or share a 1."""
    kind = ir.VectorType(BYTE, 64)
    limit = spread(b, b.trunc(bound, BYTE), kind)
    for i in range(count):
        values = load(b, b.add(source, b.mul(pitch, LONG(i))), kind)
        if test == "&":
            bits = b.icmp_unsigned("!=", b.and_(values, limit), splat(kind, 0))
        else:
            bits = b.icmp_unsigned(test, values, limit)
        store(b, b.bitcast(bits, LONG), b.add(target, LONG(8 * i)))
    return LONG(0)


above8, above1 = (four(partial(_compare, ">", count)) for count in (8, 1))
equal8, equal1 = (four(partial(_compare, "==", count)) for count in (8, 1))
digit8, digit1 = (four(partial(_compare, "&", count)) for count in (8, 1))
