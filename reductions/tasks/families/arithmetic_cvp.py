"""Word problems: quantities that are sums, differences and products of others, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled, unfolded

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.tasks.draws import Draws
    from reductions.tasks.levelled import Levelled

MODULUS = 23
_ADD, _SUBTRACT, _MULTIPLY = 5, 6, 7


def _words(text: str) -> list[str]:
    return text.split()


_PEOPLE = _words(
    "Ada Ben Cleo Dan Eve Finn Gus Hana Ivy Jon Kai Lea Max Nina Omar Pia Quinn Rosa Sam Tess"
)
_COLORS = _words(
    "red blue green white black brown gray pink gold silver "
    "orange purple yellow scarlet teal ivory amber violet bronze indigo"
)
_THINGS = _words(
    "apples pears plums figs nuts cards coins books pens cups "
    "hats socks keys stamps shells stones beads bricks bells kites"
)
_NAMES = len(_PEOPLE) * len(_COLORS) * len(_THINGS)


def _name(number: int) -> str:
    """A name that no other number has."""
    rest, thing = divmod(number, len(_THINGS))
    rest, color = divmod(rest, len(_COLORS))
    box, person = divmod(rest, len(_PEOPLE))
    where = f" in box {box}" if box else ""
    return f"{_PEOPLE[person]}'s {_COLORS[color]} {_THINGS[thing]}{where}"


def _multiplies(one: Levelled, output: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which rows have a product on a way to the answer."""
    rows, depth, width = one.kind.shape
    reached = np.arange(width) == output[:, None]
    found = np.zeros(rows, bool)
    for level in reversed(range(depth)):
        found |= (reached & (one.kind[:, level] == _MULTIPLY)).any(axis=1)
        below = np.zeros_like(reached)
        at, place = np.nonzero(reached)
        below[at[:, None], one.operands[at, level, place]] = True
        reached = below
    return found


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    inputs = draws.below(MODULUS, rows, width)
    first = draws.below(width, rows, depth, width)
    second = draws.below(width - 1, rows, depth, width)
    second += second >= first
    kind = _ADD + draws.below(3, rows, depth, width)
    output = draws.below(width, rows)
    found = levelled(inputs, kind, np.stack((first, second), axis=-1), output, MODULUS)
    good = found.spanned & (_multiplies(found, output) | (depth == 1))
    key = unfolded(found, ordered=(_SUBTRACT,))[np.arange(rows), depth, output]
    count = (depth + 1) * width
    names = [_name(number) for number in range(_NAMES * -(-count // _NAMES))]
    # Names a fixed step apart, so that all differ, and in an order that tells nothing.
    step = 10 * draws.below(_NAMES // 10, rows, 1) + np.array([1, 3, 7, 9])[draws.below(4, rows, 1)]
    named = (draws.below(len(names), rows, 1) + step * draws.orders(rows, count)) % len(names)
    order = draws.orders(rows, count)
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        called = [names[number] for number in named[row].tolist()]
        said = [
            f"The number of {name} is {value}."
            for name, value in zip(called, inputs[row].tolist(), strict=False)
        ]
        shift = np.arange(depth)[:, None] * width
        reads = (
            (first[row] + shift).ravel().tolist(),
            (second[row] + shift).ravel().tolist(),
        )
        for name, k, a, b in zip(called[width:], kind[row].ravel().tolist(), *reads, strict=True):
            if k == _SUBTRACT:
                what = f"the number of {called[a]} minus the number of {called[b]}"
            else:
                joined = "plus" if k == _ADD else "times"
                what = f"the number of {called[a]} {joined} the number of {called[b]}"
            said.append(f"The number of {name} is {what}.")
        asked = called[depth * width + output[row]]
        lines = " ".join([said[at] for at in order[row].tolist()])
        start = f"All numbers are counted modulo {MODULUS}."
        return f"{start} {lines} What is the number of {asked}?", str(answer[row])

    return Block(good, found.answer, key, text)


ARITHMETIC_CVP = Family(
    name="arithmetic_cvp",
    version=1,
    question=f"Which quantity comes out, modulo {MODULUS}?",
    input="English sentences, one a quantity, in no order, and the question",
    answer=f"0 to {MODULUS - 1}",
    depth="levels of quantities that are made of others",
    width="quantities a level",
    unit="operations",
    symmetries="other names and another order, swapped operands of sums and products, quantities "
    "that the answer does not depend on",
    hardness="P-complete if depth and width may grow, as products are among the operations that "
    "the answer depends on (at depth 1, not always); without them it would be in NC2",
    assumption="TC != P",
    reference="Greenlaw, Hoover, Ruzzo 1995, arithmetic circuit value; Ye et al. 2024, Physics of "
    "Language Models 2.1; paper, 3.5",
    least=(1, 2),
    answers=lambda _depth, _width: MODULUS,
    work=lambda depth, width: depth * width,
    block=_block,
)
