"""The tasks against definitions written out letter by letter."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.networks.symmetric_group import word_problem_table
from tcsim.networks.trained.tasks import TASKS, task


def words(letters: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, letters - 1), min_size=1, max_size=20)


def answers(name: str, word: list[int]) -> list[int]:
    return task(name).targets(np.array([word]))[0].tolist()


@given(words(3))
def test_s5_moves_five_points_in_turn(word: list[int]) -> None:
    moves = [lambda i: i, lambda i: {0: 1, 1: 0}.get(i, i), lambda i: (i + 1) % 5]
    points = list(range(5))
    expected = []
    for letter in word:
        points = [moves[letter](point) for point in points]
        expected.append(sorted(permutations(range(5))).index(tuple(points)))
    assert answers("s5", word) == expected


def test_letters_generate_all_of_s5() -> None:
    reached = {0}
    while (more := reached | set(word_problem_table(5)[list(reached)].ravel().tolist())) != reached:
        reached = more
    assert reached == set(range(120))


@given(words(2))
def test_parity(word: list[int]) -> None:
    assert answers("parity", word) == [sum(word[: t + 1]) % 2 for t in range(len(word))]


@given(words(16))
def test_recall(word: list[int]) -> None:
    expected, last = [], 8
    for letter in word:
        last = letter - 8 if letter >= 8 else last
        expected.append(last)
    assert answers("recall", word) == expected


@pytest.mark.parametrize("name", TASKS)
def test_samples_repeat_and_reach_every_letter(name: str) -> None:
    letters, right = task(name).sample(200, 30, seed=4)
    again, _ = task(name).sample(200, 30, seed=4)
    assert np.array_equal(letters, again)
    assert not np.array_equal(letters, task(name).sample(200, 30, seed=5)[0])
    assert letters.shape == right.shape == (200, 30)
    assert letters.dtype == right.dtype == np.int64
    assert set(letters.ravel().tolist()) == set(range(task(name).letters))
    assert 0 <= right.min() <= right.max() < task(name).classes


@pytest.mark.parametrize("name", TASKS)
def test_shorter_words_are_prefixes(name: str) -> None:
    for long, short in zip(
        task(name).sample(7, 40, seed=4), task(name).sample(7, 13, seed=4), strict=True
    ):
        assert np.array_equal(long[:, :13], short)


def test_marks_are_rare() -> None:
    letters, _ = task("recall").sample(1000, 100, seed=0)
    assert 0.05 < (letters >= 8).mean() < 0.075


@pytest.mark.parametrize("bad", [(0, 1, 0), (1, 0, 0), (1, 1, -1), (1.5, 1, 0), (True, 1, 0)])
def test_bad_sizes(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ArgumentError, match="must be an integer, at least"):
        task("s5").sample(*bad)


def test_unknown_task() -> None:
    with pytest.raises(ArgumentError, match="no task 'chess'; there are: s5, parity, recall"):
        task("chess")
