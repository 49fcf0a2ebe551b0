"""Single candidates in rounds: what follows from the clues without any guess, and when.

In a round a digit d is placed in a cell if every other digit of the cell is eliminated (naked
single), or d is eliminated in all other cells of a row, column or box (hidden single). A digit is
eliminated in a cell if another one is placed there, or it is placed in another cell of the row,
column or box. What is placed in a round uses what was placed in earlier rounds alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.sudoku.grid import Sudoku, units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class Propagation:
    """What single candidates derive.

    Attributes:
        sudoku: the puzzle.
        placed_in: int64, shape (N * N, N): the round in which digit d + 1 is placed in a cell, 0 if
            it is given, -1 if it never is.
        rounds: until nothing is new: the serial depth of this derivation.
    """

    sudoku: Sudoku
    placed_in: Integers
    rounds: int

    @property
    def solved(self) -> bool:
        """Whether every cell has a digit; a puzzle without solution may have cells with several."""
        return bool((self.placed_in >= 0).any(axis=1).all())

    @property
    def work(self) -> int:
        """Placements, clues not counted: the total work, one at a time."""
        return int(np.count_nonzero(self.placed_in > 0))

    @property
    def cells(self) -> Sudoku:
        """The puzzle with all that is placed; of several digits in a cell the smallest."""
        one = self.placed_in >= 0
        digits = np.where(one.any(axis=1), one.argmax(axis=1) + 1, 0).astype(np.uint8)
        return Sudoku(self.sudoku.height, self.sudoku.width, digits.tobytes())


def propagate(sudoku: Sudoku, most: int | None = None) -> Propagation:
    """Place single candidates in rounds, until nothing is new or for `most` rounds.

    Each round but the last places something, so that N * N * N rounds are always enough, and N * N
    for a puzzle that has a solution.

    Example:
        >>> found = propagate(Sudoku.of("1... ..3. .4.. ...2"))
        >>> found.solved, found.rounds, found.work
        (True, 1, 12)
    """
    n = sudoku.digits
    given = np.frombuffer(sudoku.cells, np.uint8)
    placed_in = np.full((n * n, n), -1)
    cells = np.flatnonzero(given)
    placed_in[cells, given[cells] - 1] = 0
    members = _members(sudoku.height, sudoku.width)
    placed = placed_in >= 0
    rounds = 0
    while most is None or rounds < most:
        new = _round(placed, members) & ~placed
        if not new.any():
            break
        rounds += 1
        placed_in[new] = rounds
        placed |= new
    placed_in.flags.writeable = False
    return Propagation(sudoku, placed_in, rounds)


@cache
def _members(height: int, width: int) -> Integers:
    """Which cell is in which row, column and box: int64, shape (3, N, N * N)."""
    n = height * width
    groups = units(height, width).T
    own = groups - n * np.arange(3)[:, None]
    return np.asarray(own[:, None] == np.arange(n)[:, None], np.int64)


def _round(placed: NDArray[np.bool_], members: Integers) -> NDArray[np.bool_]:
    """What follows at once: bool, shape (N * N, N)."""
    n = placed.shape[1]
    one = placed.astype(np.int64)
    eliminated = one.sum(axis=1, keepdims=True) > one
    for member in members:
        eliminated |= member.T @ (member @ one) > one
    gone = eliminated.astype(np.int64)
    follows = gone.sum(axis=1, keepdims=True) - gone == n - 1
    for member in members:
        follows |= member.T @ (member @ gone) - gone == n - 1
    return np.asarray(follows)
