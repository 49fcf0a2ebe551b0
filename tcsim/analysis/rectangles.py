"""Discrepancy of a function whose inputs are split between two players."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.analysis.arguments import generator, input_numbers
from tcsim.analysis.table import truth_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.analysis.table import Function
    from tcsim.typing import Bits, Integers

EXACT_SIDE = 20
"""Up to so many rows (or columns) every set of them is tried."""

_COLUMNS = 1 << 12
"""Columns that are looked at together: the sums of 256 sets of rows stay in the cache."""
_STARTS = 64
_ROUNDING = 1e-9
"""Relative, and generous: floating-point errors of the largest singular value are near 1e-13."""


@dataclass(frozen=True)
class Discrepancy:
    """Bounds of the discrepancy under the uniform distribution.

    Attributes:
        low: what the rectangle below has: exact.
        high: no rectangle has more: equal to `low` where `is_exact`, else the spectral bound.
        is_exact: whether all rectangles were tried.
        rows: the rectangle: numbers of rows, as bits of the first player's inputs.
        columns: the same of columns.
    """

    low: Fraction
    high: Fraction
    is_exact: bool
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def communication_matrix(function: Function, first: Iterable[int], output: int | str = 0) -> Bits:
    """The values of a function, rows for one player's inputs and columns for the other's.

    Args:
        function: a circuit of at most 24 inputs, or a truth table of 2**n values.
        first: the numbers of the inputs of the first player; the others are the second's.
        output: which output of a circuit.

    Returns:
        uint8, shape (2**len(first), 2**(n - len(first))): bit k of a row's number is the k-th of
        the first player's inputs, in increasing order; likewise of columns.

    Raises:
        ArgumentError: an input that does not exist.
    """
    values = truth_values(function, output)
    n = len(values).bit_length() - 1
    mine = input_numbers(first, n, "the inputs of the first player")
    theirs = [i for i in range(n) if i not in mine]
    # Axis 0 of the cube is the highest input.
    cube = values.reshape((2,) * n)
    axes = [n - 1 - i for i in [*reversed(mine), *reversed(theirs)]]
    matrix: Bits = cube.transpose(axes).reshape(1 << len(mine), 1 << len(theirs))
    return np.ascontiguousarray(matrix)


def discrepancy(
    function: Function, first: Iterable[int], output: int | str = 0, *, seed: int = 0
) -> Discrepancy:
    """The most that a rectangle favors one value: ``|sum over A x B of (-1)^f| / 2**n``.

    Where a player has at most 4 inputs (16 rows; a matrix of up to 20 rows or columns), all
    rectangles are tried, and the result is exact. Else it lies between a rectangle that was found
    and the spectral bound ``norm(M) / sqrt(rows * columns)``, which a rectangle cannot exceed
    (Lindsey's lemma is the case of a Hadamard matrix).

    A protocol with error e < 1/2 needs at least log2((1 - 2e) / discrepancy) bits.
    Source: E. Kushilevitz, N. Nisan, Communication Complexity, 1997, sections 3.5 and 3.6.

    Args:
        function: as `communication_matrix`.
        first: likewise.
        output: likewise.
        seed: of the random sets from which a rectangle is improved.

    Example:
        >>> found = discrepancy([0, 0, 0, 1], [0])  # AND of two bits, one each
        >>> found.low, found.is_exact, found.rows, found.columns
        (Fraction(1, 2), True, (0,), (0, 1))
    """
    matrix = 1 - 2 * communication_matrix(function, first, output).astype(np.int64)
    turned = matrix.shape[0] > matrix.shape[1]
    signs = matrix.T if turned else matrix
    exact = len(signs) <= EXACT_SIDE
    value, rows, columns = _every_set(signs) if exact else _improved(signs, seed)
    low = Fraction(value, signs.size)
    high = low if exact else max(low, _spectral_bound(signs))
    sides = (columns, rows) if turned else (rows, columns)
    return Discrepancy(low, high, exact, *(tuple(side) for side in sides))


def _every_set(signs: Integers) -> tuple[int, list[int], list[int]]:
    """The best rectangle, over all sets of rows; the best columns of each are those of one sign."""
    count = len(signs)
    kinds, often = np.unique(signs, axis=1, return_counts=True)
    # A set of rows: some of the first half, by number, and some of the second, by number.
    half = count // 2
    lower, upper = (
        (np.arange(1 << len(part))[:, None] >> np.arange(len(part)) & 1) @ part
        for part in (kinds[:half], kinds[half:])
    )
    totals = np.zeros((len(upper), len(lower), 2), np.int64)
    for first in range(0, len(often), _COLUMNS):
        part = slice(first, first + _COLUMNS)
        for number, row in enumerate(upper):
            sums = lower[:, part] + row[part]
            totals[number, :, 0] += np.maximum(sums, 0) @ often[part]
            totals[number, :, 1] += np.maximum(-sums, 0) @ often[part]
    high, low, way = (int(k) for k in np.unravel_index(totals.argmax(), totals.shape))
    chosen = low | high << half
    rows = [i for i in range(count) if chosen >> i & 1]
    columns = np.flatnonzero((1 - 2 * way) * signs[rows].sum(axis=0) > 0).tolist()
    return int(totals[high, low, way]), rows, columns


def _improved(signs: Integers, seed: int) -> tuple[int, list[int], list[int]]:
    """A good rectangle: rows and columns are chosen for each other until nothing gets better."""
    random = generator(seed)
    best: tuple[int, Any, Any] = (-1, None, None)
    for start in range(_STARTS):
        sign = 1 - 2 * (start % 2)
        rows = random.integers(0, 2, len(signs)).astype(bool)
        if start < 2:
            rows[:] = True
        value = -1
        while True:
            columns = sign * signs[rows].sum(axis=0) > 0
            by_row = sign * signs[:, columns].sum(axis=1)
            rows = by_row > 0
            found = int(by_row[rows].sum())
            if found <= value:
                break
            value = found
        if value > best[0]:
            best = value, rows, columns
    return best[0], np.flatnonzero(best[1]).tolist(), np.flatnonzero(best[2]).tolist()


def _spectral_bound(signs: Integers) -> Fraction:
    exact = signs.astype(np.float64)  # as are the products: integers of at most 2**24
    norm = math.sqrt(float(np.linalg.eigvalsh(exact @ exact.T)[-1]))
    return min(Fraction(1), Fraction(norm * (1 + _ROUNDING)) / Fraction(math.sqrt(signs.size)))
