"""Search for an input on which two circuits differ: all inputs, or corner cases and random ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Integers, Progress, Words

_VALUES = 1 << 21
"""Words of values that are held at once, over both circuits."""

_CORNER_INPUTS = 2048
"""With more inputs than this, vectors with a single 0 or 1 are left out."""


@dataclass(frozen=True)
class Matching:
    """Which wire of B stands for which of A.

    Attributes:
        by: ``"name"`` or ``"position"``.
        order: int64: place k of A is place ``order[k]`` of B.
    """

    by: str
    order: Integers


@dataclass(frozen=True)
class Difference:
    """An input on which two circuits differ, in the order of A.

    Attributes:
        inputs: 0/1, shape (inputs,).
        outputs_a: 0/1, shape (outputs,).
        outputs_b: the same of B.
    """

    inputs: Bits
    outputs_a: Bits
    outputs_b: Bits


def match(a: Sequence[str], b: Sequence[str], what: str) -> Matching:
    """Match by name where the sets of names are equal, else by position.

    Raises:
        ArgumentError: the numbers differ.
    """
    if len(a) != len(b):
        raise ArgumentError(f"A has {len(a):,} {what}, B has {len(b):,}: they must be as many")
    place = {name: i for i, name in enumerate(b)}
    if place.keys() == set(a) and len(place) == len(b):
        return Matching("name", np.array([place[name] for name in a], np.int64))
    return Matching("position", np.arange(len(a)))


def search(
    a: Circuit,
    b: Circuit,
    inputs: Matching,
    outputs: Matching,
    blocks: Iterator[Words],
    total: int,
    progress: Progress | None = None,
) -> Difference | None:
    """The first vector of the blocks on which the circuits differ.

    Args:
        a: the one circuit.
        b: the other.
        inputs: how their inputs are matched.
        outputs: how their outputs are matched.
        blocks: packed words, uint64 of shape (inputs of A, words).
        total: number of vectors, for progress.
        progress: called as ``progress(done, total)`` in vectors.
    """
    done = 0
    place_of = np.argsort(inputs.order)
    for words in blocks:
        found_a = cast("Words", a(words, packed=True))
        found_b = cast("Words", b(words[place_of], packed=True))[outputs.order]
        differ = np.bitwise_or.reduce(found_a ^ found_b, axis=0)
        if len(places := np.flatnonzero(differ)):
            word = int(places[0])
            bits = int(differ[word])
            bit = (bits & -bits).bit_length() - 1
            return Difference(*(_bits(at, word, bit) for at in (words, found_a, found_b)))
        done += 64 * words.shape[1]
        if progress is not None:
            progress(min(done, total), total)
    return None


def _bits(words: Words, word: int, bit: int) -> Bits:
    return (words[:, word] >> np.uint64(bit) & np.uint64(1)).astype(np.uint8)


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
