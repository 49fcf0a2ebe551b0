"""The reference in NumPy against what PyTorch computed, and against the definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.networks import trained
from tcsim.networks.trained import layers
from tcsim.networks.trained.reference import activations, logits
from tcsim.networks.trained.validation import positions

WORDS = [name for name in trained.names() if trained.load(name).config["architecture"] != "cnn"]


@pytest.mark.parametrize("name", trained.names())
def test_logits_are_those_of_torch(name: str) -> None:
    model = trained.load(name)
    assert len(model.check_inputs) >= 3
    assert np.allclose(logits(model, model.check_inputs), model.check_logits, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", trained.names())
def test_every_weight_matters_and_every_activation_is_finite(name: str) -> None:
    model = trained.load(name)
    values = activations(model, model.check_inputs)
    assert list(values)[-1] == "logits"
    for value in values.values():
        assert value.dtype == np.float64
        assert np.isfinite(value).all()
    for changed in model.weights:
        weights = {**model.weights, changed: model.weights[changed] * 1.5 + 0.25}
        other = trained.Trained(**{**vars(model), "weights": weights})
        moved = not np.allclose(logits(other, model.check_inputs), model.check_logits, atol=1e-9)
        assert moved == (not changed.endswith("attention.k.bias")), changed  # softmax: no effect


@settings(max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("name", WORDS)
def test_later_letters_change_nothing(name: str, data: st.DataObject) -> None:
    model = trained.load(name)
    letter = st.integers(0, model.config["letters"] - 1)
    word = data.draw(st.lists(letter, min_size=2, max_size=8))
    kept = data.draw(st.integers(1, len(word) - 1))
    assert np.allclose(logits(model, [word])[:, :kept], logits(model, [word[:kept]]), atol=1e-9)


def test_positions_count_each_kind_apart() -> None:
    tokens = np.array([[0, 2, 1, 3, 9, 3], [1, 1, 1, 1, 3, 4]])
    assert positions(tokens, 3).tolist() == [[0, 1, 2, 0, 1, 2], [0, 1, 2, 3, 0, 1]]


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=6))
def test_layers_are_their_definitions(values: list[float]) -> None:
    x, n = np.array(values), len(values)
    w = {"n.weight": np.arange(1.0, n + 1), "n.bias": np.ones(n)}
    mean = sum(values) / n
    rms = math.sqrt(sum(v * v for v in values) / n + 1e-5)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / n + 1e-5)
    total = math.fsum(math.exp(v) for v in values)

    def same(found: np.ndarray, expected: list[float]) -> bool:
        return np.allclose(found, expected, rtol=1e-9, atol=1e-9)

    assert same(
        layers.norm(w, "n", x, "rms", 1e-5), [(i + 1) * v / rms for i, v in enumerate(values)]
    )
    assert same(
        layers.norm(w, "n", x, "layer", 1e-5),
        [(i + 1) * (v - mean) / deviation + 1 for i, v in enumerate(values)],
    )
    assert same(layers.softmax(x), [math.exp(v) / total for v in values])
    assert same(layers.softplus(x), [math.log1p(math.exp(v)) for v in values])
    assert same(layers.silu(x), [v / (1 + math.exp(-v)) for v in values])
    assert same(layers.gelu(x), [v * 0.5 * math.erfc(-v / math.sqrt(2)) for v in values])
    assert same(layers.relu(x), [max(v, 0.0) for v in values])


@pytest.mark.parametrize("padding", [0, 1])
def test_convolution_and_pooling_pixel_by_pixel(padding: int) -> None:
    random = np.random.default_rng(0)
    x, weight, bias = (
        random.normal(size=(2, 3, 5, 5)),
        random.normal(size=(4, 3, 3, 3)),
        np.arange(4.0),
    )
    found = layers.convolution({"c.weight": weight, "c.bias": bias}, "c", x, padding)
    side = 3 + 2 * padding
    assert found.shape == (2, 4, side, side)
    for r, o, i, j in np.ndindex(found.shape):
        total = bias[o]
        for c, di, dj in np.ndindex(3, 3, 3):
            y, z = i + di - padding, j + dj - padding
            total += weight[o, c, di, dj] * x[r, c, y, z] if 0 <= y < 5 and 0 <= z < 5 else 0.0
        assert math.isclose(found[r, o, i, j], total, abs_tol=1e-9)
    pooled = layers.max_pool(x, 2)
    assert pooled.shape == (2, 3, 2, 2)
    assert pooled[1, 2, 1, 0] == x[1, 2, 2:4, 0:2].max()


@pytest.mark.parametrize(
    ("name", "inputs", "message"),
    [
        ("s5_rnn", [[0, 3]], r"inputs\[0, 1\] is 3, not in 0..2"),
        ("s5_rnn", [[-1]], r"inputs\[0, 0\] is -1"),
        ("s5_rnn", np.array([[2**64 - 1]], dtype=np.uint64), "not in 0..2"),
        ("s5_rnn", [[]], "at least one of each"),
        ("s5_rnn", [0, 1], "shape"),
        ("s5_rnn", [[0.5]], "integers"),
        ("s5_rnn", [[0], [1, 2]], "array of integers"),
        ("s5_transformer", [[0] * 33], "33 positions of one kind; the model encodes 32"),
        ("digits_cnn", [[0] * 63], "64 pixels, not 63"),
        ("digits_cnn", [[17] * 64], r"not in 0..16"),
    ],
)
def test_bad_inputs(name: str, inputs: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        logits(trained.load(name), inputs)
