"""What `chinese_remainders` costs: formulas, and the number-theoretic numbers that they are in."""

from __future__ import annotations

from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, Any

from tcsim.library.number_theory import basis, logarithms, powers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Tables = Mapping[int, Sequence[int]]

MEANINGS = {
    "J": "number of primes, the least odd ones whose product exceeds J times the largest number",
    "S": "sums of 2^i mod p over the places i of a number, added up over the primes p",
    "W": "largest weight, of the changes in the tables",
}


def digit_gates(J: Any, first: Any, count: Any) -> Any:  # noqa: ANN401
    """Gates that `reconstruct` has below the outputs, apart from the ranks."""
    from sympy import Dummy, Sum, ceiling

    q = Dummy("q", integer=True)
    return Sum(2 * (2 * J - 1) - ceiling((2 * J - 1) / 2**q), (q, first, first + count - 1))


def residue_sum(digits: int, p: int) -> int:
    """The sum of 2**i mod p over places i: how many gates `remainder` has."""
    return sum(2**i % p for i in range(digits))


def product_table(factors: int, p: int) -> list[int]:
    """Remainders of a product where the logarithms of the factors add up to 0, 1, .."""
    zero = factors * (p - 2) + 1
    return [*(powers(p)[k % (p - 1)] for k in range(zero)), 0]


def largest_logarithm(values: Iterable[int], factors: int, p: int) -> int:
    """The largest change between the logarithms of consecutive numbers modulo p."""
    zero = factors * (p - 2) + 1
    return _largest_change(logarithms(p).get(value % p, zero) for value in values)


def below(places: Iterable[int]) -> list[Callable[[int], int]]:
    """What `reconstruct` takes of a number for each digit: those up to it."""
    return [_digits(0, q + 1) for q in places]


def blocks(places: int, length: int) -> list[Callable[[int], int]]:
    """What `reconstruct_small` takes of a number: blocks of digits."""
    return [_digits(first, min(length, places - first)) for first in range(0, places, length)]


def _digits(first: int, count: int) -> Callable[[int], int]:
    return lambda entry: entry // 2**first % 2**count


def largest_weight(tables: Tables, parts: Iterable[Callable[[int], int]]) -> int:
    """The largest weight of a reconstruction.

    Args:
        tables: {prime: remainders in the order of the thermometer}.
        parts: what is taken of each multiple of M / p, and of -M: digits below a place, or a block.
    """
    whole, count = prod(tables), len(tables)
    shares = [
        [value * basis(tuple(tables))[p] % whole for value in values]
        for p, values in tables.items()
    ]
    largest = max(_largest_change(count * s // whole for s in share) for share in shares)
    for part in parts:
        changes = (_largest_change(map(part, share)) for share in shares)
        largest = max(largest, *changes, part(-whole) if count > 1 else 0)
    return largest


def _largest_change(values: Iterable[int]) -> int:
    return max(abs(b - a) for a, b in pairwise(values))
