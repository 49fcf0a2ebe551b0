"""Folding: a batch normalization costs no level, whatever the sign of its factors."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, Convolution, fold_batch_norm, fold_scale
from tcsim.networks.values import Values
from tests.networks.operations.linear import check, network_of

NORM = {
    "gamma": [1.3, -0.8, 0.0],
    "beta": [0.2, 0.5, 1.1],
    "mean": [-0.4, 0.3, 2.0],
    "variance": [1.7, 0.2, 3.0],
}


def normalized(y: int, channel: int, scale: float, code: Code) -> int:
    gain, offset, center, spread = (NORM[name][channel] for name in NORM)
    z = gain * (y * scale - center) / math.sqrt(spread + 1e-5) + offset
    return min(max(round(max(z, 0.0) / 0.4), code.lo), code.hi)


@pytest.mark.parametrize(
    "layer",
    [
        Affine([[2, -1, 3], [1, 4, -2]], [1, 0, 2]),
        Convolution([[[2, -1]], [[1, 4]], [[3, -2]]], [1, 0, 2], padding=[(1, 0)]),
    ],
    ids=["affine", "convolution"],
)
def test_every_sign_of_gamma(layer) -> None:
    code, inputs = Code(0, 5), Code(-2, 2)
    shape = (2,) if isinstance(layer, Affine) else (1, 3)
    x = Values.coded(shape, inputs)
    turned, cuts = fold_batch_norm(
        layer, x, scale=0.3, code=code, activation="relu", unit=0.4, **NORM
    )
    channel = 0 if isinstance(layer, Affine) else len(shape) - 1
    network = network_of(lambda add, e: add(cuts, add(turned, e)), (shape, inputs))
    count = int(np.prod(shape))
    rows = np.array(np.meshgrid(*[np.arange(-2, 3)] * count)).reshape(count, -1).T
    rows = rows.reshape(-1, *shape)
    plain = layer(rows)
    expected = np.vectorize(lambda y, c: normalized(y, c, 0.3, code))(
        plain, np.arange(3).reshape(-1, *(1,) * channel)
    )
    assert network(rows).tolist() == expected.tolist()
    assert len(np.unique(expected)) > 3
    circuit = check(lambda add, e: add(cuts, add(turned, e)), (shape, inputs))
    assert circuit.depth == 1


def test_integer_scales() -> None:
    x = np.array([[1, -2]])
    affine = Affine([[2, -1], [1, 4]], [1, 0])
    assert (
        fold_scale(affine, [3, -2], [5, 7])(x).tolist() == (affine(x) * [3, -2] + [5, 7]).tolist()
    )
    layer = Convolution([[[2]], [[1]]], [1, 0], strides=2, padding=1)
    y = layer(x[:, None])
    expected = y * np.array([[3], [-2]]) + np.array([[5], [7]])
    assert fold_scale(layer, [3, -2], [5, 7])(x[:, None]).tolist() == expected.tolist()


def test_bad_arguments() -> None:
    affine = Affine([[1, 2]], [0, 0])
    x = Values.coded((1,), Code(0, 3))
    with pytest.raises(NetworkError, match="2 outputs, but scales"):
        fold_scale(affine, [1], [1, 2])
    with pytest.raises(NetworkError, match=r"2\*\*62"):
        fold_scale(affine, [2**61, 2**61], [0, 0])
    good = {"gamma": 1.0, "beta": 0.0, "mean": 0.0, "variance": 1.0, "scale": 1.0}
    for change, message in (
        ({"gamma": [1.0] * 3}, "gamma: 2 finite numbers"),
        ({"beta": math.inf}, "beta: 2 finite numbers"),
        ({"variance": -1.0}, "must be positive"),
        ({"activation": "gelu"}, "unknown activation"),
    ):
        with pytest.raises(NetworkError, match=message):
            fold_batch_norm(affine, x, code=Code(0, 1), **{**good, **change})
