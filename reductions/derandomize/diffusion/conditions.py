"""Functions of a prefix of bits that TC0 circuits compute: what the next token depends on.

Each is a network that reads ``prefix``, n bits, and gives one bit: a function of one weighted sum,
which is told apart by the values at which it changes. One level for a single change, two for more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.networks import Affine, Code, IntegerNetwork, Requantize, Sketch, Tabulate

if TYPE_CHECKING:
    from collections.abc import Sequence


def majority(n: int) -> IntegerNetwork:
    """Whether more than half of n bits are 1. Depth 1.

    Raises:
        ArgumentError: n is no positive integer.
    """
    _positive(n, "n")
    return _of_sum([1] * n, [n // 2 + 1])


def threshold(weights: Sequence[int], least: int) -> IntegerNetwork:
    """Whether the weighted sum of the bits is at least `least`. Depth 1.

    Raises:
        ArgumentError: no weights.
    """
    if not weights:
        raise ArgumentError("a threshold has at least one weight")
    return _of_sum(list(weights), [least])


def parity(n: int) -> IntegerNetwork:
    """Whether an odd number of n bits are 1. Depth 2.

    Raises:
        ArgumentError: n is no positive integer.
    """
    _positive(n, "n")
    return _of_sum([1] * n, list(range(1, n + 1)))


def addition_bit(digits: int, bit: int) -> IntegerNetwork:
    """Binary digit `bit` of the sum of two numbers. Depth 2.

    Args:
        digits: of each number; the first one's come first, each lowest first.
        bit: ``0..digits``; the last is the carry.

    Raises:
        ArgumentError: there is no such digit.
    """
    _positive(digits, "digits")
    if not 0 <= bit <= digits:
        raise ArgumentError(f"the sum of {digits}-digit numbers has no digit {bit!r}")
    if bit > 61:
        raise ArgumentError(f"digit {bit} takes weights beyond 2**61: at most digit 61")
    number = [2**place if place <= bit else 0 for place in range(digits)]
    largest, step = 2 * sum(number), 2**bit
    return _of_sum(number * 2, list(range(step, largest + 1, step)))


def _of_sum(weights: list[int], cuts: list[int]) -> IntegerNetwork:
    """1 where an odd number of cuts are reached."""
    sketch = Sketch()
    prefix = sketch.input("prefix", len(weights), Code(0, 1))
    total = sketch.add(Affine([[weight] for weight in weights], [0]), prefix)
    with sketch.scope("condition"):
        if len(cuts) == 1:
            return sketch.network(sketch.add(Requantize([cuts], Code(0, 1)), total))
        values = [place % 2 for place in range(len(cuts) + 1)]
        return sketch.network(sketch.add(Tabulate([cuts], [values], Code(0, 1)), total))


def _positive(count: object, what: str) -> None:
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ArgumentError(f"{what} is a positive integer, not {count!r}")
