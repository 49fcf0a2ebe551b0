"""Input vectors to check a circuit on: all of them, or samples that make carries run far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.typing import Bits

BLOCK = 1 << 13
"""Vectors that are evaluated at a time."""


def batches(inputs: int, vectors: int, samples: int, seed: int) -> Iterator[Bits]:
    """All input vectors if there are few enough, else a sample."""
    if 2**inputs <= vectors:
        for first in range(0, 2**inputs, BLOCK):
            rows = np.arange(first, min(first + BLOCK, 2**inputs))
            yield (rows[:, None] >> np.arange(inputs) & 1).astype(np.uint8)
        return
    random = np.random.default_rng(seed)
    for first in range(0, samples, BLOCK):
        yield sample(random, min(BLOCK, samples - first), inputs)


def sample(random: np.random.Generator, count: int, inputs: int) -> Bits:
    """Random vectors: a third dense or sparse, a third in runs (long carries), a third in halves.

    A vector in halves repeats its first half, or the complement of it, up to a few changes: pairs
    of numbers that are nearly equal, or nearly add up to a power of two.
    """
    batch = random.random((count, inputs)) < random.random((count, 1))
    runs, halves = batch[count // 3 : 2 * count // 3], batch[2 * count // 3 :]
    turns = random.random(runs.shape) < random.random((len(runs), 1)) ** 3
    runs[:] = np.logical_xor.accumulate(turns, axis=1)
    half = inputs // 2
    changes = random.random((len(halves), half)) < random.random((len(halves), 1)) ** 3
    flipped = random.random((len(halves), 1)) < 0.5
    halves[:, half : 2 * half] = halves[:, :half] ^ flipped ^ changes
    batch[:2] = np.array([[False], [True]])[:count]
    return batch.astype(np.uint8)
