"""What products of many numbers cost: formulas, and the numbers that they are in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tcsim.library.number_theory import largest_power, moduli
from tcsim.library.remainder_costs import (
    below,
    blocks,
    digit_gates,
    largest_logarithm,
    largest_weight,
    product_table,
    residue_sum,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def quantities(m: int, b: int, *, small: bool = False) -> Mapping[str, int]:
    """The numbers that the formulas are in; `small` for the construction of small weights."""
    most = largest_power(b, m)
    primes, places = moduli(most), most.bit_length()
    sums = [residue_sum(b, p) for p in primes]
    gates = [m * (p - 2) + 1 for p in primes]
    parts = blocks(places, (2 * len(primes) - 1).bit_length()) if small else below(range(places))
    weights = [
        *(2**i % p for p in primes for i in range(b)),
        *(largest_logarithm(range(s + 1), m, p) for s, p in zip(sums, primes, strict=True)),
        largest_weight({p: product_table(m, p) for p in primes}, parts),
    ]
    return {
        "m": m,
        "b": b,
        "J": len(primes),
        "S": sum(sums),
        "E": sum(gates),
        "V": sum(s * e for s, e in zip(sums, gates, strict=True)),
        "W": max(weights),
    }


def digit_letters(m: Any, b: Any, J: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Letters for the formulas of `large`."""
    from tcsim.library.formula import bit_length, symbol

    P = symbol("P")
    return {"P": bit_length((2**b - 1) ** m), "G": digit_gates(J, 0, P)}


def large(m: Any, b: Any, **letters: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The formulas with large weights."""
    from sympy import Min

    J, S, E, V, W, P, G = (letters[letter] for letter in "JSEVWPG")
    return {
        "depth": 4 + Min(J - 1, 1),
        "size": m * S + E + (J - 1) + G + P,
        "edges": m * b * S + m * V + (J - 1) * E + G * (E + J),
        "max_weight": W,
    }


def block_letters(m: Any, b: Any, J: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Letters for the formulas of `small_weights`."""
    from sympy import ceiling

    from tcsim.library.formula import bit_length, symbol

    L, P = symbol("L"), symbol("P")
    return {
        "P": bit_length((2**b - 1) ** m),  # digits of the product
        "L": bit_length(2 * J - 1),  # places of a block
        "B": ceiling(P / L),  # blocks
    }


def small_weights(m: Any, b: Any, **letters: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The formulas with small weights."""
    from sympy import Min

    from tcsim.library.block_costs import block_costs

    J, S, E, V, W, P, L, B = (letters[letter] for letter in "JSEVWPLB")
    depth, size, edges = block_costs(
        lambda i: (2 * J - 1) * (2 ** Min(L, P - i * L) - 1),
        lambda _: E + J - 1,
        B=B,
        L=L,
        P=P,
        wrap=True,
    )
    return {
        "depth": 2 + Min(J - 1, 1) + depth,
        "size": m * S + E + (J - 1) + size,
        "edges": m * b * S + m * V + (J - 1) * E + edges,
        "max_weight": W,
    }
