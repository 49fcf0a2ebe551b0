"""What division costs: formulas, and the numbers that they are in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tcsim.library.number_theory import moduli
from tcsim.library.remainder_costs import (
    below,
    blocks,
    digit_gates,
    largest_weight,
    product_table,
    residue_sum,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def quantities(n: int, *, small: bool = False) -> Mapping[str, int]:
    """The numbers that the formulas are in; `small` for the construction of small weights."""
    primes, first = moduli(2 ** (n + 1) ** 2 - 1), n * (n + 1) + 1
    sums = [residue_sum(n, p) for p in primes]
    gates = [2 * (p - 2) + 1 for p in primes]
    length = (2 * len(primes) - 1).bit_length()
    parts = blocks(first + n, length) if small else below(range(first, first + n))
    tables = {p: product_table(2, p) for p in primes}
    return {
        "n": n,
        "J": len(primes),
        "S": sum(sums),
        "E": sum(gates),
        "V": sum(s * e for s, e in zip(sums, gates, strict=True)),
        "W": max(largest_weight(tables, parts), *gates),
    }


def digit_letters(n: Any, J: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Letters for the formulas of `large`."""
    return {"G": digit_gates(J, n**2 + n + 1, n)}


def _products(n: Any, S: Any, E: Any, V: Any, J: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Gates and operands up to the ranks: digits of y, remainders, products, ranks."""
    return (
        (n - 1) + 2 * S + n * E + (J - 1),
        n * (n + 1) / 2 - 1 + 2 * n * S + (2 * n * V + (2 * n - 1) * E) + (J - 1) * n * E,
    )


def large(n: Any, **letters: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The formulas with large weights."""
    J, S, E, V, W, G = (letters[letter] for letter in "JSEVWG")
    size, edges = _products(n, S, E, V, J)
    return {
        "depth": 5,
        "size": size + G + n,
        "edges": edges + G * (n * E + J),
        "max_weight": W,
    }


def block_letters(n: Any, J: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Letters for the formulas of `small_weights`."""
    from sympy import ceiling

    from tcsim.library.formula import bit_length, symbol

    P, L = symbol("P"), symbol("L")
    return {
        "P": (n + 1) ** 2,  # digits of the sum, of which the last n are the quotient
        "L": bit_length(2 * J - 1),  # places of a block
        "B": ceiling(P / L),  # blocks
    }


def small_weights(n: Any, **letters: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The formulas with small weights."""
    from sympy import Min

    from tcsim.library.block_costs import block_costs

    J, S, E, V, W, P, L, B = (letters[letter] for letter in "JSEVWPLB")
    depth, size, edges = block_costs(
        lambda i: (2 * J - 1) * (2 ** Min(L, P - i * L) - 1),
        lambda _: n * E + J - 1,
        B=B,
        L=L,
        P=P,
        wrap=True,
        first=P - n,
    )
    before = _products(n, S, E, V, J)
    return {
        "depth": 3 + depth,
        "size": before[0] + size,
        "edges": before[1] + edges,
        "max_weight": W,
    }
