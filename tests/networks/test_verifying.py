"""Verifying: layers cut out of a network, built, and compared with their formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, Combine, IntegerNetwork, Requantize, Sketch
from tcsim.networks.measuring.slicing import SINK, layer_slice
from tcsim.networks.measuring.verifying import verify
from tests.networks.oracle import networks


def residual() -> IntegerNetwork:
    """Two blocks with a sum that crosses from one layer into the next as a linear form."""
    sketch = Sketch()
    random = np.random.default_rng(0)
    x = first = sketch.input("x", (2, 3), Code(0, 3))
    for number in (1, 2):
        with sketch.scope(f"block{number}"):
            with sketch.scope("mix"):
                mixed = sketch.add(Affine(random.integers(-3, 4, (3, 3)), [0, 1, 2]), x)
                total = sketch.add(Combine([1, 2]), mixed, first)
            with sketch.scope("round"):
                x = sketch.add(Requantize([[1, 3, 6]], Code(0, 3)), total)
    return sketch.network(x)


@settings(max_examples=20)
@given(network=networks())
def test_every_layer_passes(network: IntegerNetwork) -> None:
    assert {one.verdict for one in verify(network)} == {"PASS"}


def test_forms_bring_along_what_makes_them() -> None:
    network = residual()
    piece = layer_slice(network, "block2/round")
    assert list(piece.layers) == ["block2/mix", "block2/round"]
    assert [one.shape for one in piece.sources] == [(2, 3), (2, 3)]
    assert [one.verdict for one in verify(network)] == ["PASS"] * 2
    assert list(layer_slice(network, "block1/mix").layers)[-1] == SINK
    whole = layer_slice(network, "block2")
    assert np.array_equal(
        whole(*_values(network, [0, 3])), network(np.full((1, 2, 3), 2)).reshape(1, 2, 3)
    )


def _values(network: IntegerNetwork, numbers: list[int]) -> list[np.ndarray]:
    values = network.every_value(np.full((1, 2, 3), 2))
    return [values[number] for number in numbers]


def test_too_large_to_build() -> None:
    verdicts = verify(tc.networks.builtin("digits").quantize(), limit=3000)
    assert [one.verdict for one in verdicts] == ["UNVERIFIED", "PASS"]
    assert "more than 3,000" in verdicts[0].evidence


def test_a_wrong_formula_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    from tcsim.networks.costs import argmax, operands

    monkeypatch.setattr(argmax, "product", lambda factors: operands.product(factors) + 1)
    verdicts = verify(tc.networks.builtin("digits").quantize())
    assert [one.verdict for one in verdicts] == ["PASS", "FAIL"]
    assert "gates 55, but the formula says 65" in verdicts[1].evidence


def test_no_such_layer() -> None:
    with pytest.raises(NetworkError, match="there are: hidden1, output"):
        layer_slice(tc.networks.builtin("digits").quantize(), "hidden2")
