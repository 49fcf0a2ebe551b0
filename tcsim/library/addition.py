"""Addition and subtraction of two numbers in depth 2: each carry is one gate of large weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def add(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The n + 1 digits of x + y, in depth 2.

    The carry into place j is ``[x mod 2**j + y mod 2**j >= 2**j]``, and the digit at place j is
    ``x_j + y_j + carry_j - 2 carry_(j+1)``, which is 0 or 1.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    places = pair(x, y)
    low, carry = tc.sum([]), tc.sum([])
    total: list[Signal] = []
    for j, (a, b) in enumerate(places):
        low = low + (1 << j) * (a + b)
        out = low >= 2 << j
        total.append(a + b + carry - 2 * out >= 1)
        carry = out.linear()
    return [*total, out]


def subtract(x: Iterable[Signal], y: Iterable[Signal]) -> tuple[list[Signal], Signal]:
    """The n digits of (x - y) mod 2**n, and whether x < y, in depth 2.

    The borrow from place j is ``[y mod 2**j > x mod 2**j]``, and the digit at place j is
    ``x_j - y_j - borrow_j + 2 borrow_(j+1)``.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    places = pair(x, y)
    low, borrow = tc.sum([]), tc.sum([])
    difference: list[Signal] = []
    for j, (a, b) in enumerate(places):
        low = low + (1 << j) * (b - a)
        out = low >= 1
        difference.append(a - b - borrow + 2 * out >= 1)
        borrow = out.linear()
    return difference, out


def _build_subtract(x: Any, y: Any, **_: int) -> Mapping[str, Any]:  # noqa: ANN401
    difference, borrow = subtract(x, y)
    return {"difference": difference, "less": borrow}


def _formulas(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Max

    return {
        "depth": 2,
        "size": 2 * n,
        "edges": n**2 + 5 * n - 1,
        "max_weight": Max(2, 2 ** (n - 1)),
    }


def _sum(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    return {"sum": digits(number(x) + number(y), n + 1)}


def _difference(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    a, b = number(x), number(y)
    return {"difference": digits(a - b, n), "less": a < b}


_SHARED: dict[str, Any] = {
    "parameters": (Parameter("n", "binary digits of each number"),),
    "inputs": lambda n: {"x": (n,), "y": (n,)},
    "formulas": _formulas,
    "points": tuple({"n": n} for n in (*range(1, 9), 16, 62, 63, 64, 128)),
    "example": {"n": 2},
}

ADDITION = Construction(
    name="addition",
    summary="x + y: each carry is one gate of weights up to 2^(n-1), each digit another",
    claim="TC0",
    source="A carry as one gate; with small weights in depth 2: Alon and Bruck 1994",
    build=lambda x, y, **_: {"sum": add(x, y)},
    oracle=_sum,
    **_SHARED,
)

SUBTRACTION = Construction(
    name="subtraction",
    summary="(x - y) mod 2^n and whether x < y: borrows in the place of carries",
    claim="TC0",
    source="As addition",
    build=_build_subtract,
    oracle=_difference,
    **_SHARED,
)
