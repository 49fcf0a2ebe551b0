"""LinearRecurrence: a gate a step of an output; that of position t reads t + 1 positions."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import product
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.prefixes import prefix_level, prefix_wires
from tcsim.networks.costs.requantize import coded

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.linear_recurrence import LinearRecurrence
    from tcsim.networks.tables.matrices import Matrix


def cost(
    operation: LinearRecurrence, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """One level. Weights grow by at most a constant factor per position."""
    *batch, length, features = x.shape
    steps = quantity("N", operation.code.steps, "steps of a value")
    outputs = quantity("m", operation.outputs, "outputs")
    first, growth = weight_bound(operation)
    first = quantity("K", first, "bound of a weight at the first position")
    growth = quantity("g", growth, "growth of that bound per position")
    wires, fan_in, exact = prefix_wires(x)
    shape = (*batch, length, outputs)
    # Where several inputs read the same wire, their weights add up.
    times = product(one for axis, one in ((-1, features), (-2, length)) if _shared(x, axis))
    level = prefix_level(x) + 1
    part = Part(
        product(shape) * steps,
        wires * outputs * steps,
        fan_in,
        first * growth ** (length - 1) * x.weight * times,
        level,
        exact,
    )
    return coded(operation.code.kind, steps, quantity, origin, [part], shape)


def _shared(x: Operands, axis: int) -> bool:
    place = axis % len(x.shape)
    return any(place in one.mixed | one.overlapping for one in x.supports)


def weight_bound(operation: LinearRecurrence) -> tuple[int, int]:
    """(K, g): no integer weight of position t, counted from 0, is larger than ``K * g**t``."""
    a, b, c, d = (_scaled(one) for one in (operation.a, operation.b, operation.c, operation.d))
    # Over one denominator, a weight is that of D or of C A^k B, times that of A to the t - k.
    through = _norm(c[0]) * _largest(b[0]) * d[1]
    direct = _largest(d[0]) * b[1] * c[1]
    return max(through + direct, 1), max(_norm(a[0]), a[1])


def _scaled(values: Matrix) -> tuple[list[list[int]], int]:
    """Integers, and what they are to be divided by."""
    scale = lcm(*(entry.denominator for row in values for entry in row))
    return [[int(Fraction(entry) * scale) for entry in row] for row in values], scale


def _norm(rows: list[list[int]]) -> int:
    return max(sum(map(abs, row)) for row in rows)


def _largest(rows: list[list[int]]) -> int:
    return max(abs(entry) for row in rows for entry in row)
