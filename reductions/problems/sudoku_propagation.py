"""Do single candidates, placed in rounds, solve a Sudoku puzzle within T rounds?

That this problem is in P is all that is claimed: whether these rules can simulate circuits on large
boards is not known here.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown, text
from reductions.problem import Problem, Witnesses
from reductions.problems.sudoku.derivations import (
    Derivation,
    Rounds,
    by_propagation,
    by_rounds,
    decide,
    every_derivation,
    verify,
)
from reductions.problems.sudoku.grid import SYMBOLS, Sudoku
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


def sizes(instance: Rounds) -> dict[str, int]:
    """The size fields."""
    sudoku = instance.sudoku
    kinds = 3 if min(sudoku.height, sudoku.width) > 1 else 2
    both = (sudoku.height - 1) + (sudoku.width - 1)
    return {
        "digits": sudoku.digits,
        "units": kinds,
        "peers": 3 * (sudoku.digits - 1) - both if kinds == 3 else 2 * (sudoku.digits - 1),
        "rounds": instance.rounds,
        "clues": sudoku.clues,
    }


def _to_data(instance: Rounds) -> Any:  # noqa: ANN401
    sudoku = instance.sudoku
    return {
        "box": [sudoku.height, sudoku.width],
        "cells": sudoku.line,
        "rounds": instance.rounds,
    }


def _from_data(data: Any) -> Rounds:  # noqa: ANN401
    box, cells, rounds = members(data, "instance", ("box", "cells", "rounds"))
    sides = [integer(side, "instance.box: a side") for side in items(box, "instance.box")]
    if len(sides) != 2:
        raise ArgumentError("instance.box must be [height, width]")
    numbers = [SYMBOLS.find(symbol) for symbol in text(cells, "instance.cells")]
    if -1 in numbers:
        raise ArgumentError(f"instance.cells must be text of {SYMBOLS}, not {shown(cells)}")
    return Rounds(Sudoku(sides[0], sides[1], bytes(numbers)), integer(rounds, "instance.rounds", 0))


def _derivation_from(data: Any) -> Derivation:  # noqa: ANN401
    rows = [items(row, "a placement") for row in items(data, "a derivation")]
    for row in rows:
        if len(row) != 2:
            raise ArgumentError(f"a placement is [cell, digit], not {shown(row)}")
    return tuple((integer(cell, "a cell", 0), integer(digit, "a digit", 1)) for cell, digit in rows)


def every(k: int) -> Iterator[Rounds]:
    """All squares of two digits, with 0 to k rounds."""
    for cells in product(range(3), repeat=4):
        for rounds in range(k + 1):
            yield Rounds(Sudoku(1, 2, bytes(cells)), rounds)


def strategy() -> SearchStrategy[Rounds]:
    """Puzzles of up to four digits: a solved one with open cells, or any clues."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Rounds:
        height, width = draw(st.sampled_from(((1, 2), (1, 3), (1, 3), (2, 2))))
        n = height * width
        names = draw(st.permutations(range(1, n + 1)))
        cells = [
            names[(row % height * width + row // height + column) % n]
            for row in range(n)
            for column in range(n)
        ]
        for cell in draw(st.lists(st.integers(0, n * n - 1), unique=True, max_size=n * n)):
            cells[cell] = 0
        if draw(st.integers(0, 3)) == 0:
            cells[draw(st.integers(0, n * n - 1))] = draw(st.integers(0, n))
        return Rounds(Sudoku(height, width, bytes(cells)), draw(st.integers(0, 3)))

    return drawn()


def ladder(k: int) -> Rounds:
    """A square without boxes, of three digits for small k, in which 1 is given once; k rounds."""
    n = 3
    while n**3 < k:
        n += 1
    return Rounds(Sudoku(1, n, bytes([1, *[0] * (n * n - 1)])), k)


def _without_clue(one: Rounds) -> Rounds | None:
    first = next((cell for cell, digit in enumerate(one.sudoku.cells) if digit), None)
    if first is None:
        return None
    cells = bytearray(one.sudoku.cells)
    cells[first] = 0
    return Rounds(Sudoku(one.sudoku.height, one.sudoku.width, bytes(cells)), one.rounds)


SUDOKU_PROPAGATION: Problem[Rounds, Derivation] = Problem(
    name="sudoku_propagation",
    question="Do single candidates, placed in rounds, give every cell a digit within T rounds?",
    instance=Rounds,
    fields={
        "digits": "N, also the side of the square",
        "units": "rows, columns and boxes that a cell is in; 2 where a box is part of a line",
        "peers": "cells that share one with a cell",
        "rounds": "T, given in unary",
        "clues": "cells that are given",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all squares of two digits, with 0 to {k} rounds",
    reach=1,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the first clue is lost": _without_clue,
        "one round is lost": lambda one: Rounds(one.sudoku, one.rounds - 1) if one.rounds else None,
    },
    hardness="in P; whether it is P-complete is not known here",
    reference="single candidates: Felgenhauer and Jarvis 2006, Mathematics of Sudoku; solving "
    "puzzles of any size is NP-complete: Yato and Seta 2003",
    witnesses=Witnesses(
        meaning="cells and digits in an order in which each follows from clues and earlier ones, "
        "within T rounds, until every cell has a digit",
        verify=verify,
        every=every_derivation,
        few=lambda one: len(one.sudoku.cells) <= 4,
        producers={"rounds": by_rounds, "propagation": by_propagation},
        to_data=lambda derivation: [list(place) for place in derivation],
        from_data=_derivation_from,
    ),
)
