"""Words in and out of rows: from and to the caller's arrays, and inputs that are made in place."""

from __future__ import annotations

import ctypes
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from tcsim.simulate.kernels.jit import PLAIN, jit
from tcsim.simulate.kernels.rows import (
    ALIGNMENT,
    BYTES,
    LANES,
    VECTOR,
    WORD,
    loop,
    splat,
    start_of,
)
from tcsim.simulate.sources import GAMMA, MIX, counting_words, mix

_U = np.uint64


def _transfer(*, into_rows: bool) -> Any:
    """A function ``move(rows, offset, address, length, mask)`` for compiled code.

    It copies ``length`` bytes, whole words, between the row at ``offset`` and the memory at
    ``address``, which may begin at any word, complemented where the mask, a word, is.
    """
    if PLAIN:

        def on_arrays(rows: Any, offset: Any, address: Any, length: Any, mask: Any) -> None:
            words = int(length) // 8
            outside = np.ctypeslib.as_array((ctypes.c_uint64 * words).from_address(int(address)))
            inside = rows[int(offset) // 8 : int(offset) // 8 + words]
            if into_rows:
                inside[:] = outside ^ _U(mask)
            else:
                outside[:] = inside ^ _U(mask)

        return on_arrays

    @intrinsic
    def move(_: Any, rows: Any, offset: Any, address: Any, length: Any, mask: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            start = start_of(context, builder, signature.args[0], args[0])
            inside = builder.gep(start, [args[1]])
            outside = builder.inttoptr(args[2], BYTES)
            source, target = (outside, inside) if into_rows else (inside, outside)
            rest = builder.and_(args[3], ir.Constant(WORD, ALIGNMENT - 1))
            whole = builder.sub(args[3], rest)
            for first, last, mask_value, kind, step in (
                (ir.Constant(WORD, 0), whole, splat(builder, args[4]), VECTOR, ALIGNMENT),
                (whole, args[3], args[4], WORD, 8),
            ):
                with loop(builder, first, last, step) as at:
                    place = builder.bitcast(builder.gep(source, [at]), kind.as_pointer())
                    value = builder.xor(builder.load(place, align=8), mask_value)
                    place = builder.bitcast(builder.gep(target, [at]), kind.as_pointer())
                    builder.store(value, place, align=8)
            return context.get_dummy_value()

        return numba.types.void(rows, offset, address, length, mask), generate

    return move


move_in = _transfer(into_rows=True)
move_out = _transfer(into_rows=False)


def _count(rows: Any, at: Any, pitch: Any, wire: int, first: Any) -> None:
    """Words of one input of the table of all input vectors (`counting_words`)."""
    if wire < len(_PATTERNS):
        for word in range(pitch):
            rows[at + _U(word)] = _PATTERNS[wire]
    else:
        shift = _U(wire - len(_PATTERNS))
        for word in range(pitch):
            number = first + _U(word)
            rows[at + _U(word)] = _U(0) - (number >> shift & _U(1))


_GAMMA = _U(GAMMA)
_PATTERNS = counting_words(6, 0, 1)[:, 0].copy()

if PLAIN:

    def count(rows: Any, at: Any, pitch: Any, wire: int, first: Any) -> None:
        """`_count` on arrays."""
        start, length = int(at), int(pitch)
        made = counting_words(wire + 1, int(first), int(first) + length)
        rows[start : start + length] = made[wire]

    def randomize(rows: Any, offset: Any, row: Any, key: Any, first: Any) -> None:
        """Words of one input of a random stream (`random_words`)."""
        start, length = int(offset) // 8, LANES * len(row)
        number = np.arange(int(first) + 1, int(first) + length + 1, dtype=_U)
        rows[start : start + length] = mix(key + _GAMMA * number)

else:
    count = jit(_count)

    @intrinsic
    def randomize(_: Any, rows: Any, offset: Any, row: Any, key: Any, first: Any) -> Any:
        """The same as compiled code, a vector at a time."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            base = builder.gep(start_of(context, builder, signature.args[0], args[0]), [args[1]])

            def same(value: int) -> Any:
                return ir.Constant(VECTOR, [value] * LANES)

            number = builder.add(args[4], ir.Constant(WORD, 1))
            start = builder.add(args[3], builder.mul(number, ir.Constant(WORD, GAMMA)))
            steps = ir.Constant(VECTOR, [lane * GAMMA % 2**64 for lane in range(LANES)])
            words = builder.add(splat(builder, start), steps)
            for part in range(len(row)):
                mixed = words
                for shift, factor in MIX:
                    mixed = builder.xor(mixed, builder.lshr(mixed, same(shift)))
                    if factor:
                        mixed = builder.mul(mixed, same(factor))
                place = builder.gep(base, [ir.Constant(WORD, ALIGNMENT * part)])
                builder.store(mixed, builder.bitcast(place, VECTOR.as_pointer()), align=ALIGNMENT)
                words = builder.add(words, same(LANES * GAMMA % 2**64))
            return context.get_dummy_value()

        return numba.types.void(rows, offset, row, key, first), generate
