"""Quantization: the documented rule in plain Python, exact cases, and what is refused."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, NetworkError

FUNCTIONS = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "step": lambda z: float(z >= 0),
    "logistic": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
}
CLASSES = tc.networks.from_layers
RANDOM = np.random.default_rng(1)


def some_network(name: str, *, classify: bool = True):
    layers = [
        (RANDOM.normal(size=(3, 4)), RANDOM.normal(size=4), name),
        (RANDOM.normal(size=(4, 3)), RANDOM.normal(size=3), "identity"),
    ]
    return tc.networks.from_layers(layers, classify=classify)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(("weight_bits", "bits"), [(8, 4), (3, 2), (12, 6)])
def test_the_documented_rule(name: str, weight_bits: int, bits: int) -> None:
    """Weights, biases and hidden values recomputed one by one with Python numbers."""
    network = some_network(name)
    rows = [list(row) for row in itertools.product(range(4), repeat=3)]
    found = tc.networks.quantize(
        network, rows, weight_bits=weight_bits, activation_bits=bits, input_range=(0, 3)
    )
    first, hidden, second, _ = found.operations
    most = 2 ** (weight_bits - 1) - 1
    layer = network.layers[0]
    units = [max(abs(w) for w in column) / most for column in layer.weights.T.tolist()]
    for j, unit in enumerate(units):
        weights = [round(w / unit) for w in layer.weights[:, j].tolist()]
        assert first.weights[:, j].tolist() == weights
        assert max(map(abs, weights)) == most
        assert first.bias[j] == round(layer.bias[j].item() / unit)
    lo, hi = hidden.code.lo, hidden.code.hi
    scale = grid_scale(name, bits, network.activations(rows)[0], lo, hi)
    for row in rows:
        sums = [
            b + sum(w * x for w, x in zip(column, row, strict=True))
            for column, b in zip(first.weights.T.tolist(), first.bias.tolist(), strict=True)
        ]
        values = [
            min(max(round(FUNCTIONS[name](s * unit) / scale), lo), hi)
            for s, unit in zip(sums, units, strict=True)
        ]
        assert hidden(np.array([sums])).tolist() == [values]
    # The second layer reads `scale` per step, and all of its classes share one unit.
    last = network.layers[1]
    unit = float(np.abs(last.weights).max()) * scale / most
    assert np.array_equal(second.weights, np.rint(last.weights * scale / unit).astype(int))
    assert np.array_equal(second.bias, np.rint(last.bias / unit).astype(int))


def grid_scale(name: str, bits: int, activations, lo: int, hi: int) -> float:
    """What a step of a hidden value is worth, from the documentation alone."""
    steps = 2**bits - 1
    if name == "step":
        assert (lo, hi) == (0, 1)
        return 1.0
    if name == "logistic":
        assert (lo, hi) == (0, steps)
        return 1 / steps
    if name == "tanh":
        assert (lo, hi) == (-(steps // 2), steps // 2)
        return 1 / hi
    assert hi - lo == steps
    if name == "identity":
        scale = (activations.max() - activations.min()) / steps
        assert lo == round(activations.min() / scale)
        return float(scale)
    assert lo == 0

    def error(limit: float) -> float:
        scale = limit / steps
        return sum((v - min(round(v / scale), steps) * scale) ** 2 for v in activations.flat)

    limits = [activations.max() * share for share in np.linspace(0.3, 1.0, 36)]
    return float(min(limits, key=error) / steps)


@given(data=st.data())
def test_exact_where_the_weights_are_integers(data: st.DataObject) -> None:
    """Step neurons with integer weights up to 127 lose nothing, ties included."""
    number = st.integers(-127, 127)

    def layer(inputs: int, outputs: int) -> tuple[list[list[int]], list[int]]:
        row = st.lists(number, min_size=outputs, max_size=outputs)
        weights = data.draw(st.lists(row, min_size=inputs, max_size=inputs))
        weights[0] = [127] * outputs  # then the scale is 1
        return weights, data.draw(row)

    network = tc.networks.from_layers(
        [(*layer(2, 3), "step"), (*layer(3, 2), "step"), (*layer(2, 3), "identity")]
    )
    rows = list(itertools.product(range(-2, 3), repeat=2))
    integer = tc.networks.quantize(network, rows, input_range=(-2, 2))
    assert np.array_equal(integer.predict(rows), network.predict(rows))


@pytest.mark.parametrize("name", ["identity", "relu", "logistic", "tanh"])
@pytest.mark.parametrize("bits", [4, 8])
def test_outputs_of_a_regressor_are_within_half_a_step(name: str, bits: int) -> None:
    weights, bias = [[127.0, -5.0], [3.0, 127.0]], [1.0, -2.0]
    factor = 1 / 256 if name in ("logistic", "tanh") else 1.0
    scaled = (np.array(weights) * factor, np.array(bias) * factor, name)
    network = tc.networks.from_layers([scaled], classify=False)
    rows = list(itertools.product(range(-3, 4), repeat=2))
    integer = tc.networks.quantize(network, rows, output_bits=bits, input_range=(-3, 3))
    error = np.abs(integer.predict(rows) - network(rows))
    clipped = network(rows) > integer.output_code.hi * integer.output_scale
    # Identity's least and largest value are rounded to the grid together, so one may be half off.
    assert error[~clipped].max() <= integer.output_scale / 2 * (1 + 1e-9)
    assert error.max() <= integer.output_scale * (1 if name == "identity" else 2**bits)


def test_real_inputs_use_each_feature_s_range() -> None:
    network = tc.networks.from_layers(
        [([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 0.0], "identity")]
    )
    rows = np.array([[0.0, 100.0, 5.0], [1.0, 300.0, 5.0]])
    integer = tc.networks.quantize(network, rows, input_bits=3, weight_bits=16)
    assert integer.inputs.integers(rows).tolist() == [[0, 0, 0], [7, 7, 0]]
    assert integer.inputs.integers([[0.5, 200.0, 9.0], [-9, 999, 5]]).tolist() == [
        [4, 4, 4],
        [0, 7, 0],
    ]
    # z0 = x0 + x2 and z1 = x1 + x2: an offset of 100 in x1 must reach the bias.
    assert integer.predict([[0.0, 100.0, 5.0], [1.0, 300.0, 5.0]]).tolist() == [1, 1]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("classify", [True, False])
def test_more_bits_come_closer(classify: bool, name: str) -> None:
    network = some_network(name, classify=classify)
    rows = RANDOM.normal(size=(200, 3))
    target = network.predict(rows)
    scores = [
        tc.networks.quantize(
            network, rows, weight_bits=b, activation_bits=b, input_bits=b, output_bits=b
        ).accuracy(rows, target)
        for b in (3, 6, 12)
    ]
    assert scores[2] > 0.98
    assert scores[2] >= scores[1] >= scores[0] - 0.02


def test_layers_of_zeros_and_of_one_value() -> None:
    rows = [[0, 1], [1, 0]]
    for name in FUNCTIONS:
        network = tc.networks.from_layers(
            [(np.zeros((2, 2)), [0.0, 3.0], name), (np.ones((2, 2)), [0.0, 1.0], "identity")]
        )
        integer = tc.networks.quantize(network, rows, input_range=(0, 1))
        assert integer.predict(rows).tolist() == network.predict(rows).tolist() == [1, 1]
    constant = tc.networks.from_layers([([[0.0], [0.0]], [5.0], "identity")], classify=False)
    assert tc.networks.quantize(constant, rows).predict(rows).tolist() == [[5.0], [5.0]]


def test_a_bias_far_beyond_its_weights() -> None:
    network = tc.networks.from_layers([([[1e-30, 2e-30]], [1.0, 0.5], "identity")])
    integer = tc.networks.quantize(network, [[0], [1]], input_range=(0, 1))
    assert integer.predict([[0], [1]]).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("calibration", "options", "message"),
    [
        (None, {}, "needs calibration data"),
        ([], {}, r"calibration must be .*shape \(0,\)"),
        ([[1], [1, 2]], {}, "calibration must be an array of numbers"),
        (np.zeros((0, 3)), {}, "needs calibration data"),
        ([[0.0, 1.0]], {}, r"calibration must be numbers of shape \(rows, 3\)"),
        ([[0.0, 1.0, np.nan]], {}, r"calibration\[0, 2\] is nan"),
        ([[0, 1, 5]], {"input_range": (0, 3)}, r"calibration .*rows\[0, 2\] is 5"),
        ([[0, 1, 0.5]], {"input_range": (0, 3)}, r"rows\[0, 2\] is 0\.5"),
        ([[0, 1, 2]], {"input_range": 3}, "input_range must be"),
        ([[0, 1, 2]], {"input_range": (3, 0)}, "lo < hi"),
        ([[0, 1, 2]], {"weight_bits": 1}, r"weight_bits must be an integer in 2\.\.32, not 1"),
        ([[0, 1, 2]], {"weight_bits": 33}, "weight_bits"),
        ([[0, 1, 2]], {"weight_bits": 8.0}, "weight_bits"),
        ([[0, 1, 2]], {"activation_bits": 0}, "activation_bits"),
        ([[0, 1, 2]], {"activation_bits": 17}, "activation_bits"),
        ([[0, 1, 2]], {"input_bits": True}, "input_bits"),
        ([[0, 1, 2]], {"output_bits": -1}, "output_bits"),
        ([[0, 1, 2]], {"activation_bits": 1}, "layer 1: tanh needs at least 2 bits"),
        ([[0, 1, -1e308], [0, 1, 1e308]], {}, "calibration feature 2"),
    ],
)
def test_bad_arguments(calibration: object, options: dict[str, object], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        tc.networks.quantize(some_network("tanh"), calibration, **options)


def test_scales_beyond_floating_point() -> None:
    huge = tc.networks.from_layers(
        [([[1e200, 1.0]], [0.0, 0.0], "relu"), (np.eye(2) * 1e200, [0, 0], "identity")]
    )
    message = r"calibration: rows\[0\] takes layer 2, neuron 0 beyond floating point"
    with pytest.raises(NetworkError, match=message):
        tc.networks.quantize(huge, [[1.0], [2.0]])
    with pytest.raises(ArgumentError, match=message[13:]):
        huge([[1.0]])
    tiny = tc.networks.from_layers([([[1e-318, 0.0]], [0.0, 0.0], "identity")])
    with pytest.raises(NetworkError, match=r"layer 1, neuron 0: .*floating point"):
        tc.networks.quantize(tiny, [[1.0], [2.0]])
