"""MOD m in depth 2: whether the number of ones is congruent to r modulo m."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.symmetric import symmetric
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Condition, Signal


def congruent(m: int, r: int, x: Iterable[Signal]) -> Condition:
    """The number of ones is congruent to r modulo m: depth 2, two gates for each m wires.

    Args:
        m: at least 2.
        r: 0 .. m - 1.
        x: signals.

    Raises:
        ArgumentError: m or r is out of range.
    """
    if m < 2 or not 0 <= r < m:
        raise ArgumentError(f"m must be at least 2 and r in 0 .. m - 1, not m = {m}, r = {r}")
    wires = bits(x, "x")
    return symmetric([int(s % m == r) for s in range(len(wires) + 1)], wires)


def _changes(n: Any, m: Any, r: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import ceiling, floor

    # Numbers in 1 .. n that are congruent to r, and to r + 1: there the value rises, and falls.
    rises = floor((n - r) / m) + ceiling(r / m)
    falls = floor((n - r - 1) / m) + 1
    return {"c": rises + falls}


def _formulas(n: Any, c: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return {"depth": 1 + Min(c, 1), "size": c + 1, "edges": c * n + c, "max_weight": Min(c, 1)}


MOD = Construction(
    name="mod",
    summary="Whether the number of ones is r modulo m: a symmetric function in depth 2",
    claim="TC0",
    source="As symmetric; MOD m gates are those of ACC0",
    parameters=(
        Parameter("n", "number of inputs"),
        Parameter("m", "modulus", least=2, default=3),
        Parameter("r", "remainder, 0 .. m - 1", least=0, default=0),
    ),
    inputs=lambda n, **_: {"x": (n,)},
    build=lambda x, m, r, **_: {"congruent": congruent(m, r, x)},
    formulas=_formulas,
    where=_changes,
    oracle=lambda x, m, r, **_: {"congruent": x.sum(axis=1, dtype=int) % m == r},
    points=(
        *({"n": n, "m": m, "r": r} for n in (1, 2, 5, 6, 12) for m in (2, 3, 6) for r in range(m)),
        {"n": 60, "m": 7, "r": 3},
    ),
    example={"n": 5, "m": 3, "r": 0},
)
