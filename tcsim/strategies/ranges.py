"""Numbers or ranges of numbers, as the arguments of the strategies."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st

from tcsim.errors import ArgumentError

Bounds: TypeAlias = tuple[int, int]
"""(least, greatest)."""

Range: TypeAlias = int | Bounds
"""One integer, or (least, greatest)."""


def bounds(name: str, value: Range, least: int | None = None) -> Bounds:
    """The ends of a range.

    Args:
        name: the argument's, for the error.
        value: the argument.
        least: the lowest valid number, if there is one.

    Raises:
        ArgumentError: there is no number in it, or one below `least`.
    """
    low, high = value if isinstance(value, tuple) else (value, value)
    if low > high:
        raise ArgumentError(f"{name}={value!r}: there is no number between {low} and {high}")
    if least is not None and low < least:
        raise ArgumentError(f"{name}={value!r}: at least {least} it must be")
    return low, high


def within(ends: Bounds) -> st.SearchStrategy[int]:
    """The integers between two."""
    return st.integers(*ends)
