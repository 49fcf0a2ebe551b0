"""Squaring in depth 3: an AND gate for each pair of digits, and iterated addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.powering import POWERING, power

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal


def square(x: Iterable[Signal]) -> list[Signal]:
    """The digits of x**2, from ``sum 4**i x_i + sum_{i<j} 2**(i+j+1) (x_i AND x_j)``: depth 3.

    Args:
        x: at least one binary digit, lowest first.
    """
    return power(x, 2)


def _square(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Dummy, Min, Mod, Sum, floor

    from tcsim.library.formula import bit_length

    q, s = Dummy("q", integer=True), Dummy("s", integer=True)
    terms = Mod(s + 1, 2) + floor(Min(s, 2 * n - s) / 2)  # on place s
    gates = floor(Sum(terms * 2**s, (s, 0, q)) / 2**q)  # of digit q
    pairs = n * (n - 1) / 2
    top = 2 * n - 2
    last = floor((2**n - 1) ** 2 / 2 ** (2 * n - 1))
    return {
        "depth": 2 + Min(n - 1, 1),
        "size": pairs + Sum(gates, (q, 0, top)) + bit_length((2**n - 1) ** 2),
        "edges": 2 * pairs + Sum(gates * (1 + Sum(terms, (s, 0, q))), (q, 0, top)) + last,
        "max_weight": 4 ** (n - 1),
    }


SQUARING = Construction(
    name="squaring",
    summary="x^2: an AND for each pair of digits, then iterated addition; weights up to 4^(n-1)",
    claim="TC0",
    source="As multiplication",
    parameters=(Parameter("n", "binary digits"),),
    inputs=lambda n: {"x": (n,)},
    build=lambda x, **_: {"power": square(x)},
    formulas=_square,
    oracle=lambda x, n: POWERING.oracle(x=x, n=n, k=2),
    points=tuple({"n": n} for n in (*range(1, 13), 16, 24)),
    example={"n": 3},
)
