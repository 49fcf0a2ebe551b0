"""Rule 110: a cell of a ring after some steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.draws import sequence_hash
from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws

_RULE_110 = 3


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    cells = 2 * width + 1
    inputs = draws.below(2, rows, cells)
    cell = draws.below(cells, rows)
    places = np.arange(cells)
    operands = np.stack([(places + shift) % cells for shift in (-1, 0, 1)], axis=-1)
    kind = np.array(_RULE_110)
    wide = np.broadcast_to(operands, (depth, cells, 3))
    found = levelled(inputs, kind, wide, cell)
    # Turned so that the asked cell comes first, and without those too far off to matter.
    turned = np.take_along_axis(inputs, (places + cell[:, None]) % cells, axis=1)
    near = np.minimum(places, cells - places) <= depth
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        bits = "".join(map(str, inputs[row].tolist()))
        given = f'{{"cells":"{bits}","steps":{depth},"cell":{cell[row]}}}'
        return given, str(answer[row])

    return Block(found.spanned, found.answer, sequence_hash(turned[:, near]), text)


RULE_110 = Family(
    name="rule110",
    version=1,
    question="What is this cell of a ring after so many steps of Rule 110?",
    input="JSON: cells of a ring, from cell 0; steps; the number of the cell that is asked for",
    answer="0 or 1",
    depth="steps",
    width="cells on each side of the asked one: the ring has 2 * width + 1",
    unit="cells updated",
    symmetries="rotations of the ring, values of cells too far off to matter",
    hardness="P-complete if steps and cells may grow; in NC1 for rings of a fixed size",
    assumption="TC != P",
    reference="Neary and Woods 2006, P-completeness of cellular automaton Rule 110; paper, 3.1",
    least=(1, 1),
    answers=lambda _depth, _width: 2,
    work=lambda depth, width: depth * (2 * width + 1),
    block=_block,
)
