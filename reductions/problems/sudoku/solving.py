"""Solutions of a puzzle by backtracking: one, or how many up to a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.codec import integer
from reductions.problems.sudoku.grid import Sudoku, units
from reductions.problems.sudoku.kernels import search
from tcsim import _accelerate
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.typing import Integers

MOST_CHOICES = 10_000_000
"""Choices of a cell after which a search gives up."""

FEW_CHOICES = 1_000
"""After so many the search is begun anew, compiled."""

USUAL_STEPS = 200_000
"""About how many steps a search takes: whether compiling pays at once is judged by it."""


class Search:
    """Searches in puzzles of one box; what they need is made once.

    Args:
        height: of a box.
        width: of a box.
        searches: about how many there will be.
    """

    def __init__(self, height: int, width: int, searches: int = 1) -> None:
        n = height * width
        self.digits = n
        self.full = (1 << n) - 1
        self.solution = np.zeros(n * n, np.int64)
        self._steps = searches * USUAL_STEPS
        self._units = units(height, width).reshape(-1)
        self._in_order = np.tile(np.arange(n), n * n)
        self._room = (np.zeros(3 * n, np.int64), *np.zeros((2, n * n + 1), np.int64))

    def count(
        self,
        cells: Integers,
        allowed: Integers,
        most: int,
        order: Integers | None = None,
        choices: int = MOST_CHOICES,
    ) -> int:
        """Solutions, counted up to `most`; the first is left in ``solution``.

        Args:
            cells: int64, shape (N * N,).
            allowed: int64, likewise: bit d is set where digit d + 1 may stand in an open cell.
            most: where counting ends.
            order: int64, shape (N * N * N,): for each cell the digits, from 0, as they are tried.
            choices: after so many choices of a cell it gives up.

        Raises:
            LimitError: it gave up.
        """
        order = self._in_order if order is None else order
        found = self._run(self._steps, cells, allowed, most, order, min(choices, FEW_CHOICES))
        if found < 0 and choices > FEW_CHOICES:
            found = self._run(choices * len(cells), cells, allowed, most, order, choices)
        if found < 0:
            raise LimitError(
                f"no answer after {choices:,} choices of a cell; this puzzle is too hard for "
                f"backtracking"
            )
        return found

    def _run(
        self,
        steps: int,
        cells: Integers,
        allowed: Integers,
        most: int,
        order: Integers,
        choices: int,
    ) -> int:
        return _accelerate.run(
            search, steps, self.digits, self._units, cells, allowed, order, most, choices,
            *self._room, self.solution,
        )  # fmt: skip


def count_solutions(sudoku: Sudoku, most: int = 2) -> int:
    """How many solutions a puzzle has, counted up to `most`.

    Args:
        sudoku: any puzzle.
        most: where counting ends; 2 tells whether there is exactly one.

    Raises:
        ArgumentError: `most` is below 1.
        LimitError: the search took more than `MOST_CHOICES` choices.

    Example:
        >>> count_solutions(Sudoku.of("1... ..3. .4.. ...2"))
        1
        >>> count_solutions(Sudoku.of("." * 16), most=1000)
        288
    """
    integer(most, "most", 1)
    return _run(sudoku, most)[0]


def solve(sudoku: Sudoku) -> Sudoku | None:
    """A solution; None if there is none.

    Raises:
        LimitError: the search took more than `MOST_CHOICES` choices.

    Example:
        >>> print(solve(Sudoku.of("1... ..3. .4.. ...2")).line)
        1324423124133142
    """
    count, cells = _run(sudoku, 1)
    return Sudoku(sudoku.height, sudoku.width, cells) if count else None


def _run(sudoku: Sudoku, most: int) -> tuple[int, bytes]:
    one = Search(sudoku.height, sudoku.width)
    cells = np.frombuffer(sudoku.cells, np.uint8).astype(np.int64)
    count = one.count(cells, np.full(len(cells), one.full), most)
    return count, one.solution.astype(np.uint8).tobytes()
