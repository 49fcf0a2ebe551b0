"""Random integers that are the same everywhere, and hashes of instances up to their symmetries.

Only raw words of a bit generator are used: NumPy promises that their stream never changes, which it
does not promise of the methods of its generators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.typing import Integers, Words

_HALF = np.uint64(32)
_STEPS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST = np.uint64(31)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Draws:
    """A stream of random integers.

    Args:
        entropy: integers of at least 0 that name the stream.
    """

    def __init__(self, *entropy: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(entropy))

    def below(self, bound: int | Integers, *shape: int) -> Integers:
        """Integers 0..bound-1, int64 of that shape.

        A value's probability is off by less than bound / 2^32 of itself.

        Args:
            bound: 1 to 2^31, one for all or an array that broadcasts to the shape.
            shape: of the answer.
        """
        count = int(np.prod(shape, dtype=np.int64))
        words = self._bits.random_raw(count).reshape(shape) >> _HALF
        return (words * np.asarray(bound, np.uint64) >> _HALF).astype(np.int64)

    def orders(self, rows: int, length: int) -> Integers:
        """Permutations of 0..length-1, int64 of shape (rows, length), uniform."""
        keys = self._bits.random_raw(rows * length).reshape(rows, length)
        return np.argsort(keys, axis=1, kind="stable")


def mixed(values: Words | Integers) -> Words:
    """Each value scattered over 64 bits (the finalizer of SplitMix64); one value, one result."""
    found = np.asarray(values).astype(np.uint64) + _GOLDEN
    for shift, factor in _STEPS:
        found = (found ^ (found >> shift)) * factor
    return found ^ (found >> _LAST)


def sequence_hash(values: Integers | Words) -> Words:
    """Of each sequence along the last axis one hash, in which the order counts."""
    table = np.asarray(values).astype(np.uint64)
    places = mixed(np.arange(table.shape[-1]) + 1)
    scattered: Words = mixed(mixed(table) ^ places)
    return mixed(scattered.sum(axis=-1, dtype=np.uint64))


def multiset_hash(values: Words) -> Words:
    """Of each row along the last axis one hash, in which the order does not count."""
    return mixed(mixed(values).sum(axis=-1, dtype=np.uint64))
