"""A sample of bit vectors of small bias: no sum of bits is far from a fair coin."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def field_degree(n: int) -> int:
    """m, so that q = 2**m > (n - 1)(n - 2) / 2, where the biases add up to less than 1.

    At least 1, so that a single bit is unbiased; there is none where n = 1.
    """
    return max(((n - 1) * (n - 2) // 2).bit_length(), min(n - 1, 1))


@cache
def sample(n: int) -> tuple[int, ...]:
    """q**2 vectors of n - 1 bits, of which each prefix of k bits has bias at most (k - 1) / q.

    Powering (Alon, Goldreich, Hastad and Peralta 1992): bit t of the vector of (a, b) is <a**t, b>
    over the field with q elements. A sum of bits is <p(a), b> for a polynomial p of degree k - 1,
    and that is unbiased in b unless a is one of its k - 1 roots.
    """
    m = field_degree(n)
    modulus = _irreducible(m)
    vectors = []
    for a in range(1 << m):
        powers = [1]
        while len(powers) < n - 1:
            powers.append(_product(powers[-1], a, m, modulus))
        for b in range(1 << m):
            bits = ((power & b).bit_count() & 1 for power in powers[: n - 1])
            vectors.append(sum(bit << t for t, bit in enumerate(bits)))
    return tuple(vectors)


def prefixes(n: int, k: int) -> Iterator[tuple[list[int], int]]:
    """The distinct prefixes of k bits in the sample, as positions of ones, and how often."""
    counted = Counter(vector & (1 << k) - 1 for vector in sample(n))
    for prefix, times in sorted(counted.items()):
        yield [t for t in range(k) if prefix >> t & 1], times


def _product(a: int, b: int, m: int, modulus: int) -> int:
    """Product in the field with 2**m elements, polynomials over two elements as bits."""
    result = 0
    for place in range(m):
        if b >> place & 1:
            result ^= a << place
    for place in range(2 * m - 2, m - 1, -1):
        if result >> place & 1:
            result ^= modulus << (place - m)
    return result


def _irreducible(m: int) -> int:
    """The first polynomial of degree m that no polynomial of degree 1 .. m/2 divides."""

    def remainder(a: int, b: int) -> int:
        while a.bit_length() >= b.bit_length():
            a ^= b << (a.bit_length() - b.bit_length())
        return a

    return next(
        p for p in range(1 << m, 2 << m) if all(remainder(p, d) for d in range(2, 2 << (m // 2)))
    )
