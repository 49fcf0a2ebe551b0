"""The billiard-ball machine: the rule, what it keeps, mirrors, gates, circuits run by balls."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions import problem
from reductions.problems.billiards import (
    back,
    fredkin,
    interact,
    join,
    run,
    run_circuit,
    step,
    switch,
    unite,
)
from reductions.problems.billiards.interaction import IN, OUT, SIDE, STEPS
from reductions.problems.circuit_value import wire_values
from reductions.strategies import instances
from tcsim.errors import ArgumentError


@st.composite
def boards(draw):
    rows, columns = 2 * draw(st.integers(1, 5)), 2 * draw(st.integers(1, 5))
    cells = draw(st.lists(st.integers(0, 1), min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, np.uint8).reshape(rows, columns)


def plain_step(board, phase):
    """The rule, particle by particle."""
    rows, columns = board.shape
    after = np.zeros_like(board)
    for top, left in product(range(phase, rows + phase, 2), range(phase, columns + phase, 2)):
        block = [(top + r) % rows * columns + (left + c) % columns for r in (0, 1) for c in (0, 1)]
        there = [k for k in range(4) if board.flat[block[k]]]
        if len(there) == 1:
            there = [3 - there[0]]
        elif there in ([0, 3], [1, 2]):
            there = [k for k in range(4) if k not in there]
        for k in there:
            after.flat[block[k]] = 1
    return after


@given(boards(), st.integers(0, 1))
def test_the_rule(board, phase):
    assert np.array_equal(step(board, phase), plain_step(board, phase))


@given(boards(), st.integers(0, 9), st.integers(0, 1))
def test_what_is_kept(board, steps, phase):
    late = run(board, steps, phase)
    assert late.sum() == board.sum()
    assert np.array_equal(back(late, steps, phase), board)
    assert np.array_equal(step(step(board, phase), phase), board)
    found = board
    for number in range(steps):
        found = step(found, (phase + number) % 2)
    assert np.array_equal(found, late)


def test_many_boards_at_once():
    cells = np.arange(2 * 3 * 16).reshape(2, 3, 4, 4) % 3 == 0
    late = run(cells, 5)
    for a, b in product(range(2), range(3)):
        assert np.array_equal(late[a, b], run(cells[a, b], 5))


@pytest.mark.parametrize("place", [(4, 4), (5, 5), (4, 5), (5, 4)])
def test_a_particle_alone_moves_on_a_diagonal(place):
    board = np.zeros((12, 12), np.uint8)
    board[place] = 1
    down, right = 1 - 2 * (place[0] % 2), 1 - 2 * (place[1] % 2)
    for t in range(5):
        assert np.argwhere(run(board, t)).tolist() == [[place[0] + down * t, place[1] + right * t]]


@pytest.mark.parametrize(("top", "left"), [(4, 5), (5, 4)])
def test_squares_between_the_partitions_stay(top, left):
    board = np.zeros((12, 12), np.uint8)
    board[top : top + 2, left : left + 2] = 1
    assert np.array_equal(run(board, 2), board)
    assert np.array_equal(run(board, 7), board)


def test_a_wall_is_a_mirror():
    board = np.zeros((48, 48), np.uint8)
    board[20, 10] = board[18, 8] = 1  # a ball, down to the right
    wall = np.zeros_like(board)
    wall[25:27, 12:16] = 1
    late = run(board | wall, 20)
    ball = np.zeros_like(board)
    ball[9, 28] = ball[11, 26] = 1  # up to the right
    assert np.array_equal(late, ball | wall)


def test_the_interaction_gate():
    pairs = np.array(list(product((0, 1), repeat=2)))
    found = interact(pairs)
    expected = [[a & b, a & ~b & 1, b & ~a & 1, a & b] for a, b in pairs.tolist()]
    assert found.tolist() == expected
    assert unite(found).tolist() == pairs.tolist()
    assert found.sum(axis=1).tolist() == pairs.sum(axis=1).tolist()


def test_the_inverse_gate_is_a_run_in_reverse_phases():
    board = np.zeros((SIDE, SIDE), np.uint8)
    for port in (OUT[0], OUT[3]):
        for cell in port:
            board[cell] = 1
    early = run(board, STEPS, phase=(STEPS - 1) % 2)
    assert np.array_equal(early, back(board, STEPS))
    assert sorted(map(tuple, np.argwhere(early).tolist())) == sorted(IN[0] + IN[1])


def test_gates_of_balls():
    bits = np.array(list(product((0, 1), repeat=3)), np.uint8)
    c, p, q = bits.T
    control, on, off = switch(c, p)
    assert (control.tolist(), on.tolist()) == (c.tolist(), (c & p).tolist())
    assert off.tolist() == ((1 - c) & p).tolist()
    control, back_again = join(control, on, off)
    assert (control.tolist(), back_again.tolist()) == (c.tolist(), p.tolist())
    control, first, second = fredkin(c, p, q)
    assert control.tolist() == c.tolist()
    assert first.tolist() == np.where(c, p, q).tolist()
    assert second.tolist() == np.where(c, q, p).tolist()
    again = fredkin(control, first, second)
    assert np.array_equal(np.array(again), np.array([c, p, q]))


@given(instances("cvp"))
def test_circuits_run_by_balls(instance):
    if instance.circuit.size > 5:
        return
    values, put_in, came_out = run_circuit(instance)
    assert values == wire_values(instance)
    assert put_in == came_out


def test_a_circuit_of_a_few_gates():
    instance = problem("cvp").ladder(2)
    values, put_in, came_out = run_circuit(instance)
    assert bool(values[instance.output]) == problem("cvp").decide(instance)
    assert put_in == came_out > sum(instance.values)


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: step(np.zeros((3, 4), int)), "even sides"),
        (lambda: step([0, 1]), "not shape"),
        (lambda: step([[0, 2], [0, 0]]), "0 and 1"),
        (lambda: step([[0.5, 0], [0, 0]]), "integers"),
        (lambda: step([[0, 0], [0]]), "array"),
        (lambda: step(np.zeros((2, 2), int), 2), "phase"),
        (lambda: run(np.zeros((2, 2), int), -1), "steps"),
        (lambda: interact([1, 1, 1]), "shape"),
        (lambda: interact([1, 2]), "must be 0 or 1$"),
        (lambda: unite([1, 0, 0, 0]), "do not leave"),
        (lambda: join(np.array(0), np.array(1), np.array(0)), "needs the control"),
        (lambda: join(np.array(1), np.array(0), np.array(1)), "balls do not"),
    ],
)
def test_refusals(make, match):
    with pytest.raises(ArgumentError, match=match):
        make()
