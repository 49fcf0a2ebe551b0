"""Puzzles with exactly one solution from a seed: a full grid, from which clues are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.codec import integer
from reductions.problems.sudoku.grid import Sudoku
from reductions.problems.sudoku.solving import Search
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.typing import Integers, Progress

GENERATOR = 1
"""Version: another one gives other puzzles from the same seed."""

CHOICES = 100_000
"""Choices of a cell after which a full grid is begun anew, and a clue stays."""

ATTEMPTS = 100
"""At a full grid."""


def generate(
    seed: int,
    count: int,
    *,
    height: int = 3,
    width: int = 3,
    clues: int = 0,
    progress: Progress | None = None,
) -> Iterator[tuple[Sudoku, Sudoku]]:
    """Puzzles with their only solutions; puzzle i depends on the seed and i alone.

    Args:
        seed: at least 0.
        count: how many.
        height: of a box.
        width: of a box.
        clues: no clue is taken away once so few are left. With 0, each puzzle is minimal: without
            any of its clues it has more solutions.
        progress: called as ``progress(done, total)``.

    Raises:
        ArgumentError: an argument is out of range.
        LimitError: no full grid was found (boxes of 5 x 5 may need too long a search).
    """
    integer(count, "count", 0)
    search = Search(height, width, max(1, count) * 82)
    for number in range(count):
        yield puzzle(seed, number, height=height, width=width, clues=clues, search=search)
        if progress is not None:
            progress(number + 1, count)


def puzzle(
    seed: int,
    number: int = 0,
    *,
    height: int = 3,
    width: int = 3,
    clues: int = 0,
    search: Search | None = None,
) -> tuple[Sudoku, Sudoku]:
    """One puzzle with its only solution; see `generate`.

    Raises:
        ArgumentError: an argument is out of range.
        LimitError: no full grid was found.

    Example:
        >>> from reductions.problems.sudoku import count_solutions
        >>> hidden, solved = puzzle(2026, height=2, width=2)
        >>> count_solutions(hidden), count_solutions(solved)
        (1, 1)
    """
    for name, value in (("seed", seed), ("number", number), ("clues", clues)):
        integer(value, name, 0)
    empty = Sudoku(height, width, bytes((height * width) ** 2))  # refuses other boxes
    if search is None:
        search = Search(height, width, 82)
    chance = np.random.PCG64(np.random.SeedSequence([seed, number]))
    cells = _full(search, chance)
    solved = _sudoku(empty, cells)
    _take_away(search, cells, chance, clues)
    return _sudoku(empty, cells), solved


def _sudoku(like: Sudoku, cells: Integers) -> Sudoku:
    return Sudoku(like.height, like.width, cells.astype(np.uint8).tobytes())


def _full(search: Search, chance: np.random.PCG64) -> Integers:
    """A full grid: what a search of the empty one finds, which tries digits in random order."""
    n = search.digits
    cells, allowed = np.zeros(n * n, np.int64), np.full(n * n, search.full)
    for _ in range(ATTEMPTS):
        try:
            search.count(cells, allowed, 1, _shuffled(chance, n * n, n).reshape(-1), CHOICES)
        except LimitError:
            continue
        return search.solution.copy()
    raise LimitError(f"no full grid of {n} digits in {ATTEMPTS} attempts")


def _take_away(search: Search, cells: Integers, chance: np.random.PCG64, clues: int) -> None:
    """Open cells in random order, each unless a solution has another digit there."""
    n = search.digits
    allowed = np.full(n * n, search.full)
    left = n * n
    for cell in _shuffled(chance, 1, n * n)[0].tolist():
        if left <= clues:
            return
        digit = int(cells[cell])
        cells[cell] = 0
        allowed[cell] = search.full & ~(1 << (digit - 1))
        try:
            others = search.count(cells, allowed, 1, choices=CHOICES)
        except LimitError:
            others = 1
        if others:
            cells[cell] = digit
        else:
            left -= 1
        allowed[cell] = search.full


def _shuffled(chance: np.random.PCG64, rows: int, columns: int) -> Integers:
    """Rows of 0 .. columns - 1, each in random order.

    From raw bits: they stay the same in all versions of NumPy, which its permutations need not.
    """
    raw = chance.random_raw(rows * columns).reshape(rows, columns)
    return np.argsort(raw, axis=1, kind="stable").astype(np.int64)
