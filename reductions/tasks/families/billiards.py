"""Billiards: balls on a grid, moved by the block rule of Margolus."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.draws import sequence_hash
from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.tasks.draws import Draws
    from tcsim.typing import Integers

_BILLIARD = 4


def sides(width: int) -> tuple[int, int]:
    """Rows and columns of a grid of that many blocks, as square as can be."""
    high = next(side for side in range(isqrt(width), 0, -1) if width % side == 0)
    return 2 * high, 2 * (width // high)


def _reads(high: int, wide: int, phase: int) -> Integers:
    """Of each cell itself; in its block the one beside, the one above or below, the opposite."""
    row, column = np.divmod(np.arange(high * wide), wide)
    beside = ((column - phase ^ 1) + phase) % wide
    across = ((row - phase ^ 1) + phase) % high
    pairs = ((row, column), (row, beside), (across, column), (across, beside))
    return np.stack([r * wide + c for r, c in pairs], axis=-1)


def _near(reads: Integers) -> npt.NDArray[np.bool_]:
    """Which cells cell 0 depends on, after steps that read like that."""
    near = np.zeros(reads.shape[1], bool)
    near[0] = True
    for step in reads[::-1]:
        below = np.zeros_like(near)
        below[step[near]] = True
        near = below
    return near


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    high, wide = sides(width)
    balls = (draws.below(5, rows, high * wide) < 2).astype(np.int64)
    cell = draws.below(high * wide, rows)
    reads = np.stack([_reads(high, wide, step % 2) for step in range(depth)])
    found = levelled(balls, np.array(_BILLIARD), reads, cell)
    # The grid is moved by whole blocks and reflected, so that the asked cell becomes cell 0.
    at_row, at_column = np.divmod(cell, wide)

    def moved(at: Integers, side: int) -> Integers:
        places = np.arange(side)
        turned = np.where((at % 2 == 1)[:, None], 1 - places, places)
        found: Integers = (turned + (at - at % 2)[:, None]) % side
        return found

    places = moved(at_row, high)[:, :, None] * wide + moved(at_column, wide)[:, None, :]
    grid = np.take_along_axis(balls, places.reshape(rows, -1), axis=1)
    near = _near(reads)
    key = sequence_hash(np.where(near, grid, 2))
    if high == wide:
        flipped = grid.reshape(rows, high, wide).transpose(0, 2, 1).reshape(rows, -1)
        key = np.minimum(key, sequence_hash(np.where(near, flipped, 2)))
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        marks = balls[row].astype(np.uint8) * np.uint8(ord("o") - ord(".")) + np.uint8(ord("."))
        line = marks.tobytes().decode("ascii")
        lines = '","'.join(line[at : at + wide] for at in range(0, high * wide, wide))
        asked = f"[{at_row[row]},{at_column[row]}]"
        return f'{{"grid":["{lines}"],"steps":{depth},"cell":{asked}}}', str(answer[row])

    return Block(found.spanned, found.answer, key, text)


BILLIARDS = Family(
    name="billiards",
    version=1,
    question="Is there a ball in this cell after so many steps?",
    input="JSON: rows of the grid, whose edges are joined, with o for a ball; steps; the row and "
    "column that are asked for. The blocks of the first step begin at row and column 0, those of "
    "the second at 1, and so on in turn",
    answer="0 or 1",
    depth="steps",
    width="blocks of four cells",
    unit="blocks moved",
    symmetries="shifts by whole blocks and reflections of the grid, cells too far off to matter",
    hardness="P-complete if steps and blocks may grow (the machine is universal for circuits); in "
    "NC1 for grids of a fixed size",
    assumption="TC != P",
    reference="Margolus 1984, Physics-like models of computation; Fredkin and Toffoli 1982",
    least=(1, 1),
    answers=lambda _depth, _width: 2,
    work=lambda depth, width: depth * width,
    block=_block,
)
