"""What constructions check about the wires that they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.expressions import Signal, is_sequence, signal

if TYPE_CHECKING:
    from collections.abc import Iterable


def bits(wires: Iterable[Signal], name: str) -> list[Signal]:
    """A sequence of signals as a list.

    Raises:
        ArgumentError: it is no sequence.
        BuilderError: an item is no signal.
    """
    if not is_sequence(wires):
        raise ArgumentError(f"{name} must be a sequence of wires, not {type(wires).__name__}")
    return [signal(wire, name) for wire in wires]


def pair(x: Iterable[Signal], y: Iterable[Signal]) -> list[tuple[Signal, Signal]]:
    """Two binary numbers of the same number of digits, digit by digit, lowest first.

    Raises:
        ArgumentError: they have none, or not the same number.
    """
    first, second = bits(x, "x"), bits(y, "y")
    if len(first) != len(second) or not first:
        raise ArgumentError(
            "x and y must have the same number of digits, at least one, not "
            f"{len(first)} and {len(second)}: fill up with the constant 0"
        )
    return list(zip(first, second, strict=True))


def table(numbers: Iterable[Iterable[Signal]]) -> list[list[Signal]]:
    """Binary numbers of the same number of digits, at least one of each.

    Raises:
        ArgumentError: there are none, or their lengths differ.
    """
    rows = [bits(row, f"numbers[{i}]") for i, row in enumerate(numbers)]
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        lengths = ", ".join(str(len(row)) for row in rows) or "none"
        raise ArgumentError(
            f"numbers must be sequences of as many digits each, at least one, not {lengths}"
        )
    return rows
