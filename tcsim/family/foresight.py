"""How much memory the circuit for a larger n will take, from the sizes of smaller ones."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES_EACH = 350
"""Bytes of memory while a circuit is built, per gate and per stored term: 347 in the family of all
ANDs of pairs of 700 inputs, 172 in the thresholds of the prefixes of 1,500."""
_LARGEST = 2.0**900


@dataclass(frozen=True)
class Estimate:
    """An extrapolation.

    Attributes:
        n: for which member.
        items: gates and stored terms that it will have.
        memory: bytes that building it will take.
    """

    n: int
    items: float
    memory: float

    def __str__(self) -> str:
        return f"about {_count(self.items)} gates and terms, {_bytes(self.memory)}"


def estimate(n: int, items: Mapping[int, int], *, bent: bool = True) -> Estimate | None:
    """Extrapolate the numbers of gates and terms.

    The exponent of growth between the last two n measured is continued; where it rises, as it does
    in families of exponential size, its rise is continued too (`bent`).

    Args:
        n: the member to estimate.
        items: {n: gates and terms} of smaller members.
        bent: whether a rise of the exponent goes on; without it the estimate is a lower one.

    Returns:
        None where fewer than two smaller members are known.
    """
    known = sorted((at, count) for at, count in items.items() if 0 < at < n and count > 0)
    if len(known) < 2:
        return None
    (a, size_a), (b, size_b) = known[-2:]
    slope = max(log(size_b / size_a) / log(b / a), 0.0)
    if bent and len(known) > 2 and slope > 0:
        before, size_before = known[-3]
        earlier = log(size_a / size_before) / log(a / before)
        if earlier > 0:
            # The middles of the two intervals, on a logarithmic axis, and the one that follows.
            middles = [log(before * a) / 2, log(a * b) / 2, log(b * n) / 2]
            rise = (slope - earlier) / (middles[1] - middles[0])
            if rise > 0:
                slope *= (slope / earlier) ** (
                    (middles[2] - middles[1]) / (middles[1] - middles[0])
                )
    power = min(log(size_b) + slope * log(n / b), log(_LARGEST))
    return Estimate(n, exp(power), exp(power) * BYTES_EACH)


def rungs(n: int, known: Mapping[int, int], least: int) -> list[int]:
    """Smaller members to build first, so that the estimate for n stands on something.

    Args:
        n: the next member to measure.
        known: members whose sizes are known.
        least: the smallest n of the study.

    Returns:
        At most lg n of them, each at most half of n.
    """
    ladder, at = [], max(least, 1)
    last = max(known, default=0)
    if last and n <= 4 * last and len(known) > 2:
        return []
    while 2 * at <= n:
        if at not in known and at > last:
            ladder.append(at)
        at *= 2
    return ladder


def _count(value: float) -> str:
    return f"{value:,.0f}" if value < 1e9 else f"10^{log2(value) * 0.30103:.1f}"


def _bytes(value: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if value >= size:
            shown = (
                f"{value / size:,.1f}" if value < 1e18 else f"10^{log2(value / size) * 0.30103:.0f}"
            )
            return f"{shown} {unit}"
    return f"{value:,.0f} bytes"
