"""Procedures: what a network computes when it is looped or voted on, and what that costs."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.measure import scope_measures
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
from tcsim.networks.procedures import looped, port_delays, vote
from tests.networks.oracle import all_rows


def step(kind: str, seed: int = 0, width: int = 3, steps: int = 3) -> IntegerNetwork:
    random = np.random.default_rng(seed)
    code = Code(0, steps, kind)
    cuts = np.sort(random.integers(-4, 9, (width, steps)), axis=1)
    return IntegerNetwork(
        Inputs(width, code),
        [Affine(random.integers(-3, 4, (width, width)), [0] * width), Requantize(cuts, code)],
    )


def classifier(seed: int) -> IntegerNetwork:
    random = np.random.default_rng(seed)
    return IntegerNetwork(
        Inputs(2, Code(0, 3)), [Affine(random.integers(-3, 4, (2, 3)), [0, 1, 0]), Argmax(3)]
    )


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
@pytest.mark.parametrize("loops", [1, 2, 5])
def test_looped(kind: str, loops: int) -> None:
    network = step(kind)
    rows = expected = np.array(all_rows(network, 100))
    for _ in range(loops):
        expected = network(expected)
    found = looped(network, loops)
    assert np.array_equal(found(rows), expected)
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), expected)
    (slope,) = port_delays(network).rows()[0]
    assert circuit.depth == found.cost().total.depth == loops * slope
    assert {one.path for one in scope_measures(circuit)} >= {"loop1", "loop1/output"}


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_vote(count: int) -> None:
    voters = [classifier(seed) for seed in range(count)]
    found = vote(voters)
    rows = all_rows(voters[0])
    said = np.stack([voter(rows) for voter in voters])
    counts = np.stack([(said == label).sum(axis=0) for label in range(3)])
    assert found(rows).tolist() == counts.argmax(axis=0).tolist()
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), found(rows))
    total = found.cost().numbers().total
    assert (total.depth, total.size, total.edges, total.max_fan_in) == (
        circuit.depth,
        circuit.size,
        circuit.edges,
        circuit.measures.max_fan_in,
    )
    assert circuit.depth == voters[0].cost().total.depth + 2


def test_refused() -> None:
    with pytest.raises(NetworkError, match="at least one"):
        vote([])
    with pytest.raises(NetworkError, match="voter 2 is no classifier"):
        vote([classifier(0), step("binary")])
    with pytest.raises(NetworkError, match="positive integer, not 0"):
        looped(step("binary"), 0)
    with pytest.raises(NetworkError, match=r"operand \(1,\)"):
        looped(classifier(0), 2)
