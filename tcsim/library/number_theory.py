"""Primes, discrete logarithms and Chinese remainders: tables that circuits are built from."""

from __future__ import annotations

from functools import cache
from itertools import count
from math import prod

from tcsim.errors import ArgumentError, LimitError

MOST_DIGITS = 512
"""Binary digits of the largest number that is held by remainders: circuits of 10**8 operands."""


@cache
def moduli(limit: int) -> tuple[int, ...]:
    """The least odd primes 3, 5, 7, .. whose product exceeds `limit` times their number.

    A number of 0 .. `limit` is known by its remainders; the factor makes it easy to reconstruct.

    Args:
        limit: at least 0.

    Raises:
        LimitError: it has more than `MOST_DIGITS` binary digits.

    Example:
        >>> moduli(100)
        (3, 5, 7, 11)
    """
    if limit.bit_length() > MOST_DIGITS:
        raise LimitError(
            f"a number of {limit.bit_length():,} binary digits is to be held by remainders, and at "
            f"most {MOST_DIGITS:,} are supported: take fewer or shorter numbers"
        )
    primes: list[int] = []
    product = 1
    for candidate in count(3, 2):
        if all(candidate % prime for prime in primes):
            primes.append(candidate)
            product *= candidate
            if product > len(primes) * limit:
                return tuple(primes)
    raise AssertionError  # there is always another prime


def largest_power(digits: int, exponent: int) -> int:
    """``(2**digits - 1)**exponent``, the largest product of so many numbers of so many digits.

    Args:
        digits: at least 1.
        exponent: at least 1.

    Raises:
        LimitError: it has more than `MOST_DIGITS` binary digits; so that it is not even computed
            where it is huge. Powers of 1 have one digit; at most 2 * `MOST_DIGITS` are taken.
    """
    least = max((digits - 1) * exponent, exponent // 2)  # no more digits than it has, but for 1
    if least > MOST_DIGITS:
        raise LimitError(
            f"a product of {exponent:,} numbers of {digits:,} binary digits is to be held by "
            f"remainders, of which at most {MOST_DIGITS:,} digits are supported: take fewer or "
            "shorter numbers"
        )
    largest: int = ((1 << digits) - 1) ** exponent
    return largest


@cache
def powers(p: int) -> tuple[int, ...]:
    """The powers 0 .. p - 2 of the least primitive root of an odd prime: all of 1 .. p - 1.

    Raises:
        ArgumentError: p is no odd prime.

    Example:
        >>> powers(7)
        (1, 3, 2, 6, 4, 5)
    """
    for root in range(2, p):
        orbit, power = [1], root % p
        while power not in (0, 1) and len(orbit) < p:
            orbit.append(power)
            power = power * root % p
        if len(orbit) == p - 1:
            return tuple(orbit)
    raise ArgumentError(f"{p} is no odd prime: it has no primitive root")


@cache
def logarithms(p: int) -> dict[int, int]:
    """{1 .. p - 1: exponent} to the least primitive root of an odd prime.

    Example:
        >>> logarithms(5)
        {1: 0, 2: 1, 4: 2, 3: 3}
    """
    return {power: exponent for exponent, power in enumerate(powers(p))}


@cache
def basis(primes: tuple[int, ...]) -> dict[int, int]:
    """{prime p: the number mod M that is 1 mod p and 0 mod the others}, M the product.

    Example:
        >>> basis((3, 5))
        {3: 10, 5: 6}
    """
    product = prod(primes)
    return {p: product // p * pow(product // p, -1, p) for p in primes}
