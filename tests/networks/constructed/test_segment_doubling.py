"""Words of a group or an automaton by doubling segments: right on all, in logarithmic depth."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.constructed.automaton import automaton_network
from tcsim.networks.constructed.segment_doubling import (
    doubling_block,
    doubling_growth,
    doubling_network,
)
from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.procedures import looped
from tcsim.networks.symmetric_group import permutation_table, word_problem_table


def transformation(table, word):
    """Row s: one-hot of the state after s."""
    rows = []
    for state in range(len(table)):
        end = state
        for letter in word:
            end = table[end][letter]
        rows.append([int(end == other) for other in range(len(table))])
    return rows


def loops_for(length: int) -> int:
    """ceil(log2 length), without a logarithm."""
    return next(k for k in range(length) if 2**k >= length)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5])
def test_every_word_of_s3(length: int) -> None:
    table = permutation_table(3)
    words = np.array(list(itertools.product(range(3), repeat=length)))
    expected = [transformation(table.tolist(), word) for word in words]
    network = doubling_network(table, length)
    assert network(words[..., None]).tolist() == expected
    for option in (True, False):
        circuit = tc.networks.compile(network, share=option, fold=option)
        bits = circuit(network.encode(words[..., None]))
        assert np.array_equal(network.decode(bits), expected)
    assert circuit.depth == network_cost(network, symbolic=False).total.depth


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6])
def test_every_word_of_s5(length: int) -> None:
    table = permutation_table(5)
    words = np.array(list(itertools.product(range(3), repeat=length)))
    found = doubling_network(table, length)(words[..., None])
    assert found.tolist() == [transformation(table.tolist(), word) for word in words]


def test_every_pair_of_elements_of_s5() -> None:
    """All 120 elements as letters: the whole multiplication table."""
    elements = list(itertools.permutations(range(5)))
    table = np.array(elements).T
    pairs = np.array(list(itertools.product(range(120), repeat=2)))
    found = doubling_network(table, 2)(pairs[..., None])
    products = np.array([[elements[b][point] for point in elements[a]] for a, b in pairs])
    assert np.array_equal(found.argmax(axis=-1), products)
    assert (found.sum(axis=-1) == 1).all()


@settings(max_examples=30)
@given(word=st.lists(st.integers(0, 2), min_size=1, max_size=24))
def test_s5(word: list[int]) -> None:
    table = permutation_table(5)
    found = doubling_network(table, len(word))(np.array(word)[None, :, None])
    assert found[0].tolist() == transformation(table.tolist(), word)


def test_s5_as_a_circuit() -> None:
    table = permutation_table(5)
    network = doubling_network(table, 8)
    words = np.random.default_rng(0).integers(0, 3, (50, 8))
    circuit = tc.networks.compile(network)
    found = network.decode(circuit(network.encode(words[..., None])))
    assert found.tolist() == [transformation(table.tolist(), word) for word in words]


def test_it_agrees_with_the_recurrent_network() -> None:
    """Which counts elements of the group, and this one moves points."""
    elements = list(itertools.permutations(range(4)))
    words = np.random.default_rng(0).integers(0, 3, (40, 6))
    element = automaton_network(word_problem_table(4), 6)(words[..., None]).argmax(axis=-1)
    points = doubling_network(permutation_table(4), 6)(words[..., None]).argmax(axis=-1)
    assert points.tolist() == [list(elements[one]) for one in element]


@settings(max_examples=25)
@given(data=st.data())
def test_any_automaton(data: st.DataObject) -> None:
    """Letters need not be invertible."""
    states, letters = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 3))
    row = st.lists(st.integers(0, states - 1), min_size=letters, max_size=letters)
    table = data.draw(st.lists(row, min_size=states, max_size=states))
    word = data.draw(st.lists(st.integers(0, letters - 1), min_size=1, max_size=6))
    network = doubling_network(table, len(word))
    expected = transformation(table, word)
    assert network(np.array(word)[None, :, None])[0].tolist() == expected
    circuit = tc.networks.compile(network)
    bits = circuit(network.encode(np.array(word)[None, :, None]))
    assert network.decode(bits)[0].tolist() == expected


def test_depth_is_logarithmic() -> None:
    lengths = [1, 2, 3, 4, 5, 8, 9, 16, 17, 32]
    expected = {n: 4 * loops_for(n) + 3 if n > 1 else 1 for n in lengths}
    assert doubling_growth(lengths) == expected
    assert set(doubling_growth(lengths, loops=1).values()) == {7}


@pytest.mark.parametrize("length", [3, 5, 8])
def test_one_pass_multiplies_the_last_two_letters_alone(length: int) -> None:
    table = permutation_table(5)
    one_pass = doubling_network(table, length, loops=1)
    words = np.random.default_rng(0).integers(0, 3, (60, length))
    found = one_pass(words[..., None]).tolist()
    assert found == [transformation(table.tolist(), word[-2:]) for word in words]
    assert found != [transformation(table.tolist(), word) for word in words]


def test_loops_beyond_need_change_nothing() -> None:
    words = np.random.default_rng(0).integers(0, 3, (20, 5, 1))
    table = permutation_table(4)
    assert np.array_equal(doubling_network(table, 5)(words), doubling_network(table, 5, 6)(words))


def test_the_block_equals_its_formula() -> None:
    """Every gate of it is read; at the network's end the gates of other tokens are not built."""
    for states, tokens, loops in [(2, 2, 1), (2, 3, 2), (3, 4, 1), (2, 5, 3)]:
        network = looped(doubling_block(states, tokens), loops)
        circuit = tc.networks.compile(network, share=False, fold=False)
        total = network_cost(network, symbolic=False).total
        assert circuit.depth == total.depth == 4 * loops + 2
        assert (total.size, total.edges) == (circuit.size, circuit.edges)
        assert total.max_fan_in == circuit.measures.max_fan_in


def test_refused() -> None:
    with pytest.raises(NetworkError, match=r"states 0\.\.1, not 2"):
        doubling_network([[0, 2], [0, 0]], 2)
    with pytest.raises(NetworkError, match="length is a positive integer, not 0"):
        doubling_network([[0, 1], [1, 0]], 0)
    with pytest.raises(NetworkError, match="loops is a positive integer, not -1"):
        doubling_network([[0, 1], [1, 0]], 2, loops=-1)
    with pytest.raises(NetworkError, match="2 states and tokens, not 2 and 1"):
        doubling_block(2, 1)
    with pytest.raises(NetworkError, match="degree"):
        permutation_table(1)
