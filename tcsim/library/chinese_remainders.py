"""A number from its remainders modulo small primes, in three levels; with small weights in five.

A number X of 0 .. M - 1 with the remainders x_j modulo primes p_j, of product M, is
``sum_j (M / p_j) a_j - r M``, where ``a_j = x_j h_j mod p_j`` and ``h_j M / p_j`` is 1 modulo p_j.
The rank r is the integer part of ``sum_j a_j / p_j``, which is ``r + X / M``. Each of the J terms
is rounded down to a multiple of 1 / J. The sum then loses less than 1, so that it still tells r
where X / M is less than 1 / J.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

import tcsim.expressions as tc
from tcsim.library.counting import binary_digit
from tcsim.library.number_theory import basis, logarithms, powers
from tcsim.library.weighted_sum import add_blocks, multiples, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tcsim.expressions import LinearForm, Signal


@dataclass(frozen=True)
class Remainder:
    """A remainder modulo a prime, as a function of how many gates of a thermometer are 1.

    Attributes:
        prime: the modulus.
        ladder: gates; those that are 1 come first.
        values: the remainder where 0, 1, .. of them are 1.
    """

    prime: int
    ladder: Sequence[Signal]
    values: Sequence[int]

    def form(self, function: Callable[[int], int]) -> LinearForm:
        """A function of the remainder as a linear form; terms without a change have weight 0."""
        entries = [function(value) for value in self.values]
        steps = zip(self.ladder, entries[1:], entries, strict=False)
        return tc.sum([entries[0], *((here - before) * gate for gate, here, before in steps)])


def remainder(x: Sequence[Signal], p: int, function: Callable[[int], int]) -> Remainder:
    """``function(x) mod p`` of a binary number, by one level: x mod p is that of a smaller sum.

    Args:
        x: binary digits, lowest first.
        p: an odd prime.
        function: of an integer to one, modulo p.
    """
    weights = [pow(2, i, p) for i in range(len(x))]
    value = stored(tc.dot(weights, x))
    ladder = [value >= k for k in range(1, sum(weights) + 1)]
    return Remainder(p, ladder, [function(k) % p for k in range(sum(weights) + 1)])


def product(factors: Sequence[Remainder], unless: LinearForm | int = 0) -> Remainder:
    """The product of remainders modulo one prime, by one more level: logarithms are added.

    Args:
        factors: remainders modulo the same prime.
        unless: where it is positive the product is 0.
    """
    p = factors[0].prime
    zero = len(factors) * (p - 2) + 1  # more than the logarithms of factors other than 0 add up to
    exponents = logarithms(p)
    forms = [factor.form(lambda value: exponents.get(value, zero)) for factor in factors]
    exponent = stored(tc.sum([*forms, zero * unless]))
    ladder = [exponent >= k for k in range(1, zero + 1)]
    return Remainder(p, ladder, [*(powers(p)[k % (p - 1)] for k in range(zero)), 0])


def reconstruct(remainders: Sequence[Remainder], places: Iterable[int]) -> list[Signal]:
    """Some binary digits of a number, in three levels, with weights up to 2**(place + 1).

    Digit q is that of ``T_q = sum_j ((M / p_j) a_j mod 2**(q+1)) + r (-M mod 2**(q+1))``, a sum of
    2 J - 1 numbers: fewer than 4 J gates ``[T_q >= k 2**q]`` tell it.

    Args:
        remainders: for each prime of `moduli` one, or several that add up, all but one being 0.
        places: of the wanted digits.
    """
    summands = _summands(remainders)
    found: list[Signal] = []
    for q in places:
        mask = (2 << q) - 1
        value = tc.sum(one.form(_part(0, mask)) for one in summands)
        found.append(binary_digit(multiples(value, _count(summands) * mask, q), 0) >= 1)
    return found


def reconstruct_small(remainders: Sequence[Remainder], places: int) -> list[Signal]:
    """The lowest digits, in five levels, with weights of less than 4 J.

    The 2 J - 1 numbers are added by `add_blocks`.

    Args:
        remainders: as for `reconstruct`.
        places: digits that are wanted.
    """
    summands = _summands(remainders)
    length = _count(summands).bit_length()
    blocks = []
    for first in range(0, places, length):
        mask = (1 << min(length, places - first)) - 1
        value = tc.sum(one.form(_part(first, mask)) for one in summands)
        blocks.append((value, _count(summands) * mask))
    return add_blocks(blocks, length, places, wrap=True)


def _summands(remainders: Sequence[Remainder]) -> list[Remainder]:
    """What adds up to the number: the multiples of M / p_j, and -M as often as the rank says."""
    primes = tuple(dict.fromkeys(one.prime for one in remainders))
    count, whole = len(primes), prod(primes)
    shares = [
        replace(one, values=[value * basis(primes)[one.prime] % whole for value in one.values])
        for one in remainders
    ]
    rounded = stored(tc.sum(one.form(lambda share: count * share // whole) for one in shares))
    rank = [rounded >= (r - 1) * count + 1 for r in range(1, count)]
    return [*shares, *(Remainder(1, [gate], [0, -whole]) for gate in rank)]


def _part(first: int, mask: int) -> Callable[[int], int]:
    return lambda entry: entry >> first & mask


def _count(summands: Sequence[Remainder]) -> int:
    """How many summands are other than 0 at a time, at most: 2 J - 1."""
    return 2 * len({one.prime for one in summands if one.prime > 1}) - 1
