"""Multiply-accumulates, counted by hand."""

from __future__ import annotations

import numpy as np

from tcsim.networks import (
    Affine,
    Argmax,
    Code,
    Convolution,
    ExpTable,
    IntegerNetwork,
    Product,
    Requantize,
    Sketch,
    SoftmaxAttention,
)
from tcsim.networks.measuring.macs import macs

BITS = Code(0, 1)


def close(sketch: Sketch, *forms: object) -> IntegerNetwork:
    return sketch.network(*(sketch.add(Requantize([[1]], BITS), form) for form in forms))


def test_linear_layers() -> None:
    sketch = Sketch()
    x = sketch.input("x", (5, 3), BITS)
    with sketch.scope("dense"):
        dense = sketch.add(Affine(np.zeros((3, 4), int), [0] * 4), x)
    image = sketch.add(Convolution(np.zeros((2, 5, 3), int), padding=1), x)
    assert macs(close(sketch, dense, image)) == {"dense": 5 * 3 * 4, "network": 2 * 3 * 5 * 3}


def test_products_and_attention() -> None:
    sketch = Sketch()
    q = sketch.input("q", (2, 4, 3), BITS)
    k = sketch.input("k", (2, 5, 3), BITS)
    v = sketch.input("v", (2, 5, 7), BITS)
    with sketch.scope("attention"):
        mixed = sketch.add(SoftmaxAttention(ExpTable([0], [1]), BITS), q, k, v)
    with sketch.scope("square"):
        square = sketch.add(Product(), q, q)
    network = sketch.network(mixed, sketch.add(Requantize([[1]], BITS), square))
    assert macs(network) == {"attention": 2 * 4 * 5 * (3 + 7), "square": 24}


def test_decisions_have_none() -> None:
    sketch = Sketch()
    x = sketch.input("x", 3, BITS)
    assert macs(sketch.network(sketch.add(Argmax(3), x))) == {}
