"""How many functions of n inputs are threshold functions, counted one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError, LimitError
from tcsim.search.gate import ThresholdGate
from tcsim.search.threshold import threshold_gate

if TYPE_CHECKING:
    from tcsim.typing import Progress

MOST_INPUTS = 5
"""There are 7,581 positive functions of 5 inputs, and 7,828,354 of 6."""


def count_threshold_functions(n: int, *, progress: Progress | None = None) -> int:
    """The number of threshold functions of n inputs, which need not depend on all of them.

    Every threshold function becomes positive when some of the inputs that it depends on are
    negated, and all of these are different: a positive one that depends on k inputs counts 2**k
    times. What differs by the order of inputs is decided once.

    The numbers are those of https://oeis.org/A000609: 2, 4, 14, 104, 1882, 94572.

    Args:
        n: 0 to 5.
        progress: called as ``progress(done, total)`` in positive functions.

    Raises:
        ArgumentError: n is no such number.
        LimitError: n is larger than 5.

    Example:
        >>> [count_threshold_functions(n) for n in range(4)]
        [2, 4, 14, 104]
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise ArgumentError(f"n is a number of inputs, 0 to {MOST_INPUTS}, not {n!r}")
    if n > MOST_INPUTS:
        raise LimitError(f"threshold functions are counted to {MOST_INPUTS} inputs, not {n}")
    known: dict[tuple[int, ...], bool] = {}
    total = 0
    positive = positive_functions(n)
    for done, table in enumerate(positive, 1):
        values = [table >> x & 1 for x in range(1 << n)]
        sums = [sum(values[x] for x in range(1 << n) if x >> i & 1) for i in range(n)]
        order = sorted(range(n), key=lambda i: sums[i])
        key = tuple(
            values[sum((x >> place & 1) << i for place, i in enumerate(order))]
            for x in range(1 << n)
        )
        if key not in known:
            known[key] = isinstance(threshold_gate(key, least=False), ThresholdGate)
        if known[key]:
            essential = sum(2 * one != sum(values) for one in sums)
            total += 1 << essential
        if progress is not None and (done % 256 == 0 or done == len(positive)):
            progress(done, len(positive))
    return total


def positive_functions(n: int) -> list[int]:
    """All functions that raising an input never turns off, as truth tables: bit x is f(x)."""
    tables = [0, 1]
    for k in range(n):
        # With the last input at 0 the function is some f, at 1 some g >= f.
        tables = [f | g << (1 << k) for f in tables for g in tables if not f & ~g]
    return tables
