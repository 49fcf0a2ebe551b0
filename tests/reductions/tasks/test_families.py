"""Every family: answers, depth, balance, distinctness, against what shares no code with them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest

from reductions.tasks import FAMILIES, Spec, family, rows
from tcsim.errors import ArgumentError, LimitError
from tests.reductions.tasks.oracles import ANSWERS, dependency_depth, levelled

SHAPES = {
    "arithmetic_cvp": [(1, 2), (2, 3), (6, 5)],
    "billiards": [(1, 1), (3, 4), (5, 6), (6, 9)],
    "cvp": [(1, 2), (2, 3), (6, 5)],
    "do1": [(2, 4), (3, 5), (6, 6)],
    "mdp": [(1, 2), (2, 3), (6, 5)],
    "rule110": [(1, 1), (3, 2), (4, 6), (7, 3)],
    "s5": [(1, 1), (4, 2), (9, 1)],
    "sudoku": [(1, 10), (3, 15), (9, 5)],
}
SMALL = [(name, *shape) for name, shapes in SHAPES.items() for shape in shapes]


def some(name, depth, width, count, **more):
    """That many rows, or all there are."""
    found = []
    try:
        found.extend(rows(Spec(name, depth, width, **more), count))
    except LimitError:
        assert depth <= 3  # so few instances that the rows end earlier
    return found


def test_every_family_is_tested():
    assert set(SHAPES) == set(ANSWERS) == set(FAMILIES)


@pytest.mark.parametrize(("name", "depth", "width"), SMALL)
def test_answers(name, depth, width):
    found = some(name, depth, width, 40, seed=5)
    assert found
    for row in found:
        assert ANSWERS[name](row) == row.answer


@pytest.mark.parametrize(
    ("name", "depth", "width"), [one for one in SMALL if one[0] not in {"s5", "sudoku"}]
)
def test_a_path_of_gates_that_matter_is_as_deep_as_said(name, depth, width):
    for row in some(name, depth, width, 12, seed=6):
        assert row.dependency_depth == depth == dependency_depth(row)


@pytest.mark.parametrize("name", FAMILIES)
def test_total_work_counts_what_the_text_holds(name):
    depth, width = SHAPES[name][-1]
    row = some(name, depth, width, 1)[0]
    if name == "s5":
        gates = sum(len(word.split()) - 1 for word in row.input.split("; "))
    elif name == "sudoku":
        gates = row.input.count(".")
    elif name == "billiards":
        gates = depth * sum(map(len, json.loads(row.input)["grid"])) // 4
    else:
        gates = sum(map(len, levelled(row)[1]))
    assert row.total_work == gates


@pytest.mark.parametrize(("name", "depth", "width"), SMALL)
def test_answers_are_balanced(name, depth, width):
    kinds = family(name).answers(depth, width)
    found = some(name, depth, width, 3 * kinds, seed=7)
    if len(found) < 3 * kinds:
        return
    for rounds in (1, 2, 3):
        counts = Counter(row.answer.split(";")[0] for row in found[: rounds * kinds])
        assert len(counts) == kinds
        assert set(counts.values()) == {rounds}


def test_the_order_of_answers_tells_nothing():
    answers = [row.answer for row in rows(Spec("cvp", 3, 4), 400)]
    repeated = sum(a == b for a, b in pairwise(answers))
    assert 70 < repeated < 130  # 1 in 4: never inside a pair, every second time between pairs


@pytest.mark.parametrize("name", FAMILIES)
def test_other_shapes_are_refused(name):
    least_depth, least_width = family(name).least
    for depth, width in ((least_depth - 1, least_width), (least_depth, least_width - 1)):
        with pytest.raises(ArgumentError, match="at least"):
            Spec(name, depth, width)
    for depth in (True, 2.0, "3"):
        with pytest.raises(ArgumentError, match="depth"):
            Spec(name, depth, least_width)
    with pytest.raises((LimitError, ArgumentError), match=r"at most|more than"):
        Spec(name, 10**6, 10**6)


def test_word_problems_multiply_quantities():
    for row in rows(Spec("arithmetic_cvp", 2, 2, seed=1), 60):
        assert " times " in row.input
