"""The yardstick: the AND of two arrays into a third, by vectors that the code itself names."""

from __future__ import annotations

from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

VECTOR = 32
"""Words a step: on a machine with 512-bit registers, four of them."""


def _and_step(_context: Any, a: Any, b: Any, c: Any, at: Any) -> Any:
    """``c[at : at + VECTOR] = a[at : at + VECTOR] & b[at : at + VECTOR]``."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        lanes = ir.VectorType(ir.IntType(64), VECTOR)
        places = []
        for kind, array in zip(signature.args[:3], arguments[:3], strict=True):
            data = context.make_array(kind)(context, builder, array).data
            place = builder.gep(data, [arguments[3]])
            places.append(builder.bitcast(place, lanes.as_pointer()))
        left, right = (builder.load(place, align=8) for place in places[:2])
        builder.store(builder.and_(left, right), places[2], align=8)
        return context.get_dummy_value()

    return types.void(a, b, c, at), generate


and_step: Any = intrinsic(_and_step)


def _and_rounds(a: Any, b: Any, c: Any, rounds: int) -> None:
    """Compute ``c = a & b`` over and over; lengths are multiples of `VECTOR`."""
    for _ in range(rounds):
        for at in range(0, len(c), VECTOR):
            and_step(a, b, c, at)


and_rounds: Any = numba.njit(_and_rounds)
