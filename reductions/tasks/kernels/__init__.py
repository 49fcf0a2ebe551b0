"""The compiled loops: circuits in levels, and Sudoku puzzles."""
