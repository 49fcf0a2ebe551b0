"""Cellular automata run cell by cell, against a simulator."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.constructed.cellular_automaton import (
    MARK,
    cellular_growth,
    cellular_model,
    cellular_pass,
    cellular_prompts,
)
from tcsim.networks.measuring.cost import network_cost


def simulated(row, steps, rule):
    """The text of the next rows."""
    text = []
    for _ in range(steps):
        wide = [0, *row, 0]
        row = [rule >> (4 * wide[i] + 2 * wide[i + 1] + wide[i + 2]) & 1 for i in range(len(row))]
        text += [*row, MARK]
    return text


@pytest.mark.parametrize(("width", "steps"), [(1, 3), (2, 3), (3, 2), (4, 2), (5, 3), (7, 2)])
def test_every_row(width: int, steps: int) -> None:
    rows = list(itertools.product((0, 1), repeat=width))
    prompts = cellular_prompts(rows)
    expected = [simulated(row, steps, 110) for row in rows]
    model = cellular_model(width, steps)
    assert model(prompts).tolist() == expected
    for option in (True, False):
        circuit = tc.networks.compile(model, share=option, fold=option)
        assert np.array_equal(model.decode(circuit(model.encode(prompts))), expected)
    total = network_cost(model, symbolic=False).total
    assert (total.size, total.edges) == (circuit.size, circuit.edges)
    assert total.depth == circuit.depth == 3 * (steps + 1 + (steps - 1) // width)


def test_rule_110_by_its_table() -> None:
    """From the paper's Figure 4: 111 110 101 100 011 010 001 000 become 0 1 1 0 1 1 1 0."""
    one_pass = cellular_pass(3).at(n=5)
    said = [
        int(one_pass([[left, middle, right, 0, 0]])[0])
        for left, middle, right in itertools.product((1, 0), repeat=3)
    ]
    assert said == [0, 1, 1, 0, 1, 1, 1, 0]


@settings(max_examples=30)
@given(
    rule=st.integers(0, 255),
    row=st.lists(st.integers(0, 1), min_size=1, max_size=9),
    steps=st.integers(1, 6),
)
def test_any_rule(rule: int, row: list[int], steps: int) -> None:
    model = cellular_model(len(row), steps, rule)
    assert model(cellular_prompts([row]))[0].tolist() == simulated(row, steps, rule)


def test_depth_grows_with_the_rows_and_not_with_their_tokens() -> None:
    for width in (1, 2, 4, 7):
        expected = {steps: 3 * (steps + 1 + (steps - 1) // width) for steps in (1, 2, 5)}
        assert cellular_growth([1, 2, 5], width) == expected
    one_pass = cellular_pass(6).at(n=8)
    assert tc.networks.compile(one_pass).depth == 3


def test_refused() -> None:
    with pytest.raises(NetworkError, match=r"integer in 0\.\.255, not 256"):
        cellular_pass(3, 256)
    with pytest.raises(NetworkError, match="width is a positive integer"):
        cellular_pass(0)
    with pytest.raises(NetworkError, match="steps is a positive integer"):
        cellular_model(2, 0)
    with pytest.raises(NetworkError, match=r"rows are 0/1 of shape \(count, width\)"):
        cellular_prompts([[2]])
