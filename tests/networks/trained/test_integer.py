"""Trained models in integers: as accurate as before, and equal to their circuits."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.networks import trained
from tcsim.networks.measuring.verifying import verify
from tcsim.networks.rewriting.minimizing import minimize
from tcsim.networks.trained.integer import (
    calibration,
    chain_start,
    integer_network,
    recurrent_step,
)
from tcsim.networks.trained.reporting import facts
from tcsim.networks.trained.tasks import task


@pytest.mark.parametrize(
    ("name", "n", "bits", "least"),
    [
        ("digits_cnn", 0, 6, 0.97),
        ("parity_rnn", 12, 6, 0.99),
        ("s5_rnn", 10, 8, 0.99),
        ("recall_ssm", 8, 6, 0.99),
        ("s5_transformer", 4, 8, 0.95),
        ("parity_chain", 3, 6, 0.99),
    ],
)
def test_quantizing_keeps_the_answers(name: str, n: int, bits: int, least: float) -> None:
    found = facts(trained.load(name), n, weight_bits=bits, activation_bits=bits)
    assert found.accuracy["agreement"] >= least
    assert abs(found.accuracy["integer"] - found.accuracy["real"]) <= 1.01 - least


@pytest.mark.parametrize(
    ("name", "n"),
    [("parity_rnn", 3), ("recall_ssm", 2), ("s5_transformer", 2), ("parity_chain", 1)],
)
def test_circuits_of_trained_models(name: str, n: int) -> None:
    model = trained.load(name)
    network = minimize(integer_network(model, n, weight_bits=4, activation_bits=3), "size")
    letters, _ = task(model.config["task"]).sample(40, n, 3)
    rows = letters[..., None] if model.config["architecture"] == "rnn" else letters
    if model.config["procedure"] == "chain_of_thought":
        rows = np.column_stack((letters, np.full(40, chain_start(model))))
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert np.array_equal(network.decode(circuit(network.encode(rows))), network(rows))
    total = network.cost().numbers().total
    found = circuit.measures
    assert (total.depth, total.size, (0, *total.levels)) == (found.depth, found.size, found.levels)
    assert total.edges == found.edges


def test_the_digits_cnn_layer_by_layer() -> None:
    network = integer_network(trained.load("digits_cnn"), weight_bits=3, activation_bits=2)
    assert {one.verdict for one in verify(network)} == {"PASS"}


def test_a_chain_reads_what_it_said() -> None:
    model = trained.load("parity_chain")
    rows = calibration(model, 3, 2)
    assert rows.shape[1] == 3 + 1 + 2
    assert (rows[:, 3] == chain_start(model)).all()
    assert np.array_equal(rows[:, 4] - 2, rows[:, :1].sum(axis=1) % 2)


def test_refused() -> None:
    with pytest.raises(ArgumentError, match="length of at least 1, not 0"):
        integer_network(trained.load("parity_rnn"), 0)


def test_what_is_no_model_or_too_long() -> None:
    with pytest.raises(ArgumentError, match="32 positions"):
        integer_network(trained.load("s5_transformer"), 33)
    with pytest.raises(ArgumentError, match="must be a Trained"):
        integer_network("s5_rnn", 3)
    with pytest.raises(ArgumentError, match="no trained Elman network"):
        recurrent_step(trained.load("s5_transformer"))
