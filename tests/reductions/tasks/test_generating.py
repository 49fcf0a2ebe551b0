"""The sequence of a seed: the same in parts, on every machine; copies; wide beside deep."""

from __future__ import annotations

import json

import pytest

from reductions import tasks
from reductions.tasks import FAMILIES, Spec, rows, wide
from reductions.tasks.draws import Draws, multiset_hash, sequence_hash
from reductions.tasks.row import content_id
from tcsim.errors import ArgumentError, LimitError
from tests.reductions.tasks.oracles import ANSWERS

FIRST = {
    "arithmetic_cvp": "83086bb7813736e4",
    "billiards": "4d3711f5e967167d",
    "cvp": "29ca15ff0a9b7355",
    "do1": "9ad54d3d4c09cc5c",
    "mdp": "1d04e42d384cad40",
    "rule110": "186e62a7899c98b1",
    "s5": "7f8d20131a866f7c",
    "sudoku": "880fd3d507701057",
}
"""Content ids of row 2 of depth 4, width 5, seed 3: other ones need another version."""


@pytest.mark.parametrize("name", FAMILIES)
def test_rows_of_a_version_never_change(name):
    row = next(rows(Spec(name, 4, 5, seed=3), start=2))
    assert row.content_id[:16] == FIRST[name]


@pytest.mark.parametrize(("name", "width"), [("cvp", 4), ("s5", 4), ("sudoku", 12)])
def test_parts_are_the_whole(name, width):
    spec = Spec(name, 3, width, seed=9)
    whole = list(rows(spec, 45))
    assert [row.index for row in whole] == list(range(45))
    assert list(rows(spec, 20)) + list(rows(spec, 25, start=20)) == whole
    assert not list(rows(spec, 0))
    other = list(rows(Spec(name, 3, width, seed=10), 45))
    assert not {row.content_id for row in whole} & {row.content_id for row in other}


def test_a_row_beyond_the_first_blocks_does_not_depend_on_the_count():
    spec = Spec("rule110", 5, 6)
    assert list(rows(spec, 800))[-1] == next(rows(spec, start=799))


def test_content_ids_identify_input_and_answer():
    row = next(rows(Spec("cvp", 3, 4)))
    assert row.content_id == content_id(row.generator, row.input, row.answer)
    other = "1" if row.answer == "0" else "0"
    assert row.content_id != content_id(row.generator, row.input, other)
    assert row.content_id != content_id("tcsim.tasks.cvp/2", row.input, row.answer)
    # The border between input and answer counts.
    assert content_id("a", "bc", "d") != content_id("a", "b", "cd")


@pytest.mark.parametrize("name", FAMILIES)
def test_wide_rows_hold_as_much_work_as_deep_ones(name):
    deep = Spec(name, 8, 5)
    side = wide(deep)
    assert side.depth == tasks.family(name).least[0]
    assert side.total_work == deep.total_work
    one, other = next(rows(side)), next(rows(deep))
    assert one.total_work == other.total_work
    assert one.dependency_depth < other.dependency_depth == 8
    given, answers = json.loads(one.input), json.loads(one.answer)
    assert len(given) == len(answers) == side.copies
    single = {**one.__dict__, "total_work": one.total_work // side.copies}
    for part, answer in zip(given, answers, strict=True):
        row = tasks.Row(**{**single, "input": part, "answer": answer})
        assert ANSWERS[name](row) == answer


def test_wide_rows_that_do_not_fit():
    with pytest.raises(ArgumentError, match="multiple of 2"):
        wide(Spec("do1", 5, 4))
    with pytest.raises(ArgumentError, match="copies"):
        wide(Spec("cvp", 5, 4, copies=2))


def test_families_that_end():
    with pytest.raises(LimitError, match="distinct instances"):
        list(rows(Spec("rule110", 1, 1), 100))
    with pytest.raises(LimitError, match="distinct instances"):
        list(rows(Spec("rule110", 1, 1, copies=2), 10_000))


@pytest.mark.parametrize(
    "wrong", [{"copies": 0}, {"copies": True}, {"seed": -1}, {"seed": 1 << 63}, {"seed": 0.5}]
)
def test_bad_specs(wrong):
    with pytest.raises(ArgumentError, match=next(iter(wrong))):
        Spec("cvp", 2, 2, **wrong)


def test_bad_requests():
    with pytest.raises(ArgumentError, match="there are arithmetic_cvp"):
        Spec("nothing", 1, 1)
    with pytest.raises(ArgumentError, match="count"):
        rows(Spec("cvp", 2, 2), -1)
    with pytest.raises(ArgumentError, match="start"):
        rows(Spec("cvp", 2, 2), 1, -1)
    with pytest.raises(LimitError, match="a row would be"):
        Spec("cvp", 1000, 1000, copies=1000)
    with pytest.raises(ArgumentError, match="open cells"):
        Spec("sudoku", 16, 16)


def test_draws():
    one = Draws(1, 2).below(10, 1000, 4)
    assert one.min() == 0
    assert one.max() == 9
    assert (Draws(1, 2).below(10, 1000, 4) == one).all()
    assert (Draws(2, 1).below(10, 1000, 4) != one).any()
    counts = [(one == value).sum() for value in range(10)]
    assert 300 < min(counts) <= max(counts) < 500
    orders = Draws(5).orders(600, 3)
    assert len({tuple(order) for order in orders.tolist()}) == 6
    assert (sorted(orders[0].tolist())) == [0, 1, 2]


def test_hashes():
    import numpy as np

    table = np.array([[1, 2, 3], [3, 2, 1], [1, 1, 3], [2, 2, 2]])
    assert len(set(sequence_hash(table).tolist())) == 4
    assert len(set(multiset_hash(table.astype(np.uint64)).tolist())) == 3
