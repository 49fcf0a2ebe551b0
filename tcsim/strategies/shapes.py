"""Which terms and thresholds make a gate of a kind: `tcsim.gates.kind` read backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = ("constant 0", "constant 1", "buffer", "not", "and", "or", "maj", "k-of-n", "weighted")
"""The kinds of gates, as `tcsim.gates.kind` names them."""


class Shape(NamedTuple):
    """Terms over which a gate can be of some kind.

    Attributes:
        operands: least number of operands.
        most: greatest number of operands, None if unbounded.
        weights: ``"any"``, ``"positive"``, ``"negative"``, ``"nonzero"``, ``"equal"`` (in absolute
            value) or ``"unequal"``.
    """

    operands: int
    most: int | None
    weights: str


SHAPES = {
    "constant 0": Shape(0, None, "any"),
    "constant 1": Shape(0, None, "any"),
    "buffer": Shape(1, 1, "positive"),
    "not": Shape(1, 1, "negative"),
    "and": Shape(2, None, "nonzero"),
    "or": Shape(2, None, "nonzero"),
    "maj": Shape(3, None, "equal"),
    "k-of-n": Shape(4, None, "equal"),
    "weighted": Shape(2, None, "unequal"),
}


def allowed(kind: str, low: int, high: int) -> bool:
    """Whether weights between `low` and `high` can make a gate of a kind."""
    sizes = sorted(
        {abs(weight) for weight in (low, high, -1, 1) if weight and low <= weight <= high}
    )
    return {
        "any": True,
        "positive": high > 0,
        "negative": low < 0,
        "nonzero": bool(sizes),
        "equal": bool(sizes),
        "unequal": len(sizes) > 1,
    }[SHAPES[kind].weights]


def thresholds(weights: Iterable[int], kind: str) -> list[tuple[int, int]]:
    """The thresholds at which a form of these weights makes a gate of a kind.

    Args:
        weights: the weights of the expanded form.
        kind: one of `KINDS`.

    Returns:
        Inclusive ranges; those of the constants are cut off two beyond the form's own range.

    Example:
        >>> thresholds([1, 1, 1], "maj")
        [(2, 2)]
        >>> thresholds([5, 5, 3], "or")
        [(1, 3)]
        >>> thresholds([5, 5, 3], "k-of-n")
        []
    """
    signed = [weight for weight in weights if weight]
    lowest = sum(weight for weight in signed if weight < 0)
    limits = _limits([abs(weight) for weight in signed], kind, positive=sum(signed) > 0)
    return [(first + lowest, last + lowest) for first, last in limits]


def _limits(sizes: list[int], kind: str, *, positive: bool) -> list[tuple[int, int]]:
    """The same over literals with the absolute weights."""
    total, count = sum(sizes), len(sizes)
    if kind == "constant 1":
        return [(-1, 0)]
    if kind == "constant 0":
        return [(total + 1, total + 2)]
    if count < 2:
        return [(1, total)] if count and kind == ("buffer" if positive else "not") else []
    least, majority = min(sizes), count // 2 + 1
    if kind == "or":
        return [(1, least)]
    if kind == "and":
        return [(total - least + 1, total)]
    if kind == "weighted":
        return [(least + 1, total - least)] if least != max(sizes) else []
    if kind not in {"maj", "k-of-n"} or least != max(sizes):
        return []
    ks = [k for k in range(2, count) if (k == majority) == (kind == "maj")]
    return [((k - 1) * least + 1, k * least) for k in ks]
