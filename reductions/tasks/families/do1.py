"""The depth of ones: how deep is the deepest gate of value 1 of an alternating circuit?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.draws import multiset_hash
from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled, unfolded

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws
    from tcsim.typing import Integers


def depths_of_ones(depth: int) -> list[int]:
    """The answers: the odd levels, which are of ORs, and the last one.

    A single 1 among ORs makes no AND above it 1, however the gates are wired.
    """
    return sorted({*range(1, depth + 1, 2), depth})


def _operands(draws: Draws, values: Integers, wanted: Integers, odd: int) -> Integers:
    """Operands that give the wanted values, such that a wrong one could be noticed.

    An OR of value 1 reads a 1 and a 0, one of value 0 reads two 0s; an AND the other way round.

    Args:
        draws: where to draw from.
        values: of the level before, shape (rows, width), with at least two of the value that a
            gate may read twice, and one of the other.
        wanted: shape (rows, width).
        odd: 1 for ORs, 0 for ANDs.
    """
    rows, width = values.shape
    places = np.argsort(values ^ 1 ^ odd, axis=1, kind="stable")  # the value read twice first
    twice = (values != odd).sum(axis=1)[:, None]
    both = wanted != odd
    first = draws.below(np.broadcast_to(twice, wanted.shape), rows, width)
    other = draws.below(np.broadcast_to(twice - 1, wanted.shape), rows, width)
    across = draws.below(np.broadcast_to(width - twice, wanted.shape), rows, width)
    second = np.where(both, other + (other >= first), twice + across)
    swap = draws.below(2, rows, width) == 1
    pair = np.stack((np.where(swap, second, first), np.where(swap, first, second)), axis=-1)
    return np.take_along_axis(places[:, :, None], pair.reshape(rows, -1, 1), axis=1).reshape(
        pair.shape
    )


def _balanced(draws: Draws, rows: int, width: int) -> Integers:
    """Rows of 0 and 1 with at least two of each."""
    ones = 2 + draws.below(width - 3, rows, 1)
    return (draws.orders(rows, width) < ones).astype(np.int64)


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    known = np.array(depths_of_ones(depth))
    last = known[draws.below(len(known), rows)][:, None]
    inputs = _balanced(draws, rows, width)
    operands = np.zeros((rows, depth, width, 2), np.int64)
    values = inputs
    for level in range(1, depth + 1):
        free = draws.below(width, rows, width)
        free = np.stack((free, (free + 1 + draws.below(width - 1, rows, width)) % width), axis=-1)
        single = (draws.orders(rows, width) == 0).astype(np.int64)
        wanted = np.where(level < last, _balanced(draws, rows, width), single)
        usable = np.where(level <= last, values, np.arange(width) % 4 // 2)
        chosen = _operands(draws, usable, wanted, level % 2)
        operands[:, level - 1] = np.where((level <= last)[:, :, None], chosen, free)
        values = np.where(level <= last, wanted, 0)
    kind = (np.arange(1, depth + 1) % 2)[:, None]  # AND is 0, OR is 1
    found = levelled(inputs, kind, operands, np.full(rows, -1))
    key = multiset_hash(unfolded(found)[:, 1:].reshape(rows, -1))
    number = {level: place for place, level in enumerate(known.tolist())}
    kinds = np.array([number.get(level, 0) for level in found.answer.tolist()], np.int64)
    numbers = [str(wire) for wire in range((depth + 1) * width)]
    heads = [f'["{"or" if level % 2 else "and"}",' for level in range(1, depth + 1)]
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        wires = (operands[row] + (np.arange(depth) * width)[:, None, None]).reshape(-1, 2).tolist()
        gates = ",".join(
            f"{heads[at // width]}{numbers[a]},{numbers[b]}]" for at, (a, b) in enumerate(wires)
        )
        bits = "".join(map(str, inputs[row].tolist()))
        return f'{{"inputs":"{bits}","gates":[{gates}]}}', str(answer[row])

    return Block(found.spanned, kinds, key, text)


DO1 = Family(
    name="do1",
    version=1,
    question="What is the depth of the deepest gate of value 1?",
    input="JSON: values of the inputs, and AND and OR gates of two earlier wires, in order",
    answer="an odd number up to the depth, or the depth",
    depth="levels of gates: ORs and ANDs in turn",
    width="gates a level, and inputs",
    unit="gates",
    symmetries="other names of wires, swapped operands",
    hardness="P-complete if depth and width may grow, also to approximate; in NC1 for any fixed "
    "width",
    assumption="TC != P",
    reference="paper, Appendix G",
    least=(2, 4),
    answers=lambda depth, _width: len(depths_of_ones(depth)),
    work=lambda depth, width: depth * width,
    block=_block,
)
