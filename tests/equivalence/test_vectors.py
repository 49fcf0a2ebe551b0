"""Every vector once; samples of the announced kinds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tcsim.equivalence import vectors
from tcsim.simulate import unpack


@given(st.integers(0, 9), st.integers(1, 5))
def test_every_vector_once(inputs: int, words: int) -> None:
    blocks = list(vectors.every_vector(inputs, words))
    assert max(block.shape[1] for block in blocks) <= words
    rows = np.vstack([unpack(block, 64 * block.shape[1]) for block in blocks])
    numbers = rows @ (1 << np.arange(inputs))
    assert (numbers[: 2**inputs] == np.arange(2**inputs)).all()


@given(st.integers(0, 70), st.integers(1, 20), st.integers(1, 5))
def test_samples(inputs: int, count: int, words: int) -> None:
    blocks = list(vectors.sampled_vectors(inputs, 64 * count, 1, words))
    assert sum(block.shape[1] for block in blocks) == count
    rows = np.vstack([unpack(block, 64 * block.shape[1]) for block in blocks])
    ones = rows.sum(axis=1)[: 2 * inputs + 2]
    corners = [0, inputs, *[1] * inputs, *[inputs - 1] * inputs]
    assert ones.tolist() == corners[: 64 * count]


def test_samples_have_several_densities() -> None:
    blocks = list(vectors.sampled_vectors(64, 64 * 200, 1, 16))
    shares = [float(unpack(block, 64 * block.shape[1]).mean()) for block in blocks[1:]]
    assert any(abs(share - 0.5) < 0.02 for share in shares)
    assert any(abs(share - 0.125) < 0.02 for share in shares)
    assert any(abs(share - 0.875) < 0.02 for share in shares)
