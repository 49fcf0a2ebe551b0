"""The light cone of a cell of Rule 110: where the cells of each row are, in blocks of gates.

After t steps the cone has 2 (T - t) + 1 cells; cell i of a row is above cells i, i + 1 and i + 2 of
the row before it, or above 2 s + 1 cells of the row s steps before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.problems.certificates import claimed
from reductions.problems.circuit_value import wire_values
from reductions.problems.rule110 import OPEN, Prediction, after, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reductions.reduction import Mapped
    from tcsim.typing import Integers

STATEMENT = "the last gate of each cell has the value of the cell"


def layers(steps: int, stride: int) -> list[tuple[int, int]]:
    """Rows that are written: (after t steps, how many steps it is above the one before it)."""
    found = [(t, stride) for t in range(stride, steps + 1, stride)]
    return found + ([(steps, steps % stride)] if steps % stride else [])


def holds(source: Prediction, mapped: Mapped[Any]) -> bool:
    """Whether the images have the values of their cells."""
    values, expected = wire_values(mapped.instance), rows(source)
    return all(
        [values[wire] for wire in wires] == expected[t] for t, wires in mapped.images.items()
    )


def neighborhoods(
    forward: Callable[[Prediction], Mapped[Any]], steps: int
) -> Iterator[tuple[str, bool]]:
    """One layer over all values of the cells that a new one depends on.

    All cells of a layer have the same gates, and read those cells alone.
    """
    width = 2 * steps + 1
    for number in range(2**width):
        word = f"{number:0{width}b}"
        source = Prediction("0", word, "0", steps, steps)
        yield f"{word} after {steps} steps", holds(source, forward(source))


def back(source: Prediction, mapped: Mapped[Any], claims: str) -> str:
    """A cell is claimed to be what its image is claimed to be.

    Where rows are left out, what is open is filled in: a table may know a new value for certain
    where one step after the other does not.
    """
    known = claimed(mapped.instance, claims)
    whole = len(mapped.images) == source.steps + 1
    found, row = [], source.cone()
    for t in range(1, source.steps + 1):
        row = after(row)
        wires = mapped.images.get(t, [])
        here = [known[wire] for wire in wires] or [OPEN] * len(row)
        if not whole:
            here = [str(v) if c == OPEN else c for v, c in zip(row, here, strict=True)]
        found += here
    return "".join(found)


def images(steps: int, stride: int, cell_gates: Callable[[int], int]) -> dict[int, Integers]:
    """Wires of the cells of each row that is written, by its time; those of row 0 are inputs.

    Args:
        steps: T.
        stride: steps a layer.
        cell_gates: gates of a cell that is so many steps above the row before it.
    """
    first = 2 * steps + 1
    found = {0: np.arange(first)}
    for t, above in layers(steps, stride):
        cells = np.arange(2 * (steps - t) + 1)
        found[t] = first + (cells + 1) * cell_gates(above) - 1
        first += len(cells) * cell_gates(above)
    return found
