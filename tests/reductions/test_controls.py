"""Negative controls: the parallel solver against the serial one, and what may be said of each."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from reductions import problem_table
from reductions.problems.controls import CONTROLS, control
from reductions.problems.controls.deterministic_mdp import backward_induction
from reductions.problems.controls.linear_automaton import by_doubling
from reductions.problems.controls.planar_monotone import by_proof_trees, layer_by_layer
from reductions.problems.controls.two_sat import closure, propagate
from reductions.problems.controls.words import compose_automaton
from tcsim.errors import ArgumentError

PARALLEL = [name for name, one in CONTROLS.items() if one.parallel]
SIZES = {"planar monotone CVP": range(1, 8), "2-SAT": range(1, 16)}


@pytest.mark.parametrize("name", PARALLEL)
def test_parallel_solvers_agree(name):
    one, random, answers = control(name), Random(name), set()
    for n in SIZES.get(name, range(40)):
        for _ in range(6):
            instance = one.draw(random, n)
            expected = one.serial(instance)
            found, rounds = one.parallel(instance)
            assert found == expected
            assert rounds <= one.rounds(n)
            answers.add(expected)
    assert len(answers) > 1


@pytest.mark.parametrize("name", PARALLEL)
def test_rounds_grow_as_a_logarithm(name):
    rounds = CONTROLS[name].rounds
    assert rounds(2**20) <= 6 * 21 + 2
    assert rounds(2**20) - rounds(2**19) == rounds(2**10) - rounds(2**9) <= 6


@pytest.mark.parametrize("name", CONTROLS)
def test_none_is_called_serial(name):
    one = control(name)
    assert one.in_nc == (one.parallel is not None) == (one.rounds is not None)
    assert one.assumption.endswith(".")
    assert one.reference
    assert "inherently serial" not in one.verdict
    assert one.verdict.startswith(f"{name}: {'easy' if one.in_nc else 'not known'}")
    assert not {name, name.replace(" ", "_")} & set(problem_table())


def test_planar_monotone_circuits_of_four_inputs():
    kinds = [tuple(k) for k in product((0, 1), repeat=6)]
    for values in product((0, 1), repeat=4):
        for k in kinds:
            triangle = (values, (k[:3], k[3:5], k[5:]))
            assert by_proof_trees(triangle)[0] == layer_by_layer(triangle)


def test_two_sat_by_all_assignments():
    random = Random(5)
    for _ in range(60):
        variables, clauses = control("2-SAT").draw(random, 4)
        expected = any(
            all(bits[a // 2] != a % 2 or bits[b // 2] != b % 2 for a, b in clauses)
            for bits in product((0, 1), repeat=variables)
        )
        assert propagate((variables, clauses)) == closure((variables, clauses))[0] == expected


def test_rules_90_and_150():
    cells = np.zeros(64, np.int64)
    cells[32] = 1
    for offsets, numbers in (((-1, 1), (1, 5, 17, 85, 257)), ((-1, 0, 1), (1, 7, 21, 107, 273))):
        for t, number in enumerate(numbers):
            found = by_doubling((cells, offsets, t))[0][32 - t : 33 + t]
            assert int("".join(map(str, found)), 2) == number


def test_the_longest_of_all_walks():
    random = Random(3)
    for _ in range(20):
        rewards, steps = control("deterministic MDP").draw(random, 4)
        for start, value in enumerate(backward_induction((rewards, steps))):
            walks = product(range(len(rewards)), repeat=steps)
            sums = [
                sum(rewards[a, b] for a, b in zip((start, *walk), walk, strict=False))
                for walk in walks
            ]
            assert value == max(sums)


def test_an_automaton_by_hand():
    swap_and_reset = np.array([[1, 0, 2], [0, 0, 1]])
    assert compose_automaton((swap_and_reset, np.array([0, 0, 0])))[0] == 1
    assert compose_automaton((swap_and_reset, np.array([0, 1, 0])))[0] == 1
    assert compose_automaton((swap_and_reset, np.array([0, 1, 1], np.int64))) == (0, 2)


def test_comparators_sort():
    one = control("comparator circuit")
    for values in product((0, 1), repeat=3):
        assert one.serial((values, ((0, 1), (1, 2), (0, 1)))) == min(values)


def test_no_control():
    with pytest.raises(ArgumentError, match="parity chain"):
        control("sorting")
