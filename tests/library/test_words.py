"""Word problems of groups: products of permutations, in logarithmic and in constant depth."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.library import check, get
from tcsim.library.word_problem import multiply
from tcsim.library.word_problem_solvable import group_automaton, is_identity

circuit = cache(lambda name, **values: get(name).circuit(**values))


def matrix(permutation: tuple[int, ...]) -> np.ndarray:
    return np.eye(len(permutation), dtype=int)[list(permutation)]


@pytest.mark.parametrize(
    ("n", "arity", "size", "depth"),
    [
        (16, 2, 2250, 8),
        (16, 4, 15750, 4),
        (64, 2, 9450, 12),
        (64, 3, 20300, 8),
        (64, 4, 66150, 6),
        (256, 2, 38250, 16),
        (256, 4, 267750, 8),
    ],
)
def test_depth_against_size(n: int, arity: int, size: int, depth: int) -> None:
    """Of S_5: 5^(a+1) + 25 gates for each product of a matrices, counted by hand."""
    predicted = get("word-problem").predicted(n=n, k=5, arity=arity)
    assert (predicted["size"], predicted["depth"]) == (size, depth)


@given(st.data())
def test_products_of_permutations(data: st.DataObject) -> None:
    n, k, arity = data.draw(st.sampled_from([(9, 5, 2), (11, 4, 3), (33, 3, 2)]))
    word = data.draw(st.lists(st.permutations(range(k)), min_size=n, max_size=n))
    points = list(range(k))
    for permutation in word:
        points = [permutation[p] for p in points]
    vector = np.array([matrix(tuple(p)) for p in word]).reshape(-1)
    found = circuit("word-problem", n=n, k=k, arity=arity)(vector)
    assert found.reshape(k, k).tolist() == matrix(tuple(points)).tolist()


def test_formulas_on_a_grid() -> None:
    points = [
        {"n": n, "k": k, "arity": arity}
        for n in (1, 2, 3, 5, 8, 9, 10, 26, 27, 28)
        for k, arity in ((1, 2), (2, 2), (2, 3), (3, 4), (2, 9))
    ]
    for verdict in check("word-problem", points, vectors=0, samples=0):
        assert verdict.passed, verdict.failure


def digits(number: int, width: int) -> list[int]:
    return [number >> i & 1 for i in range(width)]


@given(st.data())
def test_words_over_solvable_groups(data: st.DataObject) -> None:
    """Half of the words end with the inverse of the rest."""
    k, n = data.draw(st.sampled_from([(2, 20), (3, 12), (4, 9)]))
    group = list(permutations(range(k)))
    width = {2: 1, 3: 3, 4: 5}[k]
    word = data.draw(st.lists(st.integers(0, 2**width - 1), min_size=n, max_size=n))
    points = tuple(range(k))
    for letter in word[:-1]:
        points = tuple(group[letter][p] for p in points) if letter < len(group) else points
    if data.draw(st.booleans()):
        word[-1] = group.index(tuple(points.index(p) for p in range(k)))
    last = group[word[-1]] if word[-1] < len(group) else group[0]
    vector = [bit for letter in word for bit in digits(letter, width)]
    found = circuit("word-problem-solvable", n=n, k=k)(vector).tolist()
    assert found == [tuple(last[p] for p in points) == group[0]]


def test_depth_does_not_grow() -> None:
    for k, depth in ((2, 2), (3, 9), (4, 13)):
        depths = {get("word-problem-solvable").predicted(n=n, k=k)["depth"] for n in (21, 99)}
        assert depths == {depth}
    points = [{"n": n, "k": k} for n, k in ((45, 3), (33, 4))]
    for verdict in check("word-problem-solvable", points, vectors=0, samples=64):
        assert verdict.passed, verdict.failure


def test_group_automata() -> None:
    assert [group_automaton(k).size for k in (2, 3, 4)] == [2, 6, 24]
    assert [len(group_automaton(k).alphabet) for k in (2, 3, 4)] == [2, 8, 32]


def test_bad_input() -> None:
    b = tc.Builder()
    square, oblong = [b.inputs("x", 2), b.inputs("y", 2)], [b.inputs("z", 2)]
    with pytest.raises(ArgumentError, match="same size, not of 1 x 2 and 2 x 2 entries"):
        multiply([square, oblong])
    with pytest.raises(ArgumentError, match="not of no entries"):
        multiply([])
    with pytest.raises(ArgumentError, match="an arity of at least 2 are needed, not 1 and 1"):
        multiply([square], arity=1)
    with pytest.raises(ArgumentError, match="S_k is not solvable from 5 on, not 5"):
        is_identity([], 5)
