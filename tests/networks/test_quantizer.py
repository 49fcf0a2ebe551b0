"""Quantizer: integers that stand for the real values they were made for, within a few steps."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Reshape, Transpose
from tcsim.networks.operations.maximum_pool import MaximumPool
from tcsim.networks.quantizing.grids import grid
from tcsim.networks.quantizing.quantizer import Quantizer, Real


def value(quantizer: Quantizer, one: Real, rows: np.ndarray) -> np.ndarray:
    """The real values that the integers of an edge stand for, on rows of integers."""
    made = one
    if one.edge.known.code is None:
        made = quantizer.code(one, bits=12)
    network = quantizer.sketch.network(made.edge)
    integers = network.every_value(rows)[network.outputs[0]]
    return made.scale * integers + made.shift


def relative(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def test_layers_stay_close() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(200, 6))
    quantizer = Quantizer(weight_bits=10, activation_bits=8)
    x = quantizer.reals("x", rows)
    hidden = quantizer.linear(x, random.normal(size=(6, 5)), random.normal(size=5))
    bent = quantizer.code(hidden, np.tanh, name="tanh")
    other = quantizer.code(quantizer.linear(x, random.normal(size=(6, 5)), one_scale=True))
    total = quantizer.add(bent, other)
    integers = np.rint(rows / x.step).clip(-127, 127).astype(int)
    for one in (hidden, bent, other, total):
        assert relative(value(quantizer, one, integers), one.sample) < 0.06
    gelu = quantizer.table(other, lambda z: z / (1 + np.exp(-1.702 * z)))
    assert relative(value(quantizer, gelu, integers), gelu.sample) < 0.06
    gated = quantizer.product(bent, other, right=lambda z: z / (1 + np.exp(-z)))
    assert relative(value(quantizer, gated, integers), gated.sample) < 0.06


@pytest.mark.parametrize(("bits", "error"), [(3, 0.8), (6, 0.2)])
def test_tokens_attention_and_its_circuit(bits: int, error: float) -> None:
    random = np.random.default_rng(1)
    tokens = random.integers(0, 4, (60, 3))
    quantizer = Quantizer(weight_bits=8, activation_bits=bits)
    read = quantizer.integers("token", tokens, Code(0, 3, "one_hot"))
    x = quantizer.embedding(read, random.normal(size=(4, 4)))
    parts = []
    for name in ("query", "key", "value"):
        part = quantizer.code(quantizer.linear(x, random.normal(size=(4, 4))), name=name)
        split = quantizer.apply(Reshape((3, 2, 2)), part, sample=part.sample.reshape(-1, 3, 2, 2))
        turned = split.sample.transpose(0, 2, 1, 3)
        parts.append(quantizer.apply(Transpose((1, 0, 2)), split, sample=turned))
    mixed = quantizer.attention(*parts, causal=True, top=2**bits)
    network = quantizer.sketch.network(mixed.edge)
    found = network(tokens) * mixed.step
    assert relative(found, mixed.sample) < error
    if bits > 3:
        return
    circuit = tc.networks.compile(network)
    every = np.array(np.meshgrid(*[range(4)] * 3)).reshape(3, -1).T
    assert np.array_equal(network.decode(circuit(network.encode(every))), network(every))


@pytest.mark.parametrize("centered", [True, False])
def test_norms(centered: bool) -> None:
    random = np.random.default_rng(3)
    rows = random.normal(size=(100, 5)) + 0.5
    quantizer = Quantizer(weight_bits=8, activation_bits=7)
    x = quantizer.reals("x", rows)
    gamma, beta = random.normal(size=5), random.normal(size=5) * centered
    normed = quantizer.norm(x, gamma, beta, eps=1e-5, centered=centered)
    integers = np.rint(rows / x.step).clip(-63, 63).astype(int)
    found = value(quantizer, normed, integers)
    assert np.abs(found - normed.sample).mean() < 2 * normed.step


def test_images() -> None:
    random = np.random.default_rng(2)
    images = random.integers(0, 17, (50, 1, 6, 6))
    quantizer = Quantizer(weight_bits=8, activation_bits=6)
    x = quantizer.integers("pixel", images, Code(0, 16))
    maps = quantizer.convolution(x, random.normal(size=(3, 1, 3, 3)), [0.1, 0.2, 0.3], padding=1)
    relu = quantizer.code(maps, lambda z: np.maximum(z, 0), name="relu")
    pool = MaximumPool((2, 2), strides=2)
    pooled = quantizer.apply(
        pool, relu, sample=relu.sample.reshape(50, 3, 3, 2, 3, 2).max(axis=(3, 5))
    )
    flat = quantizer.apply(Reshape((27,)), pooled, sample=pooled.sample.reshape(50, 27))
    scores = quantizer.linear(flat, random.normal(size=(27, 4)), one_scale=True)
    winner = quantizer.sketch.add(Argmax(4), scores.edge)
    network = quantizer.sketch.network(winner)
    agreement = (network(images) == scores.sample.argmax(axis=1)).mean()
    assert agreement > 0.9


def test_grids() -> None:
    code, scale = grid(np.array([0.0, 1.0, 2.0]), 2)
    assert (code.lo, code.hi) == (0, 3)
    code, scale = grid(np.array([-1.0, 2.0]), 8, (-2.0, 2.0))
    assert (code.lo, code.hi, scale) == (-127, 127, 2 / 127)
    assert grid(np.zeros(3), 4) == (Code(0, 15), 1.0)


def test_refused() -> None:
    with pytest.raises(NetworkError, match="weight_bits"):
        Quantizer(weight_bits=1)
    quantizer = Quantizer()
    with pytest.raises(NetworkError, match="finite"):
        quantizer.reals("x", [[np.nan]])
    x = quantizer.reals("x", [[1.0, -2.0]])
    form = quantizer.linear(x, [[1.0, 2.0], [3.0, 5.0]])
    with pytest.raises(NetworkError, match="code them first"):
        quantizer.table(form, np.exp)
    with pytest.raises(NetworkError, match="scales of their own"):
        quantizer.add(form, form)
    with pytest.raises(NetworkError, match="not finite"):
        quantizer.table(quantizer.code(form), lambda z: 1 / z)
    with pytest.raises(NetworkError, match=r"no integers 0\.\.3"):
        Quantizer().integers("x", [[4]], Code(0, 3))
    with pytest.raises(NetworkError, match="weights or biases"):
        quantizer.linear(x, [[np.inf], [1.0]])
