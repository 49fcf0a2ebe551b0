"""A threshold gate out of two-input gates: carry-save addition of its weights, then a comparison.

The constructions are written over abstract wires: `TwoInputGates` says how to make a gate and on
which level a wire stands. What they cost is counted, without building, in `tcsim.measure.fan_in_2`.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

W = TypeVar("W")


class TwoInputGates(Protocol[W]):
    """Makes AND, OR and NOT gates over wires of type W."""

    def conjunction(self, a: W, b: W) -> W:
        """AND of two wires."""

    def disjunction(self, a: W, b: W) -> W:
        """OR of two wires."""

    def negation(self, a: W) -> W:
        """NOT of a wire."""

    def level(self, a: W) -> int:
        """Level of a wire."""


def conjunction(gates: TwoInputGates[W], wires: Iterable[W], fan_in: int = 2) -> W:
    """AND of one or more wires as a tree of least depth: the earliest wires are joined first.

    Args:
        gates: what makes the gates; its ``conjunction`` takes up to `fan_in` wires.
        wires: at least one.
        fan_in: most operands of a gate.
    """
    return _tree(gates.level, lambda group: gates.conjunction(*group), wires, fan_in)


def disjunction(gates: TwoInputGates[W], wires: Iterable[W], fan_in: int = 2) -> W:
    """OR of one or more wires, likewise."""
    return _tree(gates.level, lambda group: gates.disjunction(*group), wires, fan_in)


def first_group(count: int, fan_in: int) -> int:
    """How many of `count` > 1 wires the first gate of a tree joins, so that the others are full."""
    return (count - 2) % (fan_in - 1) + 2


def _tree(
    level: Callable[[W], int], join: Callable[[list[W]], W], wires: Iterable[W], fan_in: int
) -> W:
    heap = [(level(wire), order, wire) for order, wire in enumerate(wires)]
    heapq.heapify(heap)
    order = len(heap)
    group = first_group(order, fan_in) if order > 1 else 0
    while len(heap) > 1:
        joined = join([heapq.heappop(heap)[2] for _ in range(group)])
        heapq.heappush(heap, (level(joined), order, joined))
        order += 1
        group = fan_in
    return heap[0][2]


def exclusive_or(gates: TwoInputGates[W], a: W, b: W) -> tuple[W, W]:
    """XOR and AND of two wires: four gates, XOR three levels up. ``(a|b) & ~(a&b)``."""
    both = gates.conjunction(a, b)
    return gates.conjunction(gates.disjunction(a, b), gates.negation(both)), both


def full_adder(gates: TwoInputGates[W], a: W, b: W, c: W) -> tuple[W, W]:
    """Sum and carry of three wires: nine gates; c may come three levels later than a and b."""
    half, both = exclusive_or(gates, a, b)
    total, carried = exclusive_or(gates, half, c)
    return total, gates.disjunction(both, carried)


def add_up(gates: TwoInputGates[W], terms: Sequence[tuple[W, int]]) -> list[W | None]:
    """The binary digits of ``sum weight * wire``, lowest first; None for a digit that is always 0.

    Each weight puts its wire into the columns of its 1 bits; in each column the three earliest
    wires go into a full adder until one is left (two into a half adder), and carries into the next
    column. With n wires that takes O(log n) levels of adders beside the length of the result.

    Args:
        gates: what makes the gates.
        terms: (wire, weight) with positive weights.
    """
    digits: list[W | None] = []
    column_count = max((weight.bit_length() for _, weight in terms), default=0)
    columns: list[list[W]] = [[] for _ in range(column_count)]
    for wire, weight in terms:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                columns[place].append(wire)
    carries: list[W] = []
    place = 0
    while place < len(columns) or carries:
        column = columns[place] if place < len(columns) else []
        digit, carries = _add_column(gates, column + carries)
        digits.append(digit)
        place += 1
    return digits


def _add_column(gates: TwoInputGates[W], wires: list[W]) -> tuple[W | None, list[W]]:
    """Add the wires of one column, earliest first: its digit and the carries, in level order."""
    # Sums come out in the order of their levels, so two queues do what a heap would.
    waiting, sums = deque(sorted(wires, key=gates.level)), deque[W]()
    carries = []

    def earliest() -> W:
        if sums and (not waiting or gates.level(sums[0]) < gates.level(waiting[0])):
            return sums.popleft()
        return waiting.popleft()

    while (left := len(waiting) + len(sums)) > 1:
        a, b = earliest(), earliest()
        if left > 2:
            total, carry = full_adder(gates, a, b, earliest())
        else:
            total, carry = exclusive_or(gates, a, b)
        sums.append(total)
        carries.append(carry)
    return (earliest() if left else None), carries


def compare(gates: TwoInputGates[W], digits: Sequence[W | None], limit: int) -> W | None:
    """Whether a binary number is at least `limit`, by a chain from the lowest digit.

    Args:
        gates: what makes the gates.
        digits: as `add_up` gives them.
        limit: at least 1, and at most the largest value of the digits.

    Returns:
        The wire; None where no digit can decide, which a limit in range excludes.
    """
    # "At least": start with yes; a digit under a 1 of the limit must be 1, under a 0 may save it.
    result: W | None = None
    certain = True  # while result is None: the comparison of the digits so far
    for place, digit in enumerate(digits):
        wanted = limit >> place & 1
        if digit is None:
            if wanted:
                result, certain = None, False
        elif result is not None:
            join = gates.conjunction if wanted else gates.disjunction
            result = join(result, digit)
        elif certain == bool(wanted):
            result = digit
    return result


def threshold(
    gates: TwoInputGates[W], terms: Sequence[tuple[W, int]], limit: int, fan_in: int = 2
) -> W:
    """``sum weight * wire >= limit`` for positive weights and 0 < limit <= their sum.

    An AND or OR becomes a tree of gates of `fan_in` operands; everything else is added up and
    compared by gates of two.
    """
    least, total = min(w for _, w in terms), sum(w for _, w in terms)
    wires = [wire for wire, _ in terms]
    if limit > total - least:
        return conjunction(gates, wires, fan_in)
    if limit <= least:
        return disjunction(gates, wires, fan_in)
    digits = add_up(gates, terms)
    result = compare(gates, digits, limit)
    assert result is not None, "a limit in range leaves a digit to decide"  # noqa: S101
    return result
