"""Majority, and k of n as one strict majority with constant operands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Condition, Signal


def majority(x: Iterable[Signal]) -> Condition:
    """Strict majority: more than half of the wires are 1. One gate."""
    return tc.majority(x)


def k_of_n(k: int, x: Iterable[Signal]) -> Condition:
    """At least k of the wires are 1: one strict majority, padded with constants.

    Args:
        k: any integer; the gate is constant where k < 1 or k > n.
        x: n signals.
    """
    wires = bits(x, "x")
    ones, zeros = padding(k, len(wires))
    padded = len(wires) + ones + zeros
    return tc.sum([*wires, ones]) >= padded // 2 + 1


def padding(k: int, n: int) -> tuple[int, int]:
    """Constants 1 and 0 that make a strict majority of n wires fire from k ones on.

    With a ones and b zeros it fires iff ``2 (s + a) > n + a + b``, that is ``2 s >= n + b - a + 1``
    or, for even ``n + a + b``, ``2 s >= n + b - a + 2``: either ``b - a = 2 k - 1 - n`` or
    ``b - a = 2 k - 2 - n`` does, and the smaller one is taken.

    Example:
        >>> padding(1, 5), padding(3, 5), padding(5, 5)
        ((4, 0), (0, 0), (0, 3))
    """
    excess = min((2 * k - 1 - n, 2 * k - 2 - n), key=lambda c: (abs(c), c))
    return max(-excess, 0), max(excess, 0)


def _check_k(n: int, k: int) -> None:
    if k > n + 1:
        raise ArgumentError(f"k must be at most n + 1 = {n + 1}, not {k}")


def _build_k(x: Any, n: int, k: int) -> Mapping[str, Any]:  # noqa: ANN401
    _check_k(n, k)
    return {"at_least": k_of_n(k, x)}


def _k_formulas(n: Any, k: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Abs, Min, Or, Piecewise

    pad = Min(Abs(2 * k - 1 - n), Abs(2 * k - 2 - n))
    parallel = Piecewise((0, Or(k < 1, k > n)), (n, Or(k < 2, k > n - 1)), (n + pad, True))
    return {
        "depth": 1,
        "size": 1,
        "edges": n,
        "max_weight": 1,
        "majority.size": 1,
        "majority.wires": parallel,
    }


MAJORITY = Construction(
    name="majority",
    summary="More than half of n inputs: one strict MAJ",
    claim="TC0",
    source="The gate of TC0: Parberry and Schnitger 1988",
    parameters=(Parameter("n", "number of inputs"),),
    inputs=lambda n: {"x": (n,)},
    build=lambda x, **_: {"majority": majority(x)},
    formulas=lambda n: {"depth": 1, "size": 1, "edges": n, "max_weight": 1},
    oracle=lambda x, n: {"majority": 2 * x.sum(axis=1, dtype=int) > n},
    points=tuple({"n": n} for n in (*range(1, 13), 31, 64)),
    example={"n": 5},
)

K_OF_N = Construction(
    name="k-of-n",
    summary="At least k of n inputs: one strict MAJ with constant operands",
    claim="TC0",
    source="By padding with constants; Vollmer 1999, Introduction to Circuit Complexity",
    parameters=(
        Parameter("n", "number of inputs"),
        Parameter("k", "least number of ones, at most n + 1", least=0),
    ),
    inputs=lambda n, **_: {"x": (n,)},
    build=_build_k,
    formulas=_k_formulas,
    oracle=lambda x, k, **_: {"at_least": x.sum(axis=1, dtype=int) >= k},
    points=(
        *({"n": n, "k": k} for n in range(1, 9) for k in range(n + 2)),
        *({"n": 100, "k": k} for k in (0, 1, 2, 37, 50, 51, 52, 99, 100, 101)),
    ),
    example={"n": 5, "k": 2},
)
