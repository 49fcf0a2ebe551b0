"""The interaction gate: two balls on crossing paths, and where they go if both are there.

A ball is two particles, one two cells behind the other on its diagonal. Balls a and b come from
above, a down to the right and b down to the left. One alone goes straight on. Two meet: the first
particles bounce back, meet those behind them, and both balls leave two cells above their paths. So
there are four paths out: a and b, a and not b, b and not a, and again a and b. The gate is its own
inverse in reverse: balls put on the four paths, with the phases in reverse order, leave on the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.problems.billiards.board import back, run
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SIDE, STEPS = 20, 12
"""Cells of a side of the board, and steps that the gate takes."""

IN = (((4, 4), (2, 2)), ((4, 15), (2, 17)))
"""Cells of balls a and b before the first step."""

OUT = (
    ((14, 16), (12, 14)),
    ((16, 16), (14, 14)),
    ((16, 3), (14, 5)),
    ((14, 3), (12, 5)),
)
"""Cells of balls after the last step: a and b; a and not b; b and not a; a and b."""

Port = tuple[tuple[int, int], tuple[int, int]]


def interact(balls: ArrayLike) -> NDArray[np.uint8]:
    """The gate, for many pairs of inputs at once, each on a board of its own.

    Args:
        balls: 0 or 1, shape (..., 2): whether balls a and b are there.

    Returns:
        uint8, shape (..., 4): which of the paths out have a ball.

    Raises:
        ArgumentError: there are other values or another shape.

    Example:
        >>> interact([[0, 0], [0, 1], [1, 0], [1, 1]]).tolist()
        [[0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 1]]
    """
    return _read(run(_placed(balls, IN), STEPS), OUT)


def unite(balls: ArrayLike) -> NDArray[np.uint8]:
    """The gate backwards: a and b from the four paths.

    Args:
        balls: 0 or 1, shape (..., 4), of the four kinds that `interact` gives.

    Returns:
        uint8, shape (..., 2).

    Raises:
        ArgumentError: balls are there that no inputs of the gate give.

    Example:
        >>> unite([[0, 0, 1, 0], [1, 0, 0, 1]]).tolist()
        [[0, 1], [1, 1]]
    """
    return _read(back(_placed(balls, OUT), STEPS), IN)


def _placed(balls: Any, ports: tuple[Port, ...]) -> NDArray[np.uint8]:  # noqa: ANN401
    try:
        present = np.asarray(balls)
    except ValueError:
        present = np.zeros(0)
    if present.dtype.kind not in "biu" or present.shape[-1:] != (len(ports),):
        raise ArgumentError(f"balls must be 0 or 1, shape (..., {len(ports)})")
    if not ((present == 0) | (present == 1)).all():
        raise ArgumentError("balls must be 0 or 1")
    boards = np.zeros((*present.shape[:-1], SIDE, SIDE), np.uint8)
    for place, port in enumerate(ports):
        for row, column in port:
            boards[..., row, column] |= present[..., place].astype(np.uint8)
    return boards


def _read(boards: NDArray[np.uint8], ports: tuple[Port, ...]) -> NDArray[np.uint8]:
    """Which ports have a ball.

    Raises:
        ArgumentError: particles are elsewhere too.
    """
    found = [boards[..., a[0], a[1]] & boards[..., b[0], b[1]] for a, b in ports]
    balls = np.stack(found, axis=-1)
    if not (_placed(balls, ports) == boards).all():
        raise ArgumentError("the balls do not leave on the paths of an interaction gate")
    return balls
