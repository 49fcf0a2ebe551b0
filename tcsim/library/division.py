"""Division in depth 5: the quotient as a geometric series, computed modulo small primes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.library.chinese_remainders import product, reconstruct, reconstruct_small, remainder
from tcsim.library.construction import Construction
from tcsim.library.division_costs import (
    block_letters,
    digit_letters,
    large,
    quantities,
    small_weights,
)
from tcsim.library.number_theory import moduli
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.remainder_costs import MEANINGS
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.library.chinese_remainders import Remainder
    from tcsim.typing import Bits


def divide(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The n digits of floor(x / y), in depth 5; 0 where y is 0.

    Let y have t digits and ``u = 1 - y / 2**t``, at most 1/2, so that ``1 / y`` is
    ``2**-t (1 + u + u**2 + ..)``. The n + 1 terms up to ``u**n`` are enough for
    ``(x + 1/2) / y``, which is at least ``1 / (2 y)`` above the quotient: the error, a fraction
    ``u**(n+1)`` of it, is at most that much. Multiplied by ``2**(n (n+1) + 1)`` the sum is an
    integer, ``(2 x + 1) sum_i (2**t - y)**i 2**(t (n-i)) 2**((n-t) (n+1))``, whose digits from
    place ``n (n+1) + 1`` are those of the quotient. Modulo a prime it is a product of a function
    of x and one of y. Each t has its products, which are 0 for y of another length.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    remainders, first, n = _remainders(x, y)
    return reconstruct(remainders, range(first, first + n))


def divide_small(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The same in depth 7, with weights that are polynomial in n.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    remainders, first, n = _remainders(x, y)
    return reconstruct_small(remainders, first + n)[first:]


def _remainders(x: Iterable[Signal], y: Iterable[Signal]) -> tuple[list[Remainder], int, int]:
    """Remainders of the sum, by two levels, the place of the quotient in it, and its digits."""
    places = pair(x, y)
    n, dividend, divisor = len(places), [a for a, _ in places], [b for _, b in places]
    # Whether y has t digits or more
    longer: list[Signal] = [*(tc.any(divisor[t - 1 :]) for t in range(1, n)), divisor[-1]]
    remainders: list[Remainder] = []
    for p in moduli(_most(n)):
        twice = remainder(dividend, p, lambda value: 2 * value + 1)
        plain = remainder(divisor, p, int)
        for t in range(1, n + 1):
            series = _series(plain, n, t)
            other = 1 - longer[t - 1] + (longer[t] if t < n else 0)  # y has not t digits
            remainders.append(product([twice, series], unless=other))
    return remainders, n * (n + 1) + 1, n


def _most(n: int) -> int:
    """No sum is larger: u is at most 1/2, and the digits of a quotient are at most n."""
    return (1 << (n + 1) ** 2) - 1


def _series(y: Remainder, n: int, t: int) -> Remainder:
    """The factor that depends on y, if y has t digits."""
    p = y.prime
    shift = pow(2, (n - t) * (n + 1), p)
    table = {
        value: shift * sum((2**t - value) ** i * 2 ** (t * (n - i)) for i in range(n + 1)) % p
        for value in set(y.values)
    }
    return replace(y, values=[table[value] for value in y.values])


def _oracle(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    dividend, divisor = number(x), number(y)
    return {"quotient": digits(np.where(divisor > 0, dividend // np.maximum(divisor, 1), 0), n)}


_SHARED: dict[str, Any] = {
    "claim": "TC0",
    "parameters": (Parameter("n", "binary digits of each number", most=16),),
    "inputs": lambda n: {"x": (n,), "y": (n,)},
    "oracle": _oracle,
    "example": {"n": 1},
    "meanings": {
        **MEANINGS,
        "E": "2 p - 3, added up over the primes p",
        "V": "the same, each times the sum of 2^i mod p over the n places",
    },
}

DIVISION = Construction(
    name="division",
    summary="floor(x / y) in depth 5 (0 where y is 0): a geometric series, by Chinese remainders",
    source="Beame, Cook and Hoover 1986; uniform: Chiu, Davida and Litow 2001; Hesse, Allender and "
    "Barrington 2002; depth 3 with small weights is possible: Siu and Roychowdhury 1994",
    build=lambda x, y, **_: {"quotient": divide(x, y)},
    formulas=large,
    where=digit_letters,
    points=tuple({"n": n} for n in (1, 2, 3, 4, 5)),
    quantities=quantities,
    **_SHARED,
)

DIVISION_SMALL = Construction(
    name="division-small",
    summary="The same in depth 7, with weights that are polynomial in n",
    source="As division, with block-save addition of the parts",
    build=lambda x, y, **_: {"quotient": divide_small(x, y)},
    formulas=small_weights,
    where=block_letters,
    points=tuple({"n": n} for n in (1, 2, 3, 4)),
    quantities=partial(quantities, small=True),
    **_SHARED,
)
