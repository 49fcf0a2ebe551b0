"""Signatures that all puzzles of one symmetry class share: different ones tell classes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.sudoku.grid import units
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reductions.problems.sudoku.grid import Sudoku

ROUNDS = 4
"""Of refinement."""

_ODD = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def signatures(puzzles: Sequence[Sudoku]) -> NDArray[np.uint64]:
    """A number for each puzzle that no symmetry changes.

    Symmetries are: other names for the digits; other orders of rows in a band, columns in a stack,
    bands, and stacks; rows exchanged with columns where boxes are squares. Puzzles of different
    signatures are in no way the same. Those of equal ones may be: all full grids have the same one.

    Colors of cells are refined: a cell's next color comes from the multisets of colors in its row,
    column and box, of those with its digit, and of those in its band and stack.

    Args:
        puzzles: of boxes of one shape.

    Returns:
        uint64, shape (puzzles,).

    Raises:
        ArgumentError: their boxes differ.
    """
    if not puzzles:
        return np.zeros(0, np.uint64)
    height, width = puzzles[0].height, puzzles[0].width
    if any((one.height, one.width) != (height, width) for one in puzzles):
        raise ArgumentError("signatures: all puzzles must have boxes of one shape")
    n = height * width
    cells = np.frombuffer(b"".join(one.cells for one in puzzles), np.uint8).reshape(-1, n * n)
    row, column, box = units(height, width).T
    both = height == width
    groups = [(row, column), (row // height, (column - n) // width + n), (box, None)]
    color = _mixed((cells > 0).astype(np.uint64), 0)
    for step in range(ROUNDS):
        seen = color + _mixed(_by_digit(cells, color, n), 3)
        for kind, (across, down) in enumerate(groups):
            found = _gathered(color, across)
            if down is not None:  # rows and columns change places where boxes are squares
                other = _gathered(color, down)
                found = found + other if both else _mixed(found, 1) + other
            seen = seen + _mixed(found, kind)
        color = _mixed(seen, step)
    return np.asarray(color.sum(axis=1, dtype=np.uint64))


def _gathered(color: NDArray[np.uint64], group: NDArray[np.int64]) -> NDArray[np.uint64]:
    """For each cell a number of the multiset of colors in its group."""
    members = (group[:, None] == np.unique(group)[None, :]).astype(np.uint64)
    total = _mixed(color, 2) @ members
    return np.asarray(_mixed(total, 1) @ members.T)


def _by_digit(cells: NDArray[np.uint8], color: NDArray[np.uint64], n: int) -> NDArray[np.uint64]:
    """For each cell a number of the multiset of colors under its digit; open cells: one group."""
    found = np.zeros_like(color)
    mixed = _mixed(color, 1)
    for digit in range(n + 1):
        there = cells == digit
        total = np.where(there, mixed, np.uint64(0)).sum(axis=1, dtype=np.uint64, keepdims=True)
        found = np.where(there, total, found)
    return found


def _mixed(values: NDArray[np.uint64], key: int) -> NDArray[np.uint64]:
    """A permutation of the 64-bit numbers that scatters them; arithmetic modulo 2**64."""
    found = values + np.uint64(_ODD[0] * (key + 1) % 2**64)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(_ODD[1])
    found = (found ^ (found >> np.uint64(27))) * np.uint64(_ODD[2])
    return np.asarray(found ^ (found >> np.uint64(31)))
