"""Majority of fan-in 2: the ones are counted by a tree of full adders, in logarithmic depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal


def count_by_adders(x: Iterable[Signal]) -> list[Signal]:
    """The number of ones among 2**k - 1 wires in binary, k digits, from n - k full adders.

    Two counts of 2**(k-1) - 1 wires each are added, and the wire that is left over is the carry
    into the lowest place. The low digits come first, so that additions overlap: depth O(k).

    Args:
        x: 2**k - 1 signals, k at least 1; fill up with the constant 0.
    """
    wires = bits(x, "x")
    if not wires or len(wires) & (len(wires) + 1):
        raise ArgumentError(
            f"x must have 2**k - 1 wires, not {len(wires)}: fill up with the constant 0"
        )
    if len(wires) == 1:
        return wires
    half = len(wires) // 2
    low, high = count_by_adders(wires[:half]), count_by_adders(wires[half:-1])
    carry, digits = wires[-1], []
    for a, b in zip(low, high, strict=True):
        total, carry = full_adder(a, b, carry)
        digits.append(total)
    return [*digits, carry]


def full_adder(a: Signal, b: Signal, c: Signal) -> tuple[Signal, Signal]:
    """Sum and carry of three wires: seven ANDs and ORs of two literals, depth 4; 2 from c."""
    both = a & b
    half = (a | b) & ~both
    carried = half & c
    return (half | c) & ~carried, both | carried


def majority_by_adders(x: Iterable[Signal]) -> Signal:
    """More than half of 2**k - 1 wires: the highest digit of their number."""
    return count_by_adders(x)[-1]


def _formulas(k: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Max, Min

    size = 7 * (2**k - 1 - k) - 2 * (k - 1)
    return {
        "depth": Max(6 * k - 8, 0),
        "size": size,
        "edges": 2 * size,
        "max_weight": Min(k - 1, 1),
    }


MAJORITY_CARRY_SAVE = Construction(
    name="majority-carry-save",
    summary="Majority of n = 2^k - 1 inputs with fan-in 2, from n - k full adders",
    claim="NC1",
    source="Counting by full adders: Muller and Preparata 1975, Bounds to complexities of networks "
    "for sorting and for switching",
    parameters=(Parameter("k", "digits of the number n = 2^k - 1 of inputs"),),
    inputs=lambda k: {"x": (2**k - 1,)},
    build=lambda x, **_: {"majority": majority_by_adders(x)},
    formulas=_formulas,
    oracle=lambda x, k: {"majority": x.sum(axis=1, dtype=int) >= 2 ** (k - 1)},
    points=tuple({"k": k} for k in range(1, 9)),
    example={"k": 2},
)
