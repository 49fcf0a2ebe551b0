"""Circuit values: AND, OR and NOT gates in levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled, unfolded

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws
    from tcsim.typing import Integers

_AND, _OR, _NOT = range(3)
_NAMES = ("and", "or", "not")


def wiring(draws: Draws, inputs: Integers, depth: int, nots: int) -> tuple[Integers, Integers]:
    """Kinds and operands of random gates, that are evaluated as they are drawn.

    A gate reads two wires of the level before, and is AND or OR. If both wires hold the value that
    decides such a gate alone, neither matters, and it becomes the other kind: so AND and OR, 0 and
    1 stay equally likely, and a gate's kind tells nothing of its value.

    Args:
        draws: where to draw from.
        inputs: int64, shape (rows, width), 0 and 1.
        depth: number of levels.
        nots: one in this many gates is a NOT; 0: none.

    Returns:
        Kinds, shape (rows, depth, width), and operands, shape (rows, depth, width, 2).
    """
    rows, width = inputs.shape
    shape = (rows, depth, width)
    first = draws.below(width, *shape)
    second = draws.below(width - 1, *shape)
    second += second >= first
    kind = draws.below(2, *shape)
    inverts = draws.below(nots, *shape) == 0 if nots else np.zeros(shape, bool)
    values = inputs
    for level in range(depth):
        a = np.take_along_axis(values, first[:, level], axis=1)
        b = np.take_along_axis(values, second[:, level], axis=1)
        # 0 decides an AND, 1 an OR: where a and b agree, the kind is the one they do not decide.
        kind[:, level] = np.where(a == b, 1 - a, kind[:, level])
        values = np.where(kind[:, level] == _AND, a & b, a | b)
        values = np.where(inverts[:, level], 1 - a, values)
    kind[inverts] = _NOT
    second[inverts] = -1
    return kind, np.stack((first, second), axis=-1)


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    inputs = draws.below(2, rows, width)
    kind, operands = wiring(draws, inputs, depth, nots=5)
    output = draws.below(width, rows)
    found = levelled(inputs, kind, operands, output)
    key = unfolded(found)[np.arange(rows), depth, output]
    numbers = [str(wire) for wire in range((depth + 1) * width)]
    heads = [f'["{name}",' for name in _NAMES]
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        level = np.arange(depth)[:, None] * width
        first = (operands[row, ..., 0] + level).ravel().tolist()
        second = (operands[row, ..., 1] + level).ravel().tolist()
        gates = ",".join(
            f"{heads[k]}{numbers[a]}]" if k == _NOT else f"{heads[k]}{numbers[a]},{numbers[b]}]"
            for k, a, b in zip(kind[row].ravel().tolist(), first, second, strict=True)
        )
        bits = "".join(map(str, inputs[row].tolist()))
        given = f'{{"inputs":"{bits}","gates":[{gates}],"output":{depth * width + output[row]}}}'
        return given, str(answer[row])

    return Block(found.spanned, found.answer, key, text)


CVP = Family(
    name="cvp",
    version=1,
    question="Is the output of this circuit of AND, OR and NOT gates 1?",
    input="an instance of the problem cvp as JSON: inputs, gates in order, the output's wire",
    answer="0 or 1",
    depth="levels of gates",
    width="gates a level, and inputs",
    unit="gates",
    symmetries="other names of wires, swapped operands, gates without a path to the output",
    hardness="P-complete if depth and width may grow; in NC1 for any fixed width",
    assumption="TC != P",
    reference="Ladner 1975, The circuit value problem is log space complete for P",
    least=(1, 2),
    answers=lambda _depth, _width: 2,
    work=lambda depth, width: depth * width,
    block=_block,
)
