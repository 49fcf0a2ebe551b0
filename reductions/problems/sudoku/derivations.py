"""Single candidates by the definition: what follows, derivations, and whether one is right.

The rules are those of `reductions.problems.sudoku.propagation`, written with sets, cell by cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from math import inf
from typing import TYPE_CHECKING

from reductions.codec import integer, shown
from reductions.problems.sudoku.grid import Sudoku
from reductions.problems.sudoku.propagation import propagate
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

Placed = tuple[int, int]
"""A cell, numbered row by row from 0, and a digit from 1."""

Derivation = tuple[Placed, ...]


@dataclass(frozen=True)
class Rounds:
    """A puzzle and a number of rounds.

    Args:
        sudoku: any puzzle, with no, one or many solutions.
        rounds: T, at most N * N * N: so many are always enough.

    Raises:
        ArgumentError: one is out of range.
    """

    sudoku: Sudoku
    rounds: int

    def __post_init__(self) -> None:
        if not isinstance(self.sudoku, Sudoku):
            raise ArgumentError(f"sudoku must be a Sudoku, not {shown(self.sudoku)}")
        integer(self.rounds, "rounds", 0, self.sudoku.digits**3)


@cache
def regions(height: int, width: int) -> tuple[frozenset[int], ...]:
    """Every row, column and box as a set of cells; each set once."""
    n = height * width
    rows = [frozenset(range(r * n, r * n + n)) for r in range(n)]
    columns = [frozenset(range(c, n * n, n)) for c in range(n)]
    boxes = [
        frozenset((top + r) * n + left + c for r in range(height) for c in range(width))
        for top in range(0, n, height)
        for left in range(0, n, width)
    ]
    return tuple(dict.fromkeys(rows + columns + boxes))


def follows(sudoku: Sudoku, placed: frozenset[Placed]) -> frozenset[Placed]:
    """What single candidates give at once, from what is placed; straight from the definition."""
    n, every = sudoku.digits, regions(sudoku.height, sudoku.width)
    eliminated = set()
    for cell, digit in placed:
        eliminated |= {(cell, d) for d in range(1, n + 1) if d != digit}
        for region in every:
            if cell in region:
                eliminated |= {(other, digit) for other in region if other != cell}
    found = set()
    for cell, digit in product(range(n * n), range(1, n + 1)):
        naked = all((cell, d) in eliminated for d in range(1, n + 1) if d != digit)
        if naked or any(
            cell in region and all((other, digit) in eliminated for other in region - {cell})
            for region in every
        ):
            found.add((cell, digit))
    return frozenset(found)


def clues(sudoku: Sudoku) -> frozenset[Placed]:
    """What is given."""
    return frozenset((cell, digit) for cell, digit in enumerate(sudoku.cells) if digit)


def placed_after(instance: Rounds) -> list[frozenset[Placed]]:
    """What is placed after each round, from the first without one on; shorter where nothing new."""
    found = [clues(instance.sudoku)]
    for _ in range(instance.rounds):
        after = found[-1] | follows(instance.sudoku, found[-1])
        if after == found[-1]:
            break
        found.append(after)
    return found


def _full(sudoku: Sudoku, placed: frozenset[Placed]) -> bool:
    return len({cell for cell, _ in placed}) == len(sudoku.cells)


def decide(instance: Rounds) -> bool:
    """Whether every cell has a digit after T rounds."""
    return _full(instance.sudoku, placed_after(instance)[-1])


def _when(sudoku: Sudoku, place: Placed, known: dict[Placed, int]) -> float:
    """The round in which single candidates place a digit, if those known have their rounds."""
    cell, digit = place
    n = sudoku.digits
    around = [r for r in regions(sudoku.height, sudoku.width) if cell in r]

    def gone(other: int, d: int) -> float:
        here = [known[other, e] for e in range(1, n + 1) if e != d and (other, e) in known]
        peers = {c for r in regions(sudoku.height, sudoku.width) if other in r for c in r}
        return min(here + [known[c, d] for c in peers - {other} if (c, d) in known], default=inf)

    reasons = [max(gone(cell, d) for d in range(1, n + 1) if d != digit)]
    reasons += [max(gone(other, digit) for other in region - {cell}) for region in around]
    return 1 + min(reasons)


def verify(instance: Rounds, derivation: Derivation) -> bool:
    """Whether each placement follows from earlier ones by round T, until every cell has a digit."""
    sudoku = instance.sudoku
    known = dict.fromkeys(clues(sudoku), 0)
    for cell, digit in derivation:
        if not (0 <= cell < len(sudoku.cells) and 1 <= digit <= sudoku.digits):
            return False
        t = _when(sudoku, (cell, digit), known)
        if (cell, digit) in known or t > instance.rounds:
            return False
        known[cell, digit] = int(t)
    return _full(sudoku, frozenset(known))


def every_derivation(instance: Rounds) -> Iterator[Derivation]:
    """All derivations that end as soon as every cell has a digit."""
    sudoku = instance.sudoku

    def extend(done: Derivation, known: dict[Placed, int]) -> Iterator[Derivation]:
        if _full(sudoku, frozenset(known)):
            yield done
            return
        for place in product(range(len(sudoku.cells)), range(1, sudoku.digits + 1)):
            t = _when(sudoku, place, known)
            if place not in known and t <= instance.rounds:
                yield from extend((*done, place), {**known, place: int(t)})

    return extend((), dict.fromkeys(clues(sudoku), 0))


def by_rounds(instance: Rounds) -> Derivation | None:
    """All placements, round by round."""
    found = placed_after(instance)
    if not _full(instance.sudoku, found[-1]):
        return None
    done: list[Placed] = []
    for before, after in pairwise(found):
        done += sorted(after - before)
    return tuple(done)


def by_propagation(instance: Rounds) -> Derivation | None:
    """What `propagate` places, in each round from the last cell to the first."""
    found = propagate(instance.sudoku, instance.rounds)
    if not found.solved:
        return None
    placed = [
        (t, -cell, digit + 1)
        for cell, row in enumerate(found.placed_in.tolist())
        for digit, t in enumerate(row)
        if t > 0
    ]
    return tuple((-cell, digit) for _, cell, digit in sorted(placed))
