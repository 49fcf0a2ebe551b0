"""Recurrences, scans and linear attention."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tcsim.networks import LinearAttention, LinearRecurrence, SelectiveScan, Table
from tcsim.strategies.growth import ANY, ROUNDED, TABLED
from tcsim.strategies.nodes.attention import ROUNDINGS

if TYPE_CHECKING:
    from tcsim.strategies.growth import Growth, Value


def linear_recurrence(growth: Growth) -> Value:
    """Of integer and fractional matrices."""
    x = growth.any(2)
    inputs, states, outputs = x.shape[-1], growth.integer(1, 2), growth.integer(1, 2)
    a, b, c = (
        _matrix(growth, shape) for shape in ((states, states), (states, inputs), (outputs, states))
    )
    d = growth.pick([None, _matrix(growth, (outputs, inputs))])
    operation = LinearRecurrence(
        a, b, c, growth.code(ROUNDED), d=d, rounding=growth.pick(ROUNDINGS)
    )
    return growth.add(operation, x)


def _matrix(growth: Growth, shape: tuple[int, int]) -> list[list[Fraction]]:
    share = growth.pick([1, 2, 3])
    return [[Fraction(int(number), share) for number in row] for row in growth.array(shape)]


def selective_scan(growth: Growth) -> Value:
    """With all its options."""
    front = growth.shape(growth.integer(0, 1))
    length, channels, states = growth.length(), growth.length(), growth.integer(1, 2)
    times_delta, read = growth.chance(), None
    kept = growth.pick([1, channels])
    steps = growth.integer(1, 2)
    cuts = growth.rising((kept, states, steps), 1, 4)
    table = growth.array((kept, states, steps + 1))
    wide, narrow = (*front, length, channels), (*front, length, states)
    delta = growth.take(wide, code=growth.code(ANY, zero=True, least=0))
    b, c = (growth.take(narrow, code=growth.code(ANY, zero=True)) for _ in range(2))
    if growth.chance():
        x = growth.take(wide, TABLED)
        rows = growth.array((x.code.steps + 1,))
        rows[growth.integer(0, x.code.steps)] = 0
        read = Table(rows, x.code.lo)
    else:
        x = growth.take(wide, code=growth.code(ANY, zero=True))
    operation = SelectiveScan(
        cuts, table, times_delta=times_delta, read=read, fused=growth.chance()
    )
    return growth.add(operation, delta, b, c, x)


def linear_attention(growth: Growth) -> Value:
    """Causal or not, normalized or not."""
    front = growth.shape(growth.integer(0, 1))
    n, m, features, channels = growth.shape(4)
    options: dict[str, Any] = {"causal": growth.chance()}
    if options["causal"]:
        m = n
    least = -2
    if growth.chance():
        options["code"] = growth.code(ROUNDED)
        options["epsilon"] = growth.pick([Fraction(1, 2), 1, Fraction(3, 7)])
        least = 0
    q = growth.take((*front, n, features), code=growth.code(ANY, zero=True, least=least))
    k = growth.take((*front, m, features), code=growth.code(ANY, zero=True, least=least))
    v = growth.take((*front, m, channels), code=growth.code(ANY, zero=True))
    return growth.add(LinearAttention(**options), q, k, v)


MAKERS = {
    LinearRecurrence: linear_recurrence,
    LinearAttention: linear_attention,
    SelectiveScan: selective_scan,
}
