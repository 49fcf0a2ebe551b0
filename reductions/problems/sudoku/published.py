"""Published puzzles, easy and hard, each with one solution."""

from __future__ import annotations

from typing import NamedTuple


class Published(NamedTuple):
    """A puzzle in print.

    Attributes:
        name: what it is called.
        source: where it is from.
        cells: text for `Sudoku.of`.
    """

    name: str
    source: str
    cells: str


PUBLISHED = (
    Published(
        "example",
        "Wikipedia, Sudoku (Stellmach 2006)",
        "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    ),
    Published(
        "grid 1",
        "Norvig 2006, Solving Every Sudoku Puzzle",
        "..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3..",
    ),
    Published(
        "17 clues",
        "Royle, Minimum Sudoku, a collection of puzzles of 17 clues",
        ".......1.4.........2...........5.4.7..8...3....1.9....3..4..2...5.1........8.6...",
    ),
    Published(
        "grid 2",
        "Norvig 2006, Solving Every Sudoku Puzzle",
        "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    ),
    Published(
        "AI Escargot",
        "Inkala 2006",
        "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3..",
    ),
    Published(
        "Everest",
        "Inkala 2012",
        "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
    ),
)
