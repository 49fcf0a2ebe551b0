"""Positions: sines and cosines, rounded."""

from __future__ import annotations

import math

import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Code, add_positions, sinusoidal
from tests.networks.operations.linear import check, network_of, rounded


def test_table() -> None:
    table = sinusoidal(7, 5, 50, base=100.0)
    expected = [
        [
            round(50 * (math.cos if j % 2 else math.sin)(p / 100.0 ** ((j - j % 2) / 5)))
            for j in range(5)
        ]
        for p in range(7)
    ]
    assert table.tolist() == expected


def test_adding_costs_no_level() -> None:
    table = sinusoidal(3, 2, 2)
    operation = add_positions(table)

    def build(add, e):
        return add(rounded(), add(operation, e))

    assert check(build, ((3, 2), Code(-2, 2))).depth == 1
    network = network_of(build, ((3, 2), Code(-2, 2)))
    assert network([[[0, 0]] * 3]).tolist() == rounded()(table[None]).tolist()


@pytest.mark.parametrize("numbers", [(0, 2, 3), (2, 0, 3), (2, 2, 0), (2.0, 2, 3)])
def test_bad_arguments(numbers) -> None:
    with pytest.raises(NetworkError, match="integer from 1"):
        sinusoidal(*numbers)
