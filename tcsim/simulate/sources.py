"""Packed inputs by number: any range of words can be made without those before it.

So results do not depend on how a run is cut into parts, or on which machine does which part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.typing import Words

_PATTERNS = np.array(
    [
        0xAAAAAAAAAAAAAAAA,
        0xCCCCCCCCCCCCCCCC,
        0xF0F0F0F0F0F0F0F0,
        0xFF00FF00FF00FF00,
        0xFFFF0000FFFF0000,
        0xFFFFFFFF00000000,
    ],
    np.uint64,
)
"""Bit r of word i is bit i of r: the first six inputs in the 64 rows of a word."""

_ONES = np.uint64(2**64 - 1)

GAMMA = 0x9E3779B97F4A7C15
"""Odd, near 2**64 divided by the golden ratio."""


def counting_words(n_inputs: int, first: int, last: int) -> Words:
    """Words ``first`` .. ``last - 1`` of the table of all input vectors.

    Returns:
        uint64, shape (inputs, last - first): in row ``64*first + r`` of the table, which is bit r
        of these words, input i is bit i of the row's number.
    """
    words = np.empty((n_inputs, last - first), np.uint64)
    words[:6] = _PATTERNS[:n_inputs, None]
    number = np.arange(first, last, dtype=np.uint64)
    for wire in range(6, n_inputs):
        words[wire] = (number >> np.uint64(wire - 6) & np.uint64(1)) * _ONES
    return words


def random_words(n_inputs: int, seed: int, first: int, last: int) -> Words:
    """Words ``first`` .. ``last - 1`` of the stream of random inputs that a seed stands for.

    Word w of input i is ``mix(key + GAMMA * (w + 1))``, where ``key`` is
    ``mix(seed + GAMMA * (i + 1))``, all modulo 2**64: every input has the SplitMix64 generator
    whose seed is a number of the one with the given seed.

    Source: G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators,
    OOPSLA 2014; `mix` is their mix64variant13.

    Args:
        n_inputs: number of inputs.
        seed: 0 .. 2**64 - 1.
        first: number of the first word.
        last: number behind the last word.

    Returns:
        uint64, shape (inputs, last - first).

    Example:
        >>> random_words(1, 0, 0, 3)[0, 1:] == random_words(2, 0, 1, 3)[0]
        array([ True,  True])
    """
    return mix(keys(seed, n_inputs)[:, None] + _multiples(first, last))


def keys(seed: int, n_inputs: int) -> Words:
    """The number from which the random words of each input come, uint64 of shape (inputs,)."""
    return mix(np.uint64(seed) + _multiples(0, n_inputs))


def _multiples(first: int, last: int) -> Words:
    """``GAMMA`` times first + 1 .. last."""
    return np.arange(first + 1, last + 1, dtype=np.uint64) * np.uint64(GAMMA)


MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 0))
"""Steps of `mix`: a shift, whose result is added bit by bit, and a factor; 0 for none."""


def mix(values: Words) -> Words:
    """A bijection of 64 bits, in which every bit depends on all."""
    for shift, factor in MIX:
        values = values ^ (values >> np.uint64(shift))
        if factor:
            values = values * np.uint64(factor)
    return values
