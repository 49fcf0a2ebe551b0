"""Quantize a float network: integer weights, activations of a few bits, scales from real data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.inputs import Inputs
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.quantizing.floats import FloatNetwork, real_rows
from tcsim.networks.quantizing.grids import CLIPS, closest, units
from tcsim.networks.tables.activations import Activation, activation
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers


@np.errstate(all="ignore")  # what leaves floating point is found and named
def quantize(
    network: FloatNetwork,
    calibration: object,
    *,
    weight_bits: int = 8,
    activation_bits: int = 4,
    input_bits: int = 8,
    output_bits: int = 8,
    input_range: tuple[int, int] | None = None,
    input_name: str = "x",
) -> IntegerNetwork:
    """An integer network that comes close to a float network; `check` measures how close.

    Weights are rounded to +-(2**(bits-1) - 1), one scale per neuron; in a classifier's last layer
    one for all, so that classes compare. Activations become 2**bits values: logistic 0..1 and tanh
    -1..1 (odd: 2**bits - 1 values) evenly, step 0 and 1, identity over the calibration range, and
    ReLU up to the limit that has the least squared error on the calibration data. Rounding is half
    to even. Real inputs become 2**bits values over each feature's calibration range.

    Args:
        network: a float network.
        calibration: rows like those that the network will see, shape (rows, inputs).
        weight_bits: 2..32, sign included.
        activation_bits: 1..16 per hidden value (tanh: 2..16).
        input_bits: 1..16 per input; unused with `input_range`.
        output_bits: 1..16 per output of a network that is not a classifier.
        input_range: (least, largest), where the inputs are integers already and are to be used as
            they are, such as (0, 16) for pixels of 17 gray levels.
        input_name: the input wires are called after it.

    Raises:
        NetworkError: no calibration data or values that are not finite, bits out of range, scales
            that leave floating point, or sums that could reach 2**62.

    Example:
        >>> import tcsim as tc
        >>> layers = [([[1.5, -1.0], [0.5, 1.0]], [0.0, 0.2], "identity")]
        >>> network = tc.networks.from_layers(layers, labels=["left", "right"])
        >>> tc.networks.quantize(network, [[0, 3], [2, 1]], input_range=(0, 3))
        <IntegerNetwork: x 2 of 0..3 -> 2 classes, 2 operations>
    """
    _check_bits("weight_bits", weight_bits, 2, 32)
    for name, bits in (
        ("activation_bits", activation_bits),
        ("input_bits", input_bits),
        ("output_bits", output_bits),
    ):
        _check_bits(name, bits, 1, 16)
    rows = _calibration_rows(network, calibration)
    inputs = _inputs(rows, input_range, input_bits, input_name)
    scale = np.ones(inputs.features) if inputs.scale is None else inputs.scale
    shift = np.zeros(inputs.features)  # the real value of integer 0, per operand
    if inputs.offset is not None:
        shift = inputs.offset - scale * inputs.code.lo
    values = Values.coded((inputs.features,), inputs.code)
    operations: list[Operation] = []
    output_scale = 1.0
    for number, (layer, outputs) in enumerate(
        zip(network.layers, _activations(network, rows), strict=True), 1
    ):
        last = number == len(network.layers)
        weights = layer.weights * scale[:, None]
        bias = layer.bias + shift @ layer.weights
        try:
            unit = units(weights, bias, weight_bits, one=last and network.classify)
        except NetworkError as error:
            raise NetworkError(f"layer {number}, {error}") from None
        affine = Affine(_round(weights / unit), _round(bias / unit))
        values = affine.infer(values)
        operations.append(affine)
        if last and network.classify:
            operations.append(Argmax(len(bias)))
            break
        bits = output_bits if last else activation_bits
        grid = _grid(activation(layer.activation, f"layer {number}"), outputs, bits, number)
        made = Requantize.from_function(
            grid.function(unit), *values.full(), grid.code, layer.activation
        )
        operations.append(made)
        values = made.infer(values)
        scale, shift = np.full(len(bias), grid.scale), np.zeros(len(bias))
        output_scale = grid.scale
    return IntegerNetwork(inputs, operations, labels=network.labels, output_scale=output_scale)


@dataclass(frozen=True)
class _Grid:
    """The values that an activation is rounded to: ``scale`` times the integers of ``code``."""

    activation: Activation
    scale: float
    code: Code

    def function(self, unit: Floats) -> Callable[[Integers], Integers]:
        """The rounded activation of sums that count ``unit[j]`` per step in row j."""

        def rounded(sums: Integers) -> Integers:
            value = self.activation.function(sums * unit[:, None]) / self.scale
            return np.clip(np.rint(value), self.code.lo, self.code.hi).astype(np.int64)

        return rounded


def _grid(one: Activation, outputs: Floats, bits: int, number: int) -> _Grid:
    low, high = one.bounds
    steps = 1 if one.two_valued else 2**bits - 1
    if low is not None and high is not None:
        # An odd number of values, where they lie on both sides of 0, so that 0 is one of them.
        half = (steps - 1) // 2
        code = (-half, half) if low < 0 else (0, steps)
        if code[0] == code[1]:
            raise NetworkError(f"layer {number}: {one.name} needs at least 2 bits, not {bits}")
        return _Grid(one, (high - low) / (code[1] - code[0]), Code(*code))
    if low is None:
        least, most = float(outputs.min()), float(outputs.max())
        scale = _positive((most - least) / steps, abs(most), number)
        first = int(np.rint(least / scale))
        return _Grid(one, scale, Code(first, first + steps))
    most = float(outputs.max())
    scales = [_positive(most * clip / steps, 1.0, number) for clip in CLIPS]
    rounded = Code(0, steps)
    return _Grid(one, closest(outputs, scales, rounded), rounded)


def _inputs(rows: Floats, given: tuple[int, int] | None, bits: int, name: str) -> Inputs:
    features = rows.shape[1]
    if given is not None:
        if not isinstance(given, tuple) or len(given) != 2:
            raise NetworkError(f"input_range must be (least, largest), not {given!r}")
        inputs = Inputs(features, Code(*given), name)
        try:
            inputs.integers(rows)
        except ArgumentError as error:
            raise NetworkError(f"calibration does not fit input_range: {error}") from None
        return inputs
    least, most = rows.min(axis=0), rows.max(axis=0)
    steps = 2**bits - 1
    scale = np.where(most > least, (most - least) / steps, 1.0)
    if not (np.isfinite(scale) & (scale > 0)).all():
        feature = int(np.argmin(np.isfinite(scale) & (scale > 0)))
        raise NetworkError(
            f"calibration feature {feature} runs from {least[feature]} to {most[feature]}, "
            "which floating point cannot divide into steps: rescale it"
        )
    return Inputs(features, Code(0, steps), name, scale, least)


def _positive(scale: float, otherwise: float, number: int) -> float:
    """A usable scale: where activations never vary, any will do."""
    found = scale or otherwise or 1.0
    if not np.isfinite(found) or not np.isfinite(1 / found):
        raise NetworkError(f"layer {number}: activations of scale {found} leave floating point")
    return found


def _activations(network: FloatNetwork, rows: Floats) -> list[Floats]:
    try:
        return network.activations(rows)
    except ArgumentError as error:
        raise NetworkError(f"calibration: {error}") from None


def _round(values: Floats) -> Integers:
    return np.rint(values).astype(np.int64)


def _calibration_rows(network: FloatNetwork, calibration: object) -> Floats:
    rows = np.zeros((0, network.sizes[0]))
    if calibration is not None:
        try:
            rows = real_rows(calibration, network.sizes[0], "calibration")
        except ArgumentError as error:
            raise NetworkError(str(error)) from None
    if not len(rows):
        raise NetworkError(
            "quantize needs calibration data: some rows like those that the network will see"
        )
    return rows


def _check_bits(name: str, bits: object, least: int, most: int) -> None:
    if not isinstance(bits, int) or isinstance(bits, bool) or not least <= bits <= most:
        raise NetworkError(f"{name} must be an integer in {least}..{most}, not {bits!r}")
