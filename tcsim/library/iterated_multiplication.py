"""Products of many numbers, and powers, in constant depth: by their remainders modulo primes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.library.chinese_remainders import product, reconstruct, reconstruct_small, remainder
from tcsim.library.construction import Construction
from tcsim.library.iterated_multiplication_costs import (
    block_letters,
    digit_letters,
    large,
    quantities,
    small_weights,
)
from tcsim.library.number_theory import largest_power, moduli
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.remainder_costs import MEANINGS
from tcsim.library.wires import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.library.chinese_remainders import Remainder
    from tcsim.typing import Bits


def multiply_up(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The digits of the product of m numbers of b digits, in depth 5.

    Args:
        numbers: m sequences of b binary digits each, lowest first.

    Returns:
        As many digits as the largest product, (2**b - 1)**m, has.
    """
    remainders, places = _remainders(numbers)
    return reconstruct(remainders, range(places))


def multiply_up_small(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The same in depth 7, with weights that are polynomial in m and b.

    Args:
        numbers: m sequences of b binary digits each, lowest first.
    """
    return reconstruct_small(*_remainders(numbers))


def _remainders(numbers: Iterable[Iterable[Signal]]) -> tuple[list[Remainder], int]:
    """Remainders of the product, by two levels, and its digits."""
    rows = table(numbers)
    most = largest_power(len(rows[0]), len(rows))
    products = [product([remainder(row, p, int) for row in rows]) for p in moduli(most)]
    return products, most.bit_length()


def _oracle(numbers: Bits, m: int, b: int) -> Mapping[str, Any]:
    values = np.prod(number(numbers).astype(object), axis=1)
    return {"product": digits(values, ((2**b - 1) ** m).bit_length())}


_SHARED: dict[str, Any] = {
    "claim": "TC0",
    "parameters": (
        Parameter("m", "how many numbers"),
        Parameter("b", "binary digits of each", default=3),
    ),
    "inputs": lambda m, b: {"numbers": (m, b)},
    "oracle": _oracle,
    "points": tuple(
        {"m": m, "b": b}
        for m, b in (
            *((1, 1), (1, 5), (2, 1), (2, 2), (2, 3), (2, 5), (3, 2), (3, 3), (4, 2)),
            *((5, 1), (4, 4), (5, 5)),
        )
    ),
    "example": {"m": 2, "b": 1},
    "meanings": {
        **MEANINGS,
        "E": "m (p - 2) + 1, added up over the primes p",
        "V": "the same, each times the sum of 2^i mod p over the b places",
    },
}

ITERATED_MULTIPLICATION = Construction(
    name="iterated-multiplication",
    summary="The product of m numbers of b digits in depth 5, by Chinese remainders",
    source="Beame, Cook and Hoover 1986; uniform: Chiu, Davida and Litow 2001; Hesse, Allender and "
    "Barrington 2002; depth 4 with small weights is possible: Siu and Roychowdhury 1994",
    build=lambda numbers, **_: {"product": multiply_up(numbers)},
    formulas=large,
    where=digit_letters,
    quantities=quantities,
    **_SHARED,
)

ITERATED_MULTIPLICATION_SMALL = Construction(
    name="iterated-multiplication-small",
    summary="The same in depth 7, with weights that are polynomial in m and b",
    source="As iterated-multiplication, with block-save addition of the parts",
    build=lambda numbers, **_: {"product": multiply_up_small(numbers)},
    formulas=small_weights,
    where=block_letters,
    quantities=partial(quantities, small=True),
    **_SHARED,
)
