"""Nonlinear: named functions, each against its formula in Python floats."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Code, Requantize, Tabulate, activate, clip, sign, step
from tcsim.networks.values import Values

FUNCTIONS = {
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
    "silu": lambda z: z / (1 + math.exp(-z)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("scale", [0.037, [0.05, 0.011]])
def test_activations(name: str, scale) -> None:
    code = Code(-7, 40, "binary")
    x = Values((2,), np.array([-150]), np.array([180]))
    made = activate(name, x, scale, code, 0.06)
    assert isinstance(made, Tabulate if name in ("gelu", "silu") else Requantize)
    values = np.stack([np.arange(-150, 181)] * 2, axis=1)
    scales = np.broadcast_to(scale, 2).tolist()
    expected = [
        [
            min(max(round(FUNCTIONS[name](v * s) / 0.06), -7), 40)
            for v, s in zip(row, scales, strict=True)
        ]
        for row in values.tolist()
    ]
    assert made(values).tolist() == expected


def test_steps_signs_and_clips() -> None:
    x = np.array([[-3], [-1], [0], [1], [2], [9]])
    assert step()(x).ravel().tolist() == [0, 0, 1, 1, 1, 1]
    assert step(2)(x).ravel().tolist() == [0, 0, 0, 0, 1, 1]
    assert sign()(x).ravel().tolist() == [-1, -1, 0, 1, 1, 1]
    assert clip(Code(-1, 2))(x).ravel().tolist() == [-1, -1, 0, 1, 2, 2]
    assert clip(Code(0, 2))(x).ravel().tolist() == [0, 0, 0, 1, 2, 2]


def test_bad_arguments() -> None:
    x = Values((1,), np.array(0), np.array(1))
    with pytest.raises(NetworkError, match="unknown activation 'softplus'"):
        activate("softplus", x, 1.0, Code(0, 1))
    for scale, unit in ((0.0, 1.0), (math.nan, 1.0), (1.0, -1.0)):
        with pytest.raises(NetworkError, match="scales are positive"):
            activate("relu", x, scale, Code(0, 1), unit)
