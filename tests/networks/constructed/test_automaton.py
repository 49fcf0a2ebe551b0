"""Automata as recurrent networks: right on all words, depth one a step."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.constructed.automaton import (
    automaton_network,
    automaton_step,
)
from tcsim.networks.procedures import port_delays
from tcsim.networks.symmetric_group import word_problem_table


def run(table: list[list[int]], word: tuple[int, ...], state: int = 0) -> int:
    for letter in word:
        state = table[state][letter]
    return state


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_every_word_of_s3(steps: int) -> None:
    table = word_problem_table(3).tolist()
    network = automaton_network(table, steps)
    words = np.array(list(itertools.product(range(3), repeat=steps)))
    expected = np.eye(6, dtype=int)[[run(table, tuple(word)) for word in words]]
    assert np.array_equal(network(words[..., None]), expected)
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert np.array_equal(network.decode(circuit(network.encode(words[..., None]))), expected)
    total = network.cost().numbers().total
    assert circuit.depth == total.depth == steps + 1
    assert (total.size, total.edges) == (circuit.size, circuit.edges)


@settings(max_examples=20)
@given(data=st.data())
def test_s5(data: st.DataObject) -> None:
    table = word_problem_table(5).tolist()
    word = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=9))
    network = automaton_network(table, len(word))
    assert network.operations
    found = network(np.array(word)[None, :, None])
    assert np.flatnonzero(found[0]).tolist() == [run(table, tuple(word))]


def test_a_step_has_depth_one() -> None:
    assert port_delays(automaton_step(word_problem_table(5))).rows() == [[1, 1]]


@settings(max_examples=30)
@given(data=st.data())
def test_any_automaton(data: st.DataObject) -> None:
    states, letters = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 3))
    row = st.lists(st.integers(0, states - 1), min_size=letters, max_size=letters)
    table = data.draw(st.lists(row, min_size=states, max_size=states))
    start = table[0][0]
    word = data.draw(st.lists(st.integers(0, letters - 1), min_size=1, max_size=5))
    network = automaton_network(table, len(word), start=start)
    circuit = tc.networks.compile(network)
    bits = circuit(network.encode(np.array(word)[None, :, None]))
    assert np.flatnonzero(bits[0]).tolist() == [run(table, tuple(word), start)]


def test_the_group_is_the_whole_group() -> None:
    for degree in (2, 3, 4, 5):
        table = word_problem_table(degree)
        reached, edge = {0}, [0]
        while edge:
            edge = [n for s in edge for n in set(table[s].tolist()) if n not in reached]
            reached |= set(edge)
        assert len(reached) == len(table)
        assert all(sorted(column) == list(range(len(table))) for column in table.T.tolist())


def test_refused() -> None:
    with pytest.raises(NetworkError, match="lead to the first state, 1"):
        automaton_network([[0, 0], [0, 0]], 2, start=1)
    with pytest.raises(NetworkError, match=r"not float64 of shape \(1, 1\)"):
        automaton_step([[0.5]])
    with pytest.raises(NetworkError, match=r"states 0\.\.1, not 2"):
        automaton_step([[0, 2], [0, 0]])
    with pytest.raises(NetworkError, match="degree"):
        word_problem_table(7)
