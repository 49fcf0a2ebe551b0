"""Multiplication in depth 3, or depth 5 with small weights: AND gates and iterated addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.weighted_sum import sum_up, sum_up_small
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def multiply(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The digits of x y, in depth 3 with weights up to the highest place of a product.

    ``x y = sum 2**(i+j) (x_i AND y_j)``: an AND gate for each pair, then `sum_up`.

    Args:
        x: at least one binary digit, lowest first.
        y: likewise, of any length.

    Returns:
        As many digits as the largest product has.
    """
    return sum_up(_products(x, y))


def multiply_small(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The same in depth 5, with weights of at most the length of the shorter factor, or 2.

    Args:
        x: at least one binary digit, lowest first.
        y: likewise, of any length.
    """
    return sum_up_small(_products(x, y))


def _products(x: Iterable[Signal], y: Iterable[Signal]) -> list[tuple[int, Signal]]:
    first, second = bits(x, "x"), bits(y, "y")
    if not first or not second:
        raise ArgumentError("x and y must have at least one digit each")
    return [(1 << i + j, a & b) for i, a in enumerate(first) for j, b in enumerate(second)]


def _large(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Piecewise

    # The gates of digit q: 1, then 2 q for q < n, 2 n - 2 at n, and 2 (2 n - q) - 1 beyond.
    edges = n**4 + 7 * n**3 / 6 + 2 * n**2 - 19 * n / 6 + 2
    return {
        "depth": 3,
        "size": 3 * n**2 + n - 1,
        "edges": Piecewise((4, n < 2), (edges, True)),
        "max_weight": 4 ** (n - 1),
    }


def _blocks(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import ceiling

    from tcsim.library.formula import bit_length, symbol

    return {
        "L": bit_length(n),  # places of a block
        "B": ceiling((2 * n - 1) / symbol("L")),  # blocks
        "P": bit_length((2**n - 1) ** 2),  # digits of the product
    }


def _small(n: Any, L: Any, B: Any, P: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Dummy, Max, Min, Sum

    from tcsim.library.block_costs import block_costs

    s = Dummy("s", integer=True)
    products = Max(Min(s + 1, 2 * n - 1 - s), 0)  # on place s
    depth, size, edges = block_costs(
        lambda i: Sum(products * 2 ** (s - i * L), (s, i * L, i * L + L - 1)),
        lambda i: Sum(products, (s, i * L, i * L + L - 1)),
        B=B,
        L=L,
        P=P,
    )
    return {
        "depth": 1 + depth,
        "size": n**2 + size,
        "edges": 2 * n**2 + edges,
        "max_weight": Max(2 ** (L - 1), Min(n, 2)),
    }


def _oracle(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    places = ((2**n - 1) ** 2).bit_length()
    return {"product": digits(number(x).astype(object) * number(y).astype(object), places)}


_SHARED: dict[str, Any] = {
    "parameters": (Parameter("n", "binary digits of each number"),),
    "inputs": lambda n: {"x": (n,), "y": (n,)},
    "oracle": _oracle,
}

MULTIPLICATION = Construction(
    name="multiplication",
    summary="x y: n^2 AND gates, then iterated addition with weights up to 4^(n-1)",
    claim="TC0",
    source="Siu and Bruck 1991; Siu, Bruck, Kailath and Hofmeister 1993; also with small weights "
    "in depth 3: Siu and Roychowdhury 1994",
    build=lambda x, y, **_: {"product": multiply(x, y)},
    formulas=_large,
    points=tuple({"n": n} for n in (*range(1, 9), 12, 16)),
    example={"n": 2},
    **_SHARED,
)

MULTIPLICATION_SMALL = Construction(
    name="multiplication-small",
    summary="x y in depth 5: n^2 AND gates, then block-save addition with weights up to n",
    claim="TC0",
    source="After Hofmeister, Hohberg and Koehling 1991; depth 3 is possible, and optimal: "
    "Siu and Roychowdhury 1994",
    build=lambda x, y, **_: {"product": multiply_small(x, y)},
    formulas=_small,
    where=_blocks,
    points=tuple({"n": n} for n in (*range(1, 8), 12)),
    example={"n": 2},
    **_SHARED,
)
