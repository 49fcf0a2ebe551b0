"""Which n to measure: ``4..512`` (doubling), ``4..64:4`` (steps), ``4,8,16``, and unions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_POINTS = 10_000
"""Most values of n that one study measures."""


def parse_points(points: str | Iterable[int]) -> tuple[int, ...]:
    """Values of n, increasing, without repetition.

    Args:
        points: integers, or text: parts separated by commas, each an integer, ``first..last``
            (doubling from first; last is added where doubling misses it) or ``first..last:step``.

    Raises:
        ArgumentError: the text cannot be read, or a value is negative or no integer.
        LimitError: there are more than `MOST_POINTS` values.

    Example:
        >>> parse_points("4..64")
        (4, 8, 16, 32, 64)
        >>> parse_points("2..10:2,16,40")
        (2, 4, 6, 8, 10, 16, 40)
    """
    if isinstance(points, str):
        values: list[int] = []
        for part in points.split(","):
            values += _part(part.strip(), points)
    else:
        try:
            values = list(points)
        except TypeError:
            raise ArgumentError(
                f"n must be text such as '4..512', or integers, not {points!r}"
            ) from None
    for value in values:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ArgumentError(f"n must be integers of at least 0, not {value!r}")
    if not values:
        raise ArgumentError("n is empty: give at least one value, such as '4..512'")
    if len(values) > MOST_POINTS:
        raise LimitError(
            f"n has {len(values):,} values, more than {MOST_POINTS:,}: give a larger step"
        )
    return tuple(sorted(set(values)))


def _part(part: str, whole: str) -> list[int]:
    span, colon, step = part.partition(":")
    first, dots, last = span.partition("..")
    if not dots:
        if colon:
            raise ArgumentError(f"n: {part!r} has a step but no range; write first..last:step")
        return [_integer(span, whole)]
    begin, end = _integer(first, whole), _integer(last, whole)
    if end < begin:
        raise ArgumentError(f"n: the range {part!r} is empty, as {end} < {begin}")
    if colon:
        by = _integer(step, whole)
        if by < 1:
            raise ArgumentError(f"n: the step of {part!r} must be at least 1")
        if (end - begin) // by >= MOST_POINTS:
            raise LimitError(f"n: {part!r} has more than {MOST_POINTS:,} values: larger steps")
        return list(range(begin, end + 1, by))
    values = [begin]
    while 2 * values[-1] <= end and values[-1]:
        values.append(2 * values[-1])
    return values if values[-1] == end else [*values, end]


def _integer(text: str, whole: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ArgumentError(
            f"n: cannot read {text!r} in {whole!r}; write 4..512 (doubling), 4..64:4 (steps) or "
            "4,8,16"
        )
    return int(text)
