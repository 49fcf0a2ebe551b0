"""Argmax: the lowest of the largest, on every tie."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork
from tests.networks.oracle import assert_circuit_equals_network


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_lowest_index_wins(classes: int) -> None:
    rows = list(itertools.product(range(-1, 2), repeat=classes))
    expected = [[row.index(max(row))] for row in rows]
    assert Argmax(classes)(np.array(rows)).tolist() == expected


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("direct", [True, False])
def test_every_tie_in_the_circuit(classes: int, fold: bool, direct: bool) -> None:
    identity = Affine(np.eye(classes, dtype=int), np.zeros(classes, int))
    operations = [Argmax(classes)] if direct else [identity, Argmax(classes)]
    network = IntegerNetwork(Inputs(classes, Code(0, 2)), operations)
    circuit = tc.networks.compile(network, fold=fold)
    rows = [list(row) for row in itertools.product(range(3), repeat=classes)]
    assert_circuit_equals_network(network, circuit, rows)
    bits = circuit(network.encode(rows))
    assert (bits.sum(axis=1) == 1).all()
    assert bits.argmax(axis=1).tolist() == [row.index(max(row)) for row in rows]


def test_ties_of_sums() -> None:
    """Classes whose sums are equal everywhere: the first of them always wins."""
    network = IntegerNetwork(
        Inputs(2, Code(0, 3)), [Affine([[1, 2, 2], [1, 2, 2]], [0, -1, -1]), Argmax(3)]
    )
    for fold in (True, False):
        circuit = tc.networks.compile(network, fold=fold)
        assert_circuit_equals_network(network, circuit)
        assert not circuit(network.encode([[a, b] for a in range(4) for b in range(4)]))[:, 2].any()


@pytest.mark.parametrize("classes", [1, 0, 2.0])
def test_bad_number_of_classes(classes: object) -> None:
    with pytest.raises(NetworkError, match="at least 2 classes"):
        Argmax(classes)
