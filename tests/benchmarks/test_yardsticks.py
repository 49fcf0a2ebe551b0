"""What kernels are held against computes what it says."""

import numpy as np

from benchmarks.kernels import VECTOR, and_rounds, and_rows


def test_and_of_arrays():
    a, b = np.random.default_rng(1).integers(2**64, size=(2, 4 * VECTOR), dtype=np.uint64)
    c = np.zeros_like(a)
    and_rounds(a, b, c, 2)
    assert (c == a & b).all()


def test_and_of_rows():
    random = np.random.default_rng(2)
    rows = random.integers(2**64, size=(9, VECTOR), dtype=np.uint64)
    triples = random.integers(9, size=(20, 3), dtype=np.int32)
    expected = rows.copy()
    for i, j, k in triples:
        expected[k] = expected[i] & expected[j]
    found = rows.reshape(-1)
    and_rows(found, triples)
    assert (found.reshape(9, VECTOR) == expected).all()
