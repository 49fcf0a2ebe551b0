"""The billiard-ball machine of Margolus: one rule on blocks of 2 x 2 cells, in two partitions.

A particle alone in its block moves to the opposite corner; two on a diagonal move to the other
diagonal; all other blocks stay. Blocks begin at even rows and columns in phase 0, at odd ones in
phase 1; the phases take turns. The rule is its own inverse and keeps the number of particles, so
that the same steps in reverse order run a board backwards (Margolus 1984, Physics-like models of
computation; Fredkin and Toffoli 1982, Conservative logic).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.codec import integer
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

BLOCKS = np.array([0, 8, 4, 3, 2, 5, 9, 7, 1, 6, 10, 11, 12, 13, 14, 15], np.uint8)
"""What becomes of a block: bits 0 to 3 are its cells, top left, top right, bottom left, bottom
right."""


def step(board: ArrayLike, phase: int = 0) -> NDArray[np.uint8]:
    """One step of a board, or of many at once; the edges are joined, as on a torus.

    Args:
        board: cells 0 and 1, shape (..., rows, columns), both even and at least 2.
        phase: 0 or 1.

    Returns:
        uint8, of the same shape.

    Raises:
        ArgumentError: there are other cells, an odd side, or another phase.

    Example:
        >>> step([[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]).tolist()
        [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]
    """
    return _step(_checked(board), integer(phase, "phase", 0, 1))


def run(board: ArrayLike, steps: int, phase: int = 0) -> NDArray[np.uint8]:
    """Many steps; the first in the given phase.

    Raises:
        ArgumentError: as `step`; or `steps` is negative.
    """
    found = _checked(board)
    integer(phase, "phase", 0, 1)
    for number in range(integer(steps, "steps", 0)):
        found = _step(found, (phase + number) % 2)
    return found


def back(board: ArrayLike, steps: int, phase: int = 0) -> NDArray[np.uint8]:
    """The board that `run` with the same steps and phase turns into this one.

    Example:
        >>> late = run(np.eye(6, dtype=np.uint8), 7)
        >>> bool((back(late, 7) == np.eye(6)).all())
        True

    Raises:
        ArgumentError: as `run`.
    """
    found = _checked(board)
    integer(phase, "phase", 0, 1)
    for number in reversed(range(integer(steps, "steps", 0))):
        found = _step(found, (phase + number) % 2)
    return found


def _checked(board: Any) -> NDArray[np.uint8]:  # noqa: ANN401
    try:
        found = np.asarray(board)
    except ValueError:
        raise ArgumentError("board must be an array of 0 and 1") from None
    if found.dtype.kind not in "biu" or not ((found == 0) | (found == 1)).all():
        raise ArgumentError("board must hold integers 0 and 1 alone")
    if found.ndim < 2 or any(side < 2 or side % 2 for side in found.shape[-2:]):
        raise ArgumentError(f"board must have even sides of at least 2, not shape {found.shape}")
    return found.astype(np.uint8)


def _step(board: NDArray[np.uint8], phase: int) -> NDArray[np.uint8]:
    moved = np.roll(board, (-phase, -phase), (-2, -1)) if phase else board
    a, b = moved[..., ::2, ::2], moved[..., ::2, 1::2]
    c, d = moved[..., 1::2, ::2], moved[..., 1::2, 1::2]
    blocks = BLOCKS[a | b << 1 | c << 2 | d << 3]
    after = np.empty_like(board)
    after[..., ::2, ::2], after[..., ::2, 1::2] = blocks & 1, blocks >> 1 & 1
    after[..., 1::2, ::2], after[..., 1::2, 1::2] = blocks >> 2 & 1, blocks >> 3
    return np.roll(after, (phase, phase), (-2, -1)) if phase else after
