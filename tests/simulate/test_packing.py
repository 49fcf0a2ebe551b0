"""pack and unpack, bit by bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError


@given(st.integers(0, 200), st.integers(0, 20), st.integers(0, 2**32))
def test_every_bit_has_its_place(vectors, columns, seed):
    batch = np.random.default_rng(seed).integers(0, 2, (vectors, columns))
    words = tc.pack(batch)
    assert words.dtype == np.uint64
    assert words.shape == (columns, -(-vectors // 64))
    for column in range(columns):
        for w, word in enumerate(words[column].tolist()):
            bits = batch[64 * w : 64 * w + 64, column].tolist()
            assert word == sum(bit << j for j, bit in enumerate(bits))  # the rest is 0
    values = tc.unpack(words, vectors)
    assert values.dtype == np.uint8
    assert values.flags.c_contiguous
    np.testing.assert_array_equal(values, batch)


@given(st.integers(1, 5), st.integers(0, 9), st.data(), st.integers(0, 2**32))
def test_unpack_takes_any_count(n_words, columns, data, seed):
    words = np.random.default_rng(seed).integers(0, 2**64, (columns, n_words), np.uint64)
    count = data.draw(st.integers(0, 64 * n_words))
    values = tc.unpack(words, count)
    assert values.shape == (count, columns)
    for r in range(count):
        for c in range(columns):
            assert values[r, c] == int(words[c, r // 64]) >> r % 64 & 1


def test_other_layouts():
    batch = np.random.default_rng(0).integers(0, 2, (130, 9), np.uint8)
    want = tc.pack(batch)
    for other in (
        np.asfortranarray(batch),
        batch.astype(bool),
        batch.tolist(),
        batch.astype(object),
    ):
        np.testing.assert_array_equal(tc.pack(other), want)
    wide = np.repeat(want, 2, axis=1)[:, ::2]
    np.testing.assert_array_equal(tc.unpack(wide, 130), batch)
    np.testing.assert_array_equal(tc.unpack(want.astype(">u8").astype(np.uint64), 130), batch)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([0, 1], r"batch has shape \(2,\); expected \(vectors, columns\)"),
        ([[0, 3]], r"batch\[0, 1\] is 3"),
        ([[0.5]], "dtype float64"),
    ],
)
def test_pack_refuses(batch, message):
    with pytest.raises(ArgumentError, match=message):
        tc.pack(batch)


@pytest.mark.parametrize(
    ("words", "count", "message"),
    [
        (np.zeros((2, 3), np.int64), 1, "words has shape"),
        (np.zeros(3, np.uint64), 1, r"shape \(columns, words\)"),
        (np.zeros((2, 3), np.uint64), 193, "count is 193, but words of shape .* hold 0 to 192"),
        (np.zeros((2, 3), np.uint64), -1, "count is -1"),
        (np.zeros((2, 3), np.uint64), 1.0, "count must be an integer, not 1.0"),
        (np.zeros((2, 3), np.uint64), True, "count must be an integer"),
    ],
)
def test_unpack_refuses(words, count, message):
    with pytest.raises(ArgumentError, match=message):
        tc.unpack(words, count)
