"""Matrices of exact numbers, and linear forms with integer weights in their place."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, gcd, lcm
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Matrix: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""Rows of exact numbers."""


def matrix(values: object, name: str) -> Matrix:
    """Exact numbers of a nested sequence or an array.

    Raises:
        NetworkError: not two axes, an axis without entries, or numbers that are not finite.
    """
    try:
        rows: Any = values.tolist() if isinstance(values, np.ndarray) else values
        made = tuple(tuple(Fraction(entry) for entry in row) for row in rows)
    except (TypeError, ValueError, OverflowError) as error:
        raise NetworkError(f"{name} must be a matrix of finite numbers: {error}") from None
    if not made or not made[0] or len({len(row) for row in made}) != 1:
        raise NetworkError(f"{name} must be a matrix with rows of one length, not {values!r}")
    return made


def times(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product."""
    columns = list(zip(*right, strict=True))
    return tuple(tuple(_dot(row, column) for column in columns) for row in left)


def _dot(row: Iterable[Fraction], column: Iterable[Fraction]) -> Fraction:
    return sum((p * q for p, q in zip(row, column, strict=True)), Fraction(0))


def integer_form(
    weights: Sequence[Sequence[Fraction]], cuts: list[Fraction]
) -> tuple[list[list[int]], list[int]]:
    """Integer weights in the same proportion, without a common divisor.

    Returns:
        The weights, and the least integer sum with them that reaches each cut.
    """
    entries = [weight for row in weights for weight in row]
    scale = Fraction(lcm(*(weight.denominator for weight in entries)))
    scale /= gcd(*(int(weight * scale) for weight in entries)) or 1
    return (
        [[int(weight * scale) for weight in row] for row in weights],
        [ceil(cut * scale) for cut in cuts],
    )
