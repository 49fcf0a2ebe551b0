"""Powers with a fixed exponent in depth 3: the multinomial expansion of a power."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.weighted_sum import sum_up
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits

MOST_TERMS = 100_000
"""Of the expansion of a power."""

MOST_DIGITS = 20_000
"""Of a power, for which each digit has its weights."""


def power(x: Iterable[Signal], k: int) -> list[Signal]:
    """The digits of x**k, in depth 3 and of size O(k n**(k+1)): polynomial where k is fixed.

    A product of digits is the AND of the distinct ones among them, so that ``(sum 2**i x_i)**k``
    is a weighted sum of ANDs of at most k digits, which `sum_up` adds.

    Args:
        x: at least one binary digit, lowest first.
        k: at least 1.

    Returns:
        As many digits as the largest power has.

    Raises:
        ArgumentError: there is no digit, or k < 1.
        LimitError: the expansion has more than `MOST_TERMS` terms, or the power more than
            `MOST_DIGITS` digits.
    """
    wires = bits(x, "x")
    if not wires or k < 1:
        raise ArgumentError(f"a power needs a digit and an exponent of at least 1, not {k}")
    _check_terms(len(wires), k)
    terms: list[tuple[int, Signal]] = []
    for places, weight in _expansion(len(wires), k).items():
        chosen = [wires[i] for i in places]
        terms.append((weight, chosen[0] if len(chosen) == 1 else tc.all(chosen)))
    return sum_up(terms)


def _expansion(n: int, k: int) -> dict[tuple[int, ...], int]:
    """{set of places: weight of the AND of their digits} of the k-th power."""
    weights: dict[tuple[int, ...], int] = {(): 1}
    for _ in range(k):
        longer: dict[tuple[int, ...], int] = {}
        for places, weight in weights.items():
            for i in range(n):
                both = tuple(sorted({*places, i}))
                longer[both] = longer.get(both, 0) + (weight << i)
        weights = longer
    return weights


def _check_terms(n: int, k: int) -> None:
    if n * k > MOST_DIGITS:
        raise LimitError(
            f"the power {k} of {n} digits has up to {n * k:,}, the limit is {MOST_DIGITS:,}: take "
            "a smaller exponent or fewer digits"
        )
    terms = 0
    for j in range(1, min(n, k) + 1):
        terms += comb(n, j)
        if terms > MOST_TERMS:  # before a huge sum is added up
            raise LimitError(
                f"the expansion of the power {k} of {n} digits has more than {MOST_TERMS:,} "
                "terms: powering-remainders needs fewer"
            )


def _quantities(n: int, k: int) -> Mapping[str, int]:
    _check_terms(n, k)
    weights = _weights(n, k)
    gates = pairs = 0
    for q in range(top := max(weights).bit_length()):
        low = [weight % 2 ** (q + 1) for weight in weights]
        gates += sum(low) // 2**q
        pairs += sum(low) // 2**q * sum(map(bool, low))
    last = sum(weights) // 2 ** (top - 1)
    higher = last - last.bit_count()  # sum of last // 2**j for j >= 1
    return {"n": n, "k": k, "G": gates, "E": pairs, "H": higher, "W": max(weights)}


def _weights(n: int, k: int) -> list[int]:
    """The weights of the expansion once more, by inclusion and exclusion over subsets."""
    return [
        sum(
            (-1) ** (len(places) - size) * sum(1 << i for i in part) ** k
            for size in range(1, len(places) + 1)
            for part in combinations(places, size)
        )
        for most in range(1, min(n, k) + 1)
        for places in combinations(range(n), most)
    ]


def _power(n: Any, k: Any, G: Any, E: Any, H: Any, W: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Dummy, Min, Sum, binomial

    from tcsim.library.formula import bit_length

    j = Dummy("j", integer=True)
    return {
        "depth": 2 + Min(n - 1, k - 1, 1),
        "size": Sum(binomial(n, j), (j, 2, k)) + G + bit_length((2**n - 1) ** k),
        "edges": Sum(j * binomial(n, j), (j, 2, k)) + E + G + H,
        "max_weight": W,
    }


def _oracle(x: Bits, n: int, k: int) -> Mapping[str, Any]:
    value = number(x).astype(object) ** k
    return {"power": digits(value, ((2**n - 1) ** k).bit_length())}


POWERING = Construction(
    name="powering",
    summary="x^k for a fixed k: an AND for each set of up to k digits, then iterated addition",
    claim="TC0",
    source="After Siu, Bruck, Kailath and Hofmeister 1993; with small weights in depth 3, and for "
    "any exponent: Siu and Roychowdhury 1994",
    parameters=(
        Parameter("n", "binary digits"),
        Parameter("k", "exponent", default=3),
    ),
    inputs=lambda n, **_: {"x": (n,)},
    build=lambda x, k, **_: {"power": power(x, k)},
    formulas=_power,
    oracle=_oracle,
    points=(
        *({"n": n, "k": k} for n in (1, 2, 3, 4, 5) for k in (1, 2, 3, 4)),
        *({"n": 8, "k": 3}, {"n": 5, "k": 7}, {"n": 2, "k": 20}),
    ),
    example={"n": 2, "k": 3},
    quantities=_quantities,
    meanings={
        "G": "thresholds: the sum over places q of the weights mod 2^(q+1) added up, over 2^q",
        "E": "the same, each times the number of these weights that are not 0",
        "H": "operands of the digits above the highest place of a weight",
        "W": "largest weight of a set of digits in the expansion of x^k",
    },
)
