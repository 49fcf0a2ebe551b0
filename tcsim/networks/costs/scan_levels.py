"""On which levels a selective scan's gates stand: as soon as the positions that they read allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.operands import later, uniform

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Operands


@dataclass(frozen=True)
class ScanLevels:
    """Levels, each a number or an array.

    Attributes:
        same: ANDs of one position.
        compare: comparisons of the sums between two positions.
        plain: ANDs of two positions without a comparison.
        pair: ANDs of two positions with one, or both in one gate.
        made: the latest wire of each result, over (..., positions, channels).
    """

    same: Any
    compare: Any
    plain: Any
    pair: Any
    made: Any


def scan_levels(
    length: int | None,
    delta: Operands,
    b: Operands,
    c: Operands,
    factors: list[Operands],
    *,
    fused: bool,
) -> ScanLevels:
    """The levels of a scan over so many positions; None, where it is not known, stands for several.

    Args:
        length: number of positions.
        delta: what is summed.
        b: read at the earlier position.
        c: read at the later position.
        factors: what else is read at the earlier position.
        fused: whether comparisons and ANDs are one gate.
    """
    later_by = 0 if fused else 1
    everything = [delta.level, b.level, c.level, *(one.level for one in factors)]
    if all(isinstance(level, int) for level in everything):
        plain = max(everything[1:]) + 1
        compare = delta.level + 1
        pair = max(plain, compare + later_by)
        made: Any = plain if length == 1 else pair
        if length is not None and length > 1:
            made = uniform(np.array([plain] + [pair] * (length - 1))[:, None])
        return ScanLevels(plain, compare, plain, pair, made)
    if length is None:
        raise AssertionError("levels that differ belong to positions whose number is known")
    # Axes from here on: ..., positions or pairs, channels, states.
    sums = _positions(delta, length)
    early = later(
        _positions(b, length)[..., None, :],
        *(_positions(one, length)[..., None] for one in factors),
    )
    early = np.asarray(early) + np.zeros((length, 1, 1), int)
    late = _positions(c, length)[..., None, :]
    same = np.maximum(early, late) + 1
    t, s = np.tril_indices(length, -1)
    window = (
        np.stack(
            [sums[..., p + 1 : q + 1, :].max(axis=-2) for q, p in zip(t, s, strict=True)], axis=-2
        )
        if length > 1
        else sums[..., :0, :]
    )
    compare = window + 1
    plain = np.maximum(early[..., s, :, :], late[..., t, :, :]) + 1
    pair = np.maximum(plain, compare[..., None] + later_by)
    made = same.max(axis=-1)
    made = made + np.zeros((*pair.shape[:-3], 1, pair.shape[-2] if length > 1 else 1), int)
    for number, q in enumerate(t):
        made[..., q, :] = np.maximum(made[..., q, :], pair[..., number, :, :].max(axis=-1))
    return ScanLevels(same, compare, plain, pair, uniform(made))


def _positions(x: Operands, length: int) -> Any:  # noqa: ANN401
    """Levels over (..., positions, features), the latter perhaps of length 1."""
    level = np.asarray(x.level)
    level = level.reshape((1,) * (2 - level.ndim) + level.shape)
    return np.broadcast_to(level, (*level.shape[:-2], length, level.shape[-1]))
