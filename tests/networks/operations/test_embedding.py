"""Embedding: a row for each token."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Argmax, Code, Embedding
from tcsim.networks.values import Values
from tests.networks.operations.linear import KINDS, arrays, check, check_named, rounded


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5)
@given(data=st.data(), tokens=st.integers(2, 6), lo=st.integers(-1, 1))
def test_every_code(kind: str, data, tokens: int, lo: int) -> None:
    rows = data.draw(arrays((tokens, 2)))
    embedding = Embedding(rows, lo)
    x = np.arange(lo, lo + tokens)[None]
    assert embedding(x).tolist() == [rows.tolist()]
    code = Code(lo, lo + tokens - 1, kind)
    mix = Affine([[1, -1, 2], [2, 0, 1]], [0, 1, 0])
    circuit = check(lambda add, e: add(Argmax(3), add(mix, add(embedding, e))), ((3,), code))
    assert circuit.depth == 2 + (kind == "binary")
    assert circuit.size == 3 * (3 + 3) + (3 * tokens if kind == "binary" else 0)
    check(lambda add, e: add(rounded(), add(embedding, e)), ((1, 2), code))
    check_named(lambda add, e: add(rounded(), add(embedding, e)), {"n": 3}, (("n",), code))


def test_ranges() -> None:
    embedding = Embedding([[1, 5], [3, 2], [9, 9]])
    found = embedding.infer(Values((2,), np.array([0, 1]), np.array([1, 1]), Code(0, 2)))
    assert (found.lo.tolist(), found.hi.tolist()) == ([[1, 2], [3, 2]], [[3, 5], [3, 2]])
    shared = embedding.infer(Values.coded((4, 3), Code(0, 2)))
    assert (shared.shape, shared.least, shared.largest) == ((4, 3, 2), 1, 9)


def test_bad_input() -> None:
    for rows in ([1, 2], [[1, 2]], [[0.5], [1.0]]):
        with pytest.raises(NetworkError, match="embedding"):
            Embedding(rows)
    embedding = Embedding([[1], [2]])
    with pytest.raises(NetworkError, match=r"tokens 0\.\.1 reads a code, not values of 0\.\.2"):
        embedding.infer(Values.coded((2,), Code(0, 2)))
    with pytest.raises(NetworkError, match="a linear form"):
        embedding.infer(Values((2,), np.array(0), np.array(1)))
