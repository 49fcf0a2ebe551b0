"""Input vectors in packed blocks: all of them, or corner cases and random ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Words

_VALUES = 1 << 17
"""Words of values that are held at once, over all circuits: they stay in the cache."""

_CORNER_INPUTS = 2048
"""With more inputs than this, vectors with a single 0 or 1 are left out."""


def block_words(*circuits: Circuit) -> int:
    """How many words a block holds."""
    wires = sum(c.n_inputs + c.n_outputs for c in circuits)
    return min(max(_VALUES // max(wires, 1), 1), 1 << 14)


def every_vector(inputs: int, words: int) -> Iterator[Words]:
    """All vectors: in vector r, input i is bit i of r. With fewer than 6 inputs they repeat."""
    low = [sum(1 << r for r in range(64) if r >> i & 1) for i in range(6)]
    total = max(1, (1 << inputs) // 64)
    for first in range(0, total, words):
        number = np.arange(first, min(first + words, total), dtype=np.uint64)
        block = np.empty((inputs, len(number)), np.uint64)
        for i in range(inputs):
            high = (number >> np.uint64(max(i - 6, 0)) & np.uint64(1)) * np.uint64(2**64 - 1)
            block[i] = np.uint64(low[i]) if i < 6 else high
        yield block


def sampled_vectors(inputs: int, count: int, seed: int, words: int) -> Iterator[Words]:
    """All 0, all 1, a single 1, a single 0; then random ones that are 1/2, 1/8 or 7/8 ones.

    Args:
        inputs: number of inputs.
        count: number of vectors, a multiple of 64.
        seed: of the random ones.
        words: most words in a block.
    """
    from tcsim.simulate import pack

    random = np.random.default_rng(seed)

    def draw(shape: tuple[int, int]) -> Words:
        drawn: Words = random.integers(0, 2**64, shape, np.uint64)
        return drawn

    corners = pack(_corners(inputs))[:, : count // 64]
    if corners.shape[1]:
        yield corners
    left = count // 64 - corners.shape[1]
    turn = 0
    while left > 0:
        shape = (inputs, min(left, words, max(1, count // 64 // 8)))
        block = draw(shape)
        if turn % 4 == 2:
            block &= draw(shape) & draw(shape)
        elif turn % 4 == 3:
            block |= draw(shape) | draw(shape)
        yield block
        left -= shape[1]
        turn += 1


def _corners(inputs: int) -> Bits:
    ends = np.array([[0], [1]], np.uint8).repeat(inputs, axis=1)
    if inputs > _CORNER_INPUTS:
        return ends
    single = np.eye(inputs, dtype=np.uint8)
    return np.vstack([ends, single, 1 - single])
