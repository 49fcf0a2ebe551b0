"""Sudoku: the solver against a plain one, generated puzzles, symmetry, propagation in rounds."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions import problem, rule
from reductions.problems.sudoku import (
    Sudoku,
    count_solutions,
    generate,
    propagate,
    puzzle,
    signatures,
    solve,
)
from reductions.problems.sudoku.derivations import Rounds, placed_after, regions
from reductions.problems.sudoku.grid import units
from reductions.problems.sudoku.published import PUBLISHED
from reductions.problems.sudoku.solving import Search
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError

RULE = "sudoku_propagation_monotone_cvp"


def plain_count(sudoku):
    """Solutions, cell after cell, each digit tried."""
    every = regions(sudoku.height, sudoku.width)
    cells = list(sudoku.cells)

    def fits():
        for region in every:
            digits = [cells[c] for c in region if cells[c]]
            if len(set(digits)) < len(digits):
                return False
        return True

    def count(place):
        if not fits():
            return 0
        if place == len(cells):
            return 1
        if sudoku.cells[place]:
            return count(place + 1)
        found = 0
        for digit in range(1, sudoku.digits + 1):
            cells[place] = digit
            found += count(place + 1)
        cells[place] = 0
        return found

    return count(0)


@given(instances("sudoku_propagation"))
def test_solutions_are_counted(instance):
    sudoku = instance.sudoku
    if sudoku.clues < 4 and sudoku.digits > 3:
        return
    expected = plain_count(sudoku)
    assert count_solutions(sudoku, 1000) == expected
    assert count_solutions(sudoku) == min(expected, 2)
    found = solve(sudoku)
    assert (found is None) == (expected == 0)
    if found is not None:
        assert plain_count(found) == 1
        assert all(
            given in (0, digit) for given, digit in zip(sudoku.cells, found.cells, strict=True)
        )


@pytest.mark.parametrize(
    ("height", "width", "squares"), [(1, 2, 2), (1, 3, 12), (2, 2, 288), (1, 4, 576)]
)
def test_all_full_squares(height, width, squares):
    empty = Sudoku(height, width, bytes((height * width) ** 2))
    assert count_solutions(empty, 1000) == squares
    assert count_solutions(empty, squares - 1) == squares - 1


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one.name)
def test_published_puzzles_have_one_solution(one):
    sudoku = Sudoku.of(one.cells)
    assert count_solutions(sudoku) == 1
    found = propagate(sudoku)
    solution = solve(sudoku)
    assert all(d in (0, s) for d, s in zip(found.cells.cells, solution.cells, strict=True))
    assert found.solved == (found.cells == solution)


def test_easy_and_hard_side_by_side():
    rounds = {one.name: propagate(Sudoku.of(one.cells)) for one in PUBLISHED}
    assert {name: found.rounds for name, found in rounds.items() if found.solved} == {
        "example": 5,
        "grid 1": 4,
        "17 clues": 15,
    }


def test_generated_puzzles_are_minimal():
    for hidden, solved in generate(7, 5, height=2, width=2):
        assert plain_count(hidden) == 1
        assert solve(hidden) == solved
        for cell in np.flatnonzero(list(hidden.cells)):
            fewer = bytes(0 if c == cell else d for c, d in enumerate(hidden.cells))
            assert plain_count(Sudoku(2, 2, fewer)) > 1


def test_puzzles_depend_on_seed_and_number_alone():
    first = list(generate(3, 4, height=2, width=2))
    assert first[2] == puzzle(3, 2, height=2, width=2)
    assert len({hidden for hidden, _ in first}) == 4
    assert first != list(generate(4, 4, height=2, width=2))
    assert puzzle(2026, height=2, width=2)[0].line == "...3.....34..1.."


def test_clues_are_left():
    for hidden, solved in generate(1, 3, height=2, width=3, clues=20):
        assert hidden.clues == 20
        assert count_solutions(hidden) == 1
        assert solve(hidden) == solved


@pytest.mark.slow
def test_ten_thousand_puzzles():
    made = [hidden for hidden, _ in generate(2026, 10_000)]
    assert len(set(signatures(made).tolist())) == 10_000
    assert all(count_solutions(hidden) == 1 for hidden in made[::100])


def test_a_search_gives_up():
    search = Search(3, 3)
    cells, allowed = np.zeros(81, np.int64), np.full(81, search.full)
    with pytest.raises(LimitError, match="10 choices"):
        search.count(cells, allowed, 1, choices=10)
    assert not cells.any()


def moved(sudoku, random):
    """Another puzzle that is the same up to symmetry."""
    h, w, n = sudoku.height, sudoku.width, sudoku.digits
    grid = np.frombuffer(sudoku.cells, np.uint8).reshape(n, n)
    rows = [b * h + r for b in random.sample(range(w), w) for r in random.sample(range(h), h)]
    columns = [b * w + c for b in random.sample(range(h), h) for c in random.sample(range(w), w)]
    grid = grid[rows][:, columns]
    if h == w and random.random() < 0.5:
        grid = grid.T
    names = np.array([0, *random.sample(range(1, n + 1), n)], np.uint8)
    return Sudoku(h, w, names[grid].tobytes())


@pytest.mark.parametrize(("height", "width"), [(2, 2), (2, 3), (3, 2), (3, 3), (1, 4)])
def test_signatures(height, width):
    random = Random(1)
    cells = [
        random.choice((0, 0, *range(1, height * width + 1))) for _ in range((height * width) ** 2)
    ]
    one = Sudoku(height, width, bytes(cells))
    same = [moved(one, random) for _ in range(20)]
    assert len(set(same)) > 10
    assert set(signatures(same).tolist()) == set(signatures([one]).tolist())


def test_signatures_tell_puzzles_apart():
    made = [hidden for hidden, _ in generate(5, 8, height=2, width=3)]
    assert len(set(signatures(made).tolist())) == 8
    # Three clues of one digit, or of two: in one row, in one column, in one box, or scattered.
    shapes = ("123", "112", "111")
    places = ((0, 1, 2), (0, 1, 3), (0, 6, 12), (0, 12, 24), (0, 7, 14), (0, 7, 15), (0, 9, 19))
    grids = []
    for digits in shapes:
        for place in places:
            cells = bytearray(36)
            for cell, digit in zip(place, digits, strict=True):
                cells[cell] = int(digit)
            grids.append(Sudoku(2, 3, bytes(cells)))
    assert len(set(signatures(grids).tolist())) == len(grids)
    assert len(signatures([])) == 0
    with pytest.raises(ArgumentError, match="one shape"):
        signatures([made[0], Sudoku(3, 2, made[0].cells)])


@given(instances("sudoku_propagation"))
def test_propagation_against_its_definition(instance):
    sudoku = instance.sudoku
    expected = placed_after(Rounds(sudoku, sudoku.digits**3))
    found = propagate(sudoku)
    assert found.rounds == len(expected) - 1
    for t, placed in enumerate(expected):
        cells, digits = np.nonzero((found.placed_in >= 0) & (found.placed_in <= t))
        assert set(zip(cells.tolist(), (digits + 1).tolist(), strict=True)) == placed
    assert found.solved == problem("sudoku_propagation").decide(Rounds(sudoku, found.rounds))
    if count_solutions(sudoku) == 1:
        assert found.rounds <= len(sudoku.cells)
        solution = solve(sudoku).cells
        for cell, digit in expected[-1]:
            assert solution[cell] == digit


@given(st.integers(0, 2))
def test_rounds_bound_propagation(most):
    sudoku = Sudoku.of(PUBLISHED[0].cells)
    found = propagate(sudoku, most)
    assert found.rounds == most
    assert not found.solved
    assert found.work < propagate(sudoku).work == 81 - sudoku.clues


def test_wrong_derivations_are_no_witness():
    one = problem("sudoku_propagation")
    instance = Rounds(Sudoku.of("...2 .... .43. 1..."), 4)
    right = one.witnesses.producers["rounds"](instance)
    assert one.witnesses.verify(instance, right)
    assert not one.witnesses.verify(instance, right[1:])
    assert not one.witnesses.verify(instance, right[::-1])
    assert not one.witnesses.verify(instance, (*right, right[0]))
    assert not one.witnesses.verify(instance, ((0, 9), *right))
    late = propagate(instance.sudoku).rounds
    assert not one.witnesses.verify(Rounds(instance.sudoku, late - 1), right)


def test_wires_of_every_round():
    one, sudoku = rule(RULE), Sudoku.of("4..31.....4.....")
    assert propagate(sudoku).rounds == 3
    instance = Rounds(sudoku, 4)
    mapped = one.run(instance)
    assert one.invariant.holds(instance, mapped)
    claims = one.target.witnesses.producers["evaluation"](mapped.instance)
    assert len(one.extract(instance, mapped, claims)) == 12


def test_a_million_gates_know_the_rounds_of_a_puzzle():
    sudoku = Sudoku.of(PUBLISHED[2].cells)
    answers = []
    for rounds in (14, 15, 23):
        target = rule(RULE)(Rounds(sudoku, rounds))
        assert target.circuit.size == rounds * 729 * 59 + 728
        assert target.circuit.depth == 11 * rounds + 11
        answers.append(int(target.circuit(np.frombuffer(target.values, np.uint8))[0]))
    assert answers == [0, 1, 1]


def test_units():
    found = units(2, 3)
    assert found.shape == (36, 3)
    for k in range(18):
        members = frozenset(np.flatnonzero((found == k).any(axis=1)).tolist())
        assert members in regions(2, 3)


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: Sudoku(3, 3, bytes(80)), "81 numbers"),
        (lambda: Sudoku(2, 2, bytes([5] * 16)), "0 .. 4"),
        (lambda: Sudoku(1, 1, bytes(1)), "2 .. 25"),
        (lambda: Sudoku(6, 6, bytes(6**4)), "not 36"),
        (lambda: Sudoku(0, 9, bytes(1)), "height"),
        (lambda: Sudoku(2, 2, "." * 16), "bytes"),
        (lambda: Sudoku.of("?" * 16), "text of"),
        (lambda: Sudoku.of(3), "text"),
        (lambda: Sudoku.of("." * 17), "numbers"),
        (lambda: count_solutions(Sudoku.of("." * 16), 0), "most"),
        (lambda: puzzle(-1), "seed"),
        (lambda: puzzle(1, -1), "number"),
        (lambda: puzzle(1, height=1, width=1), "not 1$"),
        (lambda: list(generate(1, -1)), "count"),
        (lambda: Rounds(Sudoku.of("." * 16), 65), "rounds"),
        (lambda: Rounds(None, 1), "Sudoku"),
    ],
)
def test_refusals(make, match):
    with pytest.raises(ArgumentError, match=match):
        make()
