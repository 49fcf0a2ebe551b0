"""A Sudoku puzzle: a square of cells in boxes, some of them given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reductions.codec import integer, shown
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.typing import Integers

SYMBOLS = ".123456789ABCDEFGHIJKLMNOP"
"""What is written for an open cell, and for the digits 1, 2, ..."""

MOST_DIGITS = len(SYMBOLS) - 1

_OPEN = str.maketrans("0_*", "...")


@dataclass(frozen=True)
class Sudoku:
    """A puzzle, solved or not; whether it has a solution is not asked.

    Boxes of height h and width w make a square of N = h w rows and columns; each row, column and
    box is to hold the digits 1 .. N.

    Args:
        height: of a box.
        width: of a box.
        cells: row by row, N * N numbers: 0 for an open cell, or a digit.

    Raises:
        ArgumentError: N is not 2 .. 25, or there are other cells.

    Example:
        >>> puzzle = Sudoku.of("1... ..3. .4.. ...2")
        >>> puzzle.digits, puzzle.height, puzzle.clues
        (4, 2, 4)
        >>> print(puzzle)
        1...
        ..3.
        .4..
        ...2
    """

    height: int
    width: int
    cells: bytes

    def __post_init__(self) -> None:
        integer(self.height, "height", 1, MOST_DIGITS)
        integer(self.width, "width", 1, MOST_DIGITS)
        n = self.digits
        if not 2 <= n <= MOST_DIGITS:
            raise ArgumentError(f"height * width must be 2 .. {MOST_DIGITS}, not {n}")
        if not isinstance(self.cells, bytes):
            raise ArgumentError(f"cells must be bytes, not {shown(self.cells)}")
        if len(self.cells) != n * n or max(self.cells) > n:
            raise ArgumentError(f"cells must be {n * n} numbers 0 .. {n}, got {shown(self.cells)}")

    @classmethod
    def of(cls, text: str, height: int | None = None, width: int | None = None) -> Sudoku:
        """A puzzle from text: ``.``, ``0``, ``_`` or ``*`` for an open cell; spaces do not count.

        Args:
            text: row by row.
            height: of a box; by default boxes are squares.
            width: of a box.

        Raises:
            ArgumentError: it is no such text, or not of N * N cells.
        """
        if not isinstance(text, str):
            raise ArgumentError(f"a puzzle is text, not {shown(text)}")
        symbols = "".join(text.split()).upper().translate(_OPEN)
        numbers = [SYMBOLS.find(symbol) for symbol in symbols]
        if -1 in numbers:
            raise ArgumentError(f"a puzzle is text of {SYMBOLS}, not {shown(text)}")
        if height is None or width is None:
            height = width = round(len(numbers) ** 0.25)
        return cls(height, width, bytes(numbers))

    @property
    def digits(self) -> int:
        """N."""
        return self.height * self.width

    @property
    def clues(self) -> int:
        """Number of cells that are given."""
        return len(self.cells) - self.cells.count(0)

    @property
    def line(self) -> str:
        """All cells in one line of text."""
        return "".join(SYMBOLS[number] for number in self.cells)

    def __str__(self) -> str:
        n = self.digits
        return "\n".join(self.line[row * n : row * n + n] for row in range(n))


@cache
def units(height: int, width: int) -> Integers:
    """The row, column and box of each cell.

    Returns:
        int64, shape (N * N, 3): rows have the numbers 0 .. N-1, columns N .. 2N-1, boxes behind.
    """
    n = height * width
    row, column = np.divmod(np.arange(n * n), n)
    box = row // height * height + column // width
    found = np.stack((row, n + column, 2 * n + box), axis=1).astype(np.int64)
    found.flags.writeable = False
    return found
