"""Minimize: the function stays, the objective never gets worse, and depth budgets hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks import IntegerNetwork
from tcsim.networks.rewriting import minimizing
from tcsim.networks.rewriting.minimizing import minimize
from tests.networks.oracle import all_rows, assert_circuit_equals_network, networks


def measures(network: IntegerNetwork) -> dict[str, int]:
    total = network.cost().numbers().total
    return {"depth": total.depth, "size": total.size, "edges": total.edges}


@pytest.mark.parametrize("objective", ["depth", "size", "edges"])
@settings(max_examples=15)
@given(network=networks())
def test_same_function_and_never_worse(network: IntegerNetwork, objective: str) -> None:
    found = minimize(network, objective)
    rows = all_rows(network, 50)
    assert np.array_equal(found(rows), network(rows))
    assert measures(found)[objective] <= measures(network)[objective]
    assert_circuit_equals_network(found, tc.networks.compile(found), rows)


def test_a_level_buys_edges() -> None:
    network = tc.networks.builtin("digits").quantize(activation_bits=6)
    deep, shallow = minimize(network, "edges"), minimize(network, "edges", max_depth=3)
    assert measures(deep)["edges"] < measures(shallow)["edges"] < measures(network)["edges"]
    assert (measures(deep)["depth"], measures(shallow)["depth"]) == (4, 3)


def test_from_a_depth_beyond_the_budget() -> None:
    network = tc.networks.builtin("digits").quantize().with_codes(hidden="binary")
    assert measures(network)["depth"] == 4
    assert measures(minimize(network, "size", max_depth=3))["depth"] == 3


def test_what_it_is_in_already_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    network = minimize(tc.networks.builtin("digits").quantize(), "depth")
    groups = [name for name, _, _ in minimizing._coded(network, inputs=True)]
    measured: list[IntegerNetwork] = []
    original = minimizing._measure
    monkeypatch.setattr(minimizing, "_measure", lambda one: measured.append(one) or original(one))
    assert measures(minimize(network, "depth")) == measures(network)
    assert len(measured) == 1 + len(groups)


def test_refused() -> None:
    network = tc.networks.builtin("digits").quantize()
    with pytest.raises(NetworkError, match="within depth 2: the least is 3"):
        minimize(network, "size", max_depth=2)
    with pytest.raises(ArgumentError, match="'width'"):
        minimize(network, "width")
