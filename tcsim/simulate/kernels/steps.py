"""Steps on short vectors in memory, written as vector instructions for numba.

Numba compiles a plain loop that reads from eight places and writes to one byte by byte. A step is a
few instructions of LLVM on vectors of a fixed length, which mean the same on every little-endian
CPU: where its registers are shorter, LLVM uses several. All arguments are int64, and memory is
given by its address, so that arrays of any layout, writable or not, are one type. Steps do not run
as plain Python: with NUMBA_DISABLE_JIT=1 their callers take NumPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE, LONG = ir.IntType(8), ir.IntType(64)
EIGHT_BYTES, EIGHT_LONGS = ir.VectorType(BYTE, 8), ir.VectorType(LONG, 8)


def three(build: Callable[..., Any]) -> Any:
    """A function of three integers that returns one; ``build(builder, a, b, c)`` emits it."""

    @intrinsic
    def step(typing: Any, a: Any, b: Any, c: Any) -> Any:  # noqa: ARG001
        return types.int64(*[types.int64] * 3), lambda _, builder, __, args: build(builder, *args)

    return step


def four(build: Callable[..., Any]) -> Any:
    """As `three`, of four integers."""

    @intrinsic
    def step(typing: Any, a: Any, b: Any, c: Any, d: Any) -> Any:  # noqa: ARG001
        return types.int64(*[types.int64] * 4), lambda _, builder, __, args: build(builder, *args)

    return step


def load(b: Any, address: Any, kind: Any) -> Any:
    """What stands at an address, which need not be aligned."""
    return b.load(b.inttoptr(address, kind.as_pointer()), align=1)


def store(b: Any, value: Any, address: Any) -> None:
    """The inverse of `load`."""
    b.store(value, b.inttoptr(address, value.type.as_pointer()), align=1)


def splat(kind: Any, value: int) -> Any:
    """A vector that holds a constant in all places."""
    return ir.Constant(kind, [value] * kind.count)


def spread(b: Any, value: Any, kind: Any) -> Any:
    """A vector that holds a value in all places."""
    zero = ir.Constant(ir.VectorType(ir.IntType(32), kind.count), [0] * kind.count)
    empty = ir.Constant(kind, ir.Undefined)
    return b.shuffle_vector(b.insert_element(empty, value, ir.IntType(32)(0)), empty, zero)


def as_long(b: Any, bits: Any) -> Any:
    """An integer of at most 64 bits as one of 64."""
    return b.zext(bits, LONG) if bits.type.width < LONG.width else bits
