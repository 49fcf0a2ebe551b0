"""Exact odds of a vote on one input: the multinomial behind majority and plurality."""

from __future__ import annotations

from fractions import Fraction
from math import comb, lcm
from typing import TYPE_CHECKING, NamedTuple

from reductions.derandomize.bounds import Number, fraction
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORK = 10**8
"""Steps of one computation at most, about."""


class Odds(NamedTuple):
    """Probabilities that the vote of k independent seeds is right on an input.

    Attributes:
        majority: more than half of the seeds say the right token.
        plurality: the right token leads every other one.
    """

    majority: Fraction
    plurality: Fraction


def odds(probabilities: Sequence[Number], k: int) -> Odds:
    """Odds of a vote where a seed says token t with probability t; token 0 is the right one.

    Args:
        probabilities: exact, of sum 1.
        k: seeds, at least 1.

    Raises:
        ArgumentError: these are no probabilities, or k is not positive.
        LimitError: the computation would be too long.

    Example:
        >>> found = odds(["0.4", "0.3", "0.3"], 401)
        >>> f"{float(found.majority):.3e} {float(found.plurality):.5f}"
        '2.578e-05 0.98361'
    """
    exact = [fraction(value, "probability") for value in probabilities]
    if not exact or min(exact) < 0 or sum(exact) != 1:
        raise ArgumentError(f"probabilities {', '.join(map(str, exact))} do not add up to 1")
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise ArgumentError(f"k is {k!r}, not a positive integer")
    if k**3 * len(exact) > MOST_WORK * 10:
        raise LimitError(f"the odds of {k:,} seeds and {len(exact)} tokens would take too long")
    scale = lcm(*(p.denominator for p in exact))
    weights = [int(p * scale) for p in exact]
    total = scale**k
    first, others = weights[0], weights[1:]
    rest = scale - first
    majority = sum(comb(k, i) * first**i * rest ** (k - i) for i in range(k // 2 + 1, k + 1))
    plurality = 0
    for lead in range(1, k + 1):
        ways = _below(others, k - lead, lead)
        plurality += comb(k, lead) * first**lead * ways
    return Odds(Fraction(majority, total), Fraction(plurality, total))


def _below(weights: list[int], seeds: int, limit: int) -> int:
    """Weighted ways in which so many seeds say these tokens, each fewer than `limit` times."""
    if not weights:
        return int(not seeds)
    ways = [weights[0] ** i if i < limit else 0 for i in range(seeds + 1)]
    for number, weight in enumerate(weights[1:], 2):
        ends = range(seeds + 1) if number < len(weights) else [seeds]
        ways = [
            sum(
                comb(end, i) * weight**i * ways[end - i]
                for i in range(max(0, end - limit * number), min(limit, end + 1))
                if ways[end - i]
            )
            for end in ends
        ]
    return ways[-1]
