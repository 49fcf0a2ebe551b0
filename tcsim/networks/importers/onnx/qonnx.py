"""QONNX: Quant, BipolarQuant and Trunc, real at both ends, with integers of any width between.

Their meaning is that of the ``qonnx`` package's own execution, in float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx.scaling import rounded_to, scale_of
from tcsim.networks.importers.onnx.tensors import Integers, Scaled
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor

_MOST_BITS = 16


def _away(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.sign(x) * np.ceil(np.abs(x)))


ROUNDINGS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "ROUND": np.rint,
    "HALF_EVEN": np.rint,
    "FLOOR": np.floor,
    "CEIL": np.ceil,
    "DOWN": np.trunc,
    "ROUND_TO_ZERO": np.trunc,
    "UP": _away,
    "HALF_UP": lambda x: np.asarray(np.sign(x) * np.floor(np.abs(x) + np.float32(0.5))),
    "HALF_DOWN": lambda x: np.asarray(np.sign(x) * np.ceil(np.abs(x) - np.float32(0.5))),
}
"""Rounding by the name that it has in a file."""


@dataclass(frozen=True)
class Quantization:
    """What a Quant node does.

    Attributes:
        scale: float32: one, or such as broadcast against the values.
        zero: the zero point.
        low: the least integer.
        high: the largest.
        rounding: of real numbers in units of the scale.
    """

    scale: np.ndarray
    zero: int
    low: int
    high: int
    rounding: Callable[[np.ndarray], np.ndarray]


def quantization(
    inputs: Sequence[np.ndarray | None], attributes: Mapping[str, Any]
) -> Quantization:
    """The parameters of a Quant node, of its inputs behind the first."""
    if len(inputs) < 3 or any(one is None for one in inputs[:3]):
        raise NetworkError("scale, zero point and bit width must be constants")
    scale, zero, width = (np.asarray(one) for one in inputs[:3])
    signed, narrow = bool(attributes.get("signed", 1)), bool(attributes.get("narrow", 0))
    low, high = bounds(width, signed=signed, narrow=narrow)
    if zero.any() and zero.size > 1:
        raise NetworkError("several zero points")
    center = float(zero.reshape(-1)[0])
    if center != int(center):
        raise NetworkError(f"a zero point of {center}")
    return Quantization(scale_of(scale), int(center), low, high, rounding_of(attributes))


def bounds(width: np.ndarray, *, signed: bool, narrow: bool) -> tuple[int, int]:
    """Least and largest integer of a width."""
    bits = float(np.asarray(width).reshape(-1)[0])
    if np.asarray(width).size != 1 or bits != int(bits) or not 1 <= bits <= _MOST_BITS:
        raise NetworkError(f"a bit width of 1..{_MOST_BITS} is needed, not {width}")
    count = int(bits)
    if signed and count == 1:
        raise NetworkError("1 bit with a sign: BipolarQuant is meant")
    if signed:
        return -(1 << count - 1) + narrow, (1 << count - 1) - 1
    high = (1 << count) - 1 - narrow
    if high < 1:
        raise NetworkError("1 bit, narrow, has one value")
    return 0, high


def rounding_of(attributes: Mapping[str, Any], otherwise: str = "ROUND") -> Any:  # noqa: ANN401
    """The rounding that a node names."""
    name = str(attributes.get("rounding_mode", otherwise)).upper()
    if name not in ROUNDINGS:
        raise NetworkError(f"rounding {name!r}; there are {', '.join(ROUNDINGS)}")
    return ROUNDINGS[name]


def quant(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Quant of computed values: one rounding."""
    x = step.input(0)
    found = quantization(
        [step.constant(i, "a parameter") for i in range(1, len(step.inputs))], step.attributes
    )
    if found.scale.size != 1:
        raise NetworkError("computed values with several scales: one is needed")
    unit = found.scale.reshape(-1)[0]
    values = Scaled(x.edge, np.ones(1, np.float32)) if isinstance(x, Integers) else x
    edge = rounded_to(
        importer, values, unit, found.zero, Code(found.low, found.high), found.rounding
    )
    return [Scaled(edge, found.scale.reshape(1), found.zero)]


def bipolar(importer: Importer, step: Step) -> Sequence[Tensor]:
    """BipolarQuant: a scale or minus a scale, by the sign; one gate."""
    x = step.input(0)
    scale = scale_of(step.needed(1, "the scale"))
    if scale.size != 1:
        raise NetworkError("computed values with several scales: one is needed")

    def positive(integers: np.ndarray) -> np.ndarray:
        return np.asarray(x.real(integers) >= 0, np.int64)

    if not x.rising:
        raise NetworkError("a sign of a function that rises and falls: quantize what it reads")
    low, high = (
        np.broadcast_to(end, x.features) for end in (x.edge.known.least, x.edge.known.largest)
    )
    made = importer.add(Requantize.from_function(positive, low, high, Code(0, 1), "sign"), x.edge)
    return [Scaled(importer.add(Combine([2], -1), made), scale.reshape(1))]


def trunc(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Trunc: the low digits of an integer dropped, in the form of five inputs."""
    x = step.input(0)
    if len(step.inputs) != 5:
        raise NetworkError("Trunc with a scale of its own for the result")
    scale, zero, before, after = (step.needed(i, "a parameter") for i in range(1, 5))
    if np.any(zero) or scale.size != 1 or x.edge.known.code is None:
        raise NetworkError("Trunc reads quantized values of one scale, without a zero point")
    shift = int(before.reshape(-1)[0]) - int(after.reshape(-1)[0])
    if not 0 <= shift <= _MOST_BITS:
        raise NetworkError(f"{shift} digits are dropped")
    rounding = rounding_of(step.attributes, "FLOOR")
    unit = scale_of(scale).reshape(-1)[0]

    def dropped(values: np.ndarray) -> np.ndarray:
        return np.asarray(rounding(np.rint(values) / np.float32(1 << shift)))

    code = x.edge.known.code
    ends = [(end >> shift) for end in (code.lo, code.hi)]
    made = rounded_to(importer, x, unit, 0, Code(ends[0], ends[1] + 1), dropped)
    return [Scaled(made, scale_of(scale).reshape(1))]


def constant(step: Step) -> Scaled:
    """A Quant or BipolarQuant of weights."""
    values = step.needed(0, "the weights").astype(np.float32)
    rest = [step.constant(i, "a parameter") for i in range(1, len(step.inputs))]
    if step.operator == "BipolarQuant":
        scale = scale_of(step.needed(1, "the scale"))
        return Scaled(None, scale, constant=np.where(values >= 0, 1, -1))
    found = quantization(rest, step.attributes)
    real = found.rounding(values / found.scale + np.float32(found.zero))
    integers = np.clip(real, found.low, found.high).astype(np.int64)
    zeros = np.array(found.zero) if found.zero else None
    return Scaled(None, found.scale, constant=integers, zeros=zeros)


HANDLERS = {"Quant": quant, "IntQuant": quant, "BipolarQuant": bipolar, "Trunc": trunc}
