"""The yardsticks: the AND of two rows into a third, by vectors that the code itself names."""

from __future__ import annotations

from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

VECTOR = 32
"""Words a step: on a machine with 512-bit registers, four of them."""


def _and_step(_context: Any, a: Any, i: Any, b: Any, j: Any, c: Any, k: Any) -> Any:  # noqa: ARG001
    """``c[k : k + VECTOR] = a[i : i + VECTOR] & b[j : j + VECTOR]``."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        lanes = ir.VectorType(ir.IntType(64), VECTOR)
        places = []
        for kind, array, at in zip(
            signature.args[::2], arguments[::2], arguments[1::2], strict=True
        ):
            data = context.make_array(kind)(context, builder, array).data
            places.append(builder.bitcast(builder.gep(data, [at]), lanes.as_pointer()))
        left, right = (builder.load(place, align=8) for place in places[:2])
        builder.store(builder.and_(left, right), places[2], align=8)
        return context.get_dummy_value()

    return types.void(a, types.int64, b, types.int64, c, types.int64), generate


and_step: Any = intrinsic(_and_step)


def _and_rounds(a: Any, b: Any, c: Any, rounds: int) -> None:
    """Compute ``c = a & b`` over and over; lengths are multiples of `VECTOR`."""
    for _ in range(rounds):
        for at in range(0, len(c), VECTOR):
            and_step(a, at, b, at, c, at)


def _and_rows(rows: Any, triples: Any) -> None:
    """``rows[k] = rows[i] & rows[j]`` for each (i, j, k); rows of `VECTOR` words without gaps."""
    for at in range(len(triples)):
        i, j, k = triples[at]
        and_step(rows, VECTOR * i, rows, VECTOR * j, rows, VECTOR * k)


and_rounds: Any = numba.njit(_and_rounds)
and_rows: Any = numba.njit(_and_rows)
