"""Operators on integers, place by place: arithmetic, bits, comparisons, choices, casts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.loading import onnx_module, type_name
from tcsim.networks.importers.onnx.tensors import TYPES, Integers
from tcsim.networks.importers.onnx.thresholds import against_constant, plus_constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor

_LARGEST_POWER = 64
"""Powers that are multiplied out before one of them is picked."""

_BINARY = {
    "Add": "add",
    "Sub": "subtract",
    "Mul": "multiply",
    "Div": "divide",
    "And": "bitwise_and",
    "Or": "bitwise_or",
    "Xor": "bitwise_xor",
    "BitwiseAnd": "bitwise_and",
    "BitwiseOr": "bitwise_or",
    "BitwiseXor": "bitwise_xor",
}

_COMPARISONS = {
    "Equal": ("equal", False),
    "Greater": ("more", False),
    "GreaterOrEqual": ("at_least", False),
    "Less": ("more", True),
    "LessOrEqual": ("at_least", True),
}
"""Function of words, and whether the operands change places."""


def operands(importer: Importer, step: Step) -> list[Integers]:
    """All inputs of a step as integers of one type.

    Raises:
        NetworkError: types differ.
    """
    moving = next(one for one in step.inputs if isinstance(one, Integers))
    found = [importer.integers(one, moving) for one in step.inputs if one is not None]
    if len({one.kind for one in found}) > 1:
        kinds = " and ".join(dict.fromkeys(one.kind for one in found))
        raise NetworkError(f"operands of types {kinds}")
    return found


def binary(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Two operands of one type."""
    x, y = operands(importer, step)
    form = plus_constant(importer, step)
    if form is None:
        return [importer.function(_BINARY[step.operator], x.kind, x, y)]
    return [
        Integers(x.kind, lambda: importer.function(_BINARY[step.operator], x.kind, x, y).edge, form)
    ]


def compare(importer: Importer, step: Step) -> Sequence[Tensor]:
    """A comparison: one gate."""
    found = against_constant(importer, step)
    if found is not None:
        return [found]
    x, y = operands(importer, step)
    name, swapped = _COMPARISONS[step.operator]
    return [importer.function(name, "BOOL", *((y, x) if swapped else (x, y)))]


def negation(importer: Importer, step: Step) -> Sequence[Tensor]:
    """NOT of bits."""
    (x,) = operands(importer, step)
    if x.kind == "UINT64":
        raise NetworkError("the complement of 64 bits without a sign is beyond 2**60")
    return [importer.function("bitwise_not", x.kind, x)]


def negative(importer: Importer, step: Step) -> Sequence[Tensor]:
    """0 - x."""
    (x,) = operands(importer, step)
    zero = importer.integers(np.zeros((), _dtype(x.kind)), x)
    return [importer.function("subtract", x.kind, zero, x)]


def absolute(importer: Importer, step: Step) -> Sequence[Tensor]:
    """The larger of x and -x; the least value of a type stays what it is."""
    (x,) = operands(importer, step)
    if x.type.lo == 0:
        return [x]
    (minus,) = negative(importer, step)
    zero = importer.integers(np.zeros((), _dtype(x.kind)), x)
    above = importer.function("at_least", "BOOL", x, zero)
    return [importer.function("select", x.kind, above, x, minus)]


def sign(importer: Importer, step: Step) -> Sequence[Tensor]:
    """[x > 0] - [x < 0]."""
    (x,) = operands(importer, step)
    zero = importer.integers(np.zeros((), _dtype(x.kind)), x)
    above = importer.function("more", "BOOL", x, zero)
    below = importer.function("more", "BOOL", zero, x)
    return [importer.function("subtract", x.kind, above, below)]


def modulo(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Python's remainder, or with ``fmod`` C's."""
    x, y = operands(importer, step)
    name = "remainder" if step.attributes.get("fmod") else "modulo"
    return [importer.function(name, x.kind, x, y)]


def shift(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Left or right, by amounts that may be out of range."""
    x, y = operands(importer, step)
    left = step.attributes.get("direction") == "LEFT"
    if x.type.bits == 64 and y.edge.known.least < 0:
        raise NetworkError("amounts of 64 bits may be negative: declare `ranges` from 0")
    return [importer.function("shift_left" if left else "shift_right", x.kind, x, y)]


def extreme(importer: Importer, step: Step) -> Sequence[Tensor]:
    """The largest or smallest of several, and clipping between two."""
    given = operands(importer, step)
    if step.operator == "Clip":
        found = given[0]
        bounds = iter(given[1:])
        for name, bound in zip(("largest", "smallest"), step.inputs[1:], strict=False):
            if bound is not None:
                found = importer.function(name, found.kind, found, next(bounds))
        return [found]
    if step.operator == "Relu":
        given.append(importer.integers(np.zeros((), _dtype(given[0].kind)), given[0]))
    name = "smallest" if step.operator == "Min" else "largest"
    return [given[0] if len(given) == 1 else importer.function(name, given[0].kind, *given)]


def where(importer: Importer, step: Step) -> Sequence[Tensor]:
    """One of two by a condition."""
    moving = next(one for one in step.inputs if isinstance(one, Integers))
    condition, x, y = (importer.integers(one, moving) for one in step.inputs)
    if x.kind != y.kind:
        raise NetworkError(f"operands of types {x.kind} and {y.kind}")
    return [importer.function("select", x.kind, condition, x, y)]


def power(importer: Importer, step: Step) -> Sequence[Tensor]:
    """All powers that the exponent's range allows, of which it picks one."""
    moving = next(one for one in step.inputs if isinstance(one, Integers))
    x, y = (importer.integers(one, moving) for one in step.inputs)
    low, high = y.edge.known.least, y.edge.known.largest
    if low < 0 or high >= _LARGEST_POWER:
        raise NetworkError(
            f"exponents of {low}..{high}: declare `ranges` of them within 0..{_LARGEST_POWER - 1}"
        )
    powers = [importer.integers(np.ones((), _dtype(x.kind)), x), x]
    while len(powers) <= high:
        powers.append(importer.function("multiply", x.kind, powers[-1], x))
    return [importer.function("pick", x.kind, y, *powers[: max(high + 1, 2)])]


def cast(importer: Importer, step: Step) -> Sequence[Tensor]:
    """To another integer type, or the same bits read as one."""
    x = step.input(0)
    if step.operator == "CastLike":
        like = step.input(1)
        kind = like.kind if isinstance(like, Integers) else like.dtype.name.upper()
    else:
        kind = type_name(step.attributes["to"])
    if kind not in TYPES:
        raise NetworkError(f"integers become {kind}: reals are those that a scale belongs to")
    bytes_of_bits = x.kind == "BOOL" and TYPES[kind].bits == 8
    same_size = TYPES[kind].bits == x.type.bits or kind == "BOOL" or bytes_of_bits
    if step.operator == "BitCast" and not same_size:
        raise NetworkError(f"a bit cast of {x.kind} to {kind}")
    if kind == "BOOL" and x.kind != "BOOL":
        zero = importer.integers(np.zeros((), _dtype(x.kind)), x)
        same = importer.function("equal", "BOOL", x, zero)
        return [importer.function("bitwise_not", "BOOL", same)]
    known, to = (x.form or x.edge).known, TYPES[kind]
    fits = step.operator != "BitCast" and to.lo <= known.least and known.largest <= to.hi
    if kind == x.kind or fits:
        return [Integers(kind, lambda: x.edge, x.form)]
    if step.operator == "BitCast" and TYPES[kind].bits == 64:
        raise NetworkError("a bit cast of 64 bits goes beyond 2**60")
    return [importer.function("cast", kind, x)]


def like_shape(importer: Importer, step: Step) -> Sequence[Tensor]:
    """A constant of the shape of its input."""
    x = step.input(0)
    rows, columns = x.shape
    kind = x.kind
    if "dtype" in step.attributes:
        kind = type_name(step.attributes["dtype"])
    if kind not in TYPES:
        return [np.eye(rows, columns, step.attributes.get("k", 0))]
    array = np.eye(rows, columns, step.attributes.get("k", 0), dtype=_dtype(kind))
    return [importer.integers(array, x)]


def _dtype(kind: str) -> np.dtype:
    """A NumPy type by the name that ONNX has for it."""
    if kind == "BOOL":
        return np.dtype(bool)
    try:
        return np.dtype(kind.lower())
    except TypeError:
        made: np.dtype = np.dtype(getattr(onnx_module("ml_dtypes"), kind.lower()))
        return made


HANDLERS = {
    **dict.fromkeys(_BINARY, binary),
    **dict.fromkeys(_COMPARISONS, compare),
    "Not": negation,
    "BitwiseNot": negation,
    "Neg": negative,
    "Abs": absolute,
    "Sign": sign,
    "Mod": modulo,
    "BitShift": shift,
    "Max": extreme,
    "Min": extreme,
    "Clip": extreme,
    "Relu": extreme,
    "Where": where,
    "Pow": power,
    "Cast": cast,
    "CastLike": cast,
    "BitCast": cast,
    "EyeLike": like_shape,
}
