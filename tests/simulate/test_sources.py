"""Inputs by number against their definition in Python integers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.simulate.sources import counting_words, random_words

MODULUS = 2**64
GAMMA = 0x9E3779B97F4A7C15


def _splitmix(seed, count):
    """The generator as published: a counter that is mixed."""
    values = []
    for _ in range(count):
        seed = (seed + GAMMA) % MODULUS
        z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 % MODULUS
        z = (z ^ z >> 27) * 0x94D049BB133111EB % MODULUS
        values.append(z ^ z >> 31)
    return values


def test_the_generator_here_is_splitmix64():
    """Known values, https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64."""
    assert _splitmix(1234567, 2) == [6457827717110365317, 3203168211198807973]


@given(st.integers(0, 2**64 - 1), st.integers(0, 5), st.integers(0, 20))
def test_random_words_are_splitmix64_of_splitmix64(seed, n_inputs, count):
    words = random_words(n_inputs, seed, 0, count)
    assert words.dtype == np.uint64
    assert words.shape == (n_inputs, count)
    assert words.tolist() == [_splitmix(key, count) for key in _splitmix(seed, n_inputs)]


@pytest.mark.parametrize("random", [False, True])
@pytest.mark.parametrize("start", [0, 3, 2**40, 2**57])
def test_ranges_join_without_seams(random, start):
    def source(first, last):
        return random_words(9, 7, first, last) if random else counting_words(9, first, last)

    whole = source(start, start + 100)
    cut = [source(start + a, start + b) for a, b in ((0, 1), (1, 64), (64, 64), (64, 100))]
    np.testing.assert_array_equal(np.hstack(cut), whole)


def test_a_word_far_away():
    first = 2**62 - 2
    key = _splitmix(5, 1)[0]
    want = [_splitmix((key + GAMMA * w) % MODULUS, 1)[0] for w in (first, first + 1)]
    assert random_words(1, 5, first, first + 2)[0].tolist() == want


def test_bits_are_balanced_and_independent():
    words = random_words(64, 0, 0, 1024)
    ones = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    assert abs(ones - 2**15).max() < 6 * 2**7  # six standard deviations of 2**16 coins
    agree = np.bitwise_count(words[:, None] ^ words[None]).sum(axis=2, dtype=np.int64)
    assert abs(agree[~np.eye(64, dtype=bool)] - 2**15).max() < 6 * 2**7
    other = np.bitwise_count(words ^ random_words(64, 1, 0, 1024)).sum(axis=1, dtype=np.int64)
    assert abs(other - 2**15).max() < 6 * 2**7


@pytest.mark.parametrize("n_inputs", [0, 1, 6, 7, 70, 200])
def test_counting_words_hold_the_binary_numbers(n_inputs):
    for first in (0, 5, 2**30, 2**57):
        words = counting_words(n_inputs, first, first + 2)
        for row in (0, 1, 63, 64, 127):
            number = 64 * first + row
            bits = [int(words[i, row // 64]) >> row % 64 & 1 for i in range(n_inputs)]
            assert bits == [number >> i & 1 for i in range(n_inputs)]
