"""Operations on rows of words in explicit vectors: written once, compiled, or run on arrays.

A compiler that sees a plain loop over words spills and re-reads; here every operation is LLVM code
on vectors of eight words, without a loop: how many vectors are in a row is known when it is
compiled, from the length of a tuple, `row`. That code names no processor: LLVM splits the vectors
for narrower ones, and merges logic into ternary instructions where there are any. With
NUMBA_DISABLE_JIT=1 the same bodies run on slices of NumPy arrays.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from tcsim.simulate.kernels.jit import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LANES = 8
"""Words of a vector."""

ALIGNMENT = 8 * LANES
"""Bytes of a vector; rows start at multiples of this."""

WORD, BYTES = ir.IntType(64), ir.IntType(8).as_pointer()
VECTOR = ir.VectorType(WORD, LANES)


class _Vector:
    """A vector in the code being generated, with the operators of a NumPy array."""

    __slots__ = ("_builder", "value")

    def __init__(self, builder: Any, value: Any) -> None:
        self._builder, self.value = builder, value

    def __and__(self, other: _Vector) -> _Vector:
        return _Vector(self._builder, self._builder.and_(self.value, other.value))

    def __or__(self, other: _Vector) -> _Vector:
        return _Vector(self._builder, self._builder.or_(self.value, other.value))

    def __xor__(self, other: _Vector) -> _Vector:
        return _Vector(self._builder, self._builder.xor(self.value, other.value))

    def __invert__(self) -> _Vector:
        return _Vector(self._builder, self._builder.not_(self.value))


def row_operation(
    writes: Sequence[int],
    reads: Sequence[int],
    masks: Sequence[int],
    body: Callable[..., Sequence[Any]],
) -> Any:
    """A function ``operation(code, at, rows, row)`` that executes one record, for compiled code.

    A record is some literals, ``2 * row + inverted``, from ``code[at]`` on; they are named here by
    their places.

    Args:
        writes: rows that are written,
        reads: that are read; a row may be both.
        masks: literals that are complements: for each, a row of ones if it is one, else of zeros.
        body: takes the rows read and the masks, uses ``& | ^ ~`` alone, returns the rows written.

    Returns:
        Takes ``code``, int32 of one dimension; ``at``, an int64; ``rows``, uint64 of one dimension,
        at a multiple of `ALIGNMENT` bytes; and ``row``, a tuple of as many items as a row has
        vectors.
    """
    if PLAIN:
        return _on_arrays(writes, reads, masks, body)

    @intrinsic
    def operation(_: Any, code: Any, at: Any, rows: Any, row: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            record = context.make_array(signature.args[0])(context, builder, args[0]).data
            base = start_of(context, builder, signature.args[2], args[2])

            def literal(place: int) -> Any:
                index = builder.add(args[1], ir.Constant(WORD, place))
                return builder.zext(builder.load(builder.gep(record, [index])), WORD)

            literals = {place: literal(place) for place in {*writes, *reads, *masks}}
            one, half = ir.Constant(WORD, 1), ir.Constant(WORD, ALIGNMENT * len(row) // 2)
            even = ir.Constant(WORD, -2)
            pointers = {
                place: builder.gep(base, [builder.mul(builder.and_(literals[place], even), half)])
                for place in {*writes, *reads}
            }
            splats = [
                _Vector(builder, splat(builder, builder.neg(builder.and_(literals[place], one))))
                for place in masks
            ]
            for part in range(len(row)):
                offset = ir.Constant(WORD, ALIGNMENT * part)

                def vector(place: int, offset: Any = offset) -> Any:
                    pointer = builder.gep(pointers[place], [offset])
                    return builder.bitcast(pointer, VECTOR.as_pointer())

                values = [
                    _Vector(builder, builder.load(vector(place), align=ALIGNMENT))
                    for place in reads
                ]
                for place, result in zip(writes, body(*values, *splats), strict=True):
                    builder.store(result.value, vector(place), align=ALIGNMENT)
            return context.get_dummy_value()

        return numba.types.void(code, at, rows, row), generate

    return operation


def start_of(context: Any, builder: Any, kind: Any, array: Any) -> Any:
    """Generate: the address of an array's first byte."""
    return builder.bitcast(context.make_array(kind)(context, builder, array).data, BYTES)


def splat(builder: Any, word: Any) -> Any:
    """Generate: a vector of a word again and again."""
    undefined, index = ir.Constant(VECTOR, ir.Undefined), ir.IntType(32)
    first = builder.insert_element(undefined, word, ir.Constant(index, 0))
    everywhere = ir.Constant(ir.VectorType(index, LANES), [0] * LANES)
    return builder.shuffle_vector(first, undefined, everywhere)


@contextmanager
def loop(builder: Any, start: Any, stop: Any, step: int) -> Iterator[Any]:
    """Generate a loop; what is generated inside is its body, for each value of the counter."""
    before = builder.block
    head, body, done = (builder.append_basic_block(name) for name in ("head", "body", "done"))
    builder.branch(head)
    builder.position_at_end(head)
    at = builder.phi(WORD)
    at.add_incoming(start, before)
    builder.cbranch(builder.icmp_unsigned("<", at, stop), body, done)
    builder.position_at_end(body)
    yield at
    at.add_incoming(builder.add(at, ir.Constant(WORD, step)), builder.block)
    builder.branch(head)
    builder.position_at_end(done)


def _on_arrays(
    writes: Sequence[int],
    reads: Sequence[int],
    masks: Sequence[int],
    body: Callable[..., Sequence[Any]],
) -> Any:
    def operation(code: Any, at: int, rows: Any, row: Any) -> None:
        size = LANES * len(row)

        def words(place: int) -> Any:
            start = (int(code[at + place]) >> 1) * size
            return rows[start : start + size]

        flags = [np.uint64(2**64 - 1 if code[at + place] & 1 else 0) for place in masks]
        results = body(*map(words, reads), *flags)
        for place, result in zip(writes, results, strict=True):
            words(place)[:] = result

    return operation
