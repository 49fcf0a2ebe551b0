"""Encoders of the shape of BERT: integers near the real model, circuits equal to the integers."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from tcsim.networks.measuring.critical import critical_path
from tests.networks.importers.bert.models import ACTIVATIONS, CONFIG, forward, save, tensors

TINY = CONFIG | {
    "vocab_size": 3,
    "hidden_size": 2,
    "num_hidden_layers": 1,
    "num_attention_heads": 1,
    "intermediate_size": 3,
}


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_integers_are_close_to_the_model(tmp_path: Path, activation: str) -> None:
    config = CONFIG | {"hidden_act": activation}
    weights = tensors(config)
    tokens = np.random.default_rng(1).integers(0, 11, (60, 5))
    found = tc.networks.from_bert(
        save(tmp_path, config, weights), tokens=tokens[:30], weight_bits=12, activation_bits=10
    )
    (outputs,) = found(tokens)
    expected = forward(config, weights, tokens)
    assert np.abs(outputs - expected).max() < 0.15
    assert np.abs(outputs - expected).mean() < 0.02
    assert "12 bits" in found.notes[0]
    assert "random" not in found.notes[1]


@pytest.mark.parametrize(("pooling", "normalize"), [("mean", True), ("first", False)])
def test_pooling(tmp_path: Path, pooling: str, normalize: bool) -> None:
    weights = tensors(CONFIG)
    tokens = np.random.default_rng(2).integers(0, 11, (40, 4))
    found = tc.networks.from_bert(
        save(tmp_path, CONFIG, weights),
        tokens=tokens,
        weight_bits=12,
        activation_bits=10,
        pooling=pooling,
        normalize=normalize,
    )
    x = forward(CONFIG, weights, tokens)
    expected = x.mean(axis=1) if pooling == "mean" else x[:, 0]
    if normalize:
        expected = expected / np.linalg.norm(expected, axis=1, keepdims=True)
    assert np.abs(found(tokens)[0] - expected).max() < 0.08 * np.abs(expected).max()


@pytest.mark.parametrize("parts", ["binary", "thermometer"])
def test_the_circuit_is_the_network_on_every_input(tmp_path: Path, parts: str) -> None:
    folder = save(tmp_path, TINY, tensors(TINY, seed=3))
    network = tc.networks.from_bert(
        folder, n=2, weight_bits=3, activation_bits=2, parts_code=parts, pooling="mean"
    ).network
    every = np.array(list(itertools.product(range(3), repeat=2)))
    expected = network(every)
    assert len(np.unique(expected)) > 1
    plain = tc.networks.compile(network, share=False, fold=False)
    for circuit in (plain, tc.networks.compile(network)):
        assert np.array_equal(network.decode(circuit(network.encode(every))), expected)
    cost = network.cost().numbers().total
    assert (cost.depth, cost.size) == (plain.depth, plain.size)
    assert (0, *cost.levels) == plain.measures.levels


@pytest.mark.parametrize(
    ("changes", "depth"),
    [
        ({}, 3 + 13 * 2),
        ({"parts_code": "thermometer"}, 3 + 12 * 2),
        ({"token_code": "binary"}, 4 + 13 * 2),
        ({"pooling": "mean"}, 3 + 13 * 2 + 1),
        ({"pooling": "mean", "normalize": True}, 3 + 13 * 2 + 2),
        ({"pooling": "first"}, 3 + 13 * 2),
        ({"n": 1}, 3 + 11 * 2),  # one key: nothing to compare
    ],
)
def test_depth_level_by_level(tmp_path: Path, changes: dict, depth: int) -> None:
    folder = save(tmp_path, CONFIG, tensors(CONFIG))
    network = tc.networks.from_bert(folder, **{"n": 4} | changes).network
    path = critical_path(network)
    assert network.cost().numbers().total.depth == path[-1].level == depth
    assert sum(stage.levels for stage in path) == depth


def test_progress_and_prefix(tmp_path: Path) -> None:
    weights = {f"bert.{name}": values for name, values in tensors(CONFIG).items()}
    folder = save(tmp_path, CONFIG, weights | {"cls.bias": np.zeros(3, np.float32)})
    calls: list[tuple[int, int]] = []
    seen = tc.networks.from_bert(
        folder / "model.safetensors", progress=lambda *call: calls.append(call)
    )
    assert calls == [(1, 3), (2, 3), (3, 3)]
    assert seen.network.inputs.axes == (6,)  # all the positions that it has
    assert "random tokens" in seen.notes[1]
