"""from_onnx: an ONNX model as an integer network."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.importers.onnx import (
    along_axes,
    contributed,
    elementwise,
    movement,
    products,
    qonnx,
)
from tcsim.networks.importers.onnx.axes import asked, open_axes
from tcsim.networks.importers.onnx.loading import checked
from tcsim.networks.importers.onnx.onnx_model import OnnxModel
from tcsim.networks.importers.onnx.reader import Reader, opened_by
from tcsim.networks.importers.onnx.structure import refuse_dynamic
from tcsim.networks.quantizing.quantizer import Quantizer


def from_onnx(
    source: object,
    *,
    calibration: object = None,
    ranges: Mapping[str, tuple[int, int]] | None = None,
    axes: Mapping[str, int | None] | None = None,
    length: int | None = None,
    allow_bounds: bool = False,
    weight_bits: int = 8,
    activation_bits: int = 8,
) -> OnnxModel:
    """The integer network of an ONNX model.

    A model of integers, or one that is quantized (``QLinear..``, ``QuantizeLinear`` and
    ``DequantizeLinear``), keeps its meaning bit for bit. One of real numbers is quantized with
    scales that suit the calibration rows, and the difference is measured.

    Args:
        source: a path, the bytes of a file, or an ``onnx.ModelProto``.
        calibration: rows like those that the model will see, of its one input, or {name: rows};
            needed where the model is not quantized.
        ranges: {name of an integer input: (least, largest)}. Otherwise it has the range of its
            type; of 64 bits +-(2**31 - 1), or 0 to that, which `Imported.notes` says. What
            `to_onnx` wrote says them itself.
        axes: {name of an axis: its length}. Other open axes stay open: the network has them by
            name, and `IntegerNetwork.at` gives them numbers. An open first axis is that of the
            batch, and goes, unless it is named here; None leaves it open.
        length: of axes that cannot stay open, because what is done depends on their length in
            another way than by tables and shapes; `Imported.notes` says which and why. That of the
            calibration rows unless said.
        allow_bounds: leave out what has no exact construction, as `OnnxModel.holes`. The network
            is then what is around the holes: it reads what they give and is for measuring alone.
        weight_bits: 2..16 per weight of a real model.
        activation_bits: 2..12 per rounded value of a real model.

    Returns:
        The network, with what its integers stand for.

    Raises:
        MissingExtraError: onnx is not installed.
        ArgumentError: `ranges` or `axes` is of another kind.
        ParseError: no model is there, or it is not a valid one.
        NetworkError: operators without an exact construction, all of them named with their nodes
            and the reasons; calibration rows that are missing; or an axis that cannot stay open.

    Example:
        >>> import numpy as np, onnx.parser
        >>> import tcsim as tc
        >>> model = onnx.parser.parse_model('''
        ...     <ir_version: 10, opset_import: ["": 21]>
        ...     add (uint8[2] x, uint8[2] y) => (uint8[2] z) { z = Add(x, y) }
        ... ''')
        >>> imported = tc.networks.from_onnx(model)
        >>> imported.network([[250, 1]], [[10, 2]]).tolist()
        [[4, 3]]
        >>> tc.networks.compile(imported.network).depth
        2
    """
    if length is not None and (not isinstance(length, int) or length < 1):
        raise NetworkError(f"length must be an integer from 1, not {length!r}")
    Quantizer(weight_bits=weight_bits, activation_bits=activation_bits)  # refuses other widths
    declared = _declared(ranges)
    model, name = checked(source)
    if not allow_bounds:
        refuse_dynamic(model, name)
    given = asked(model, name, {} if axes is None else axes)
    fixed = {axis: n for axis, n in given.items() if n is not None}
    free = tuple(
        dict.fromkeys([*(axis for axis, n in given.items() if n is None), *open_axes(model)])
    )
    reader = Reader(
        model,
        name,
        calibration,
        declared,
        weight_bits,
        activation_bits,
        TABLES,
        allow_bounds=allow_bounds,
    )
    notes: list[str] = []
    while names := tuple(axis for axis in free if axis not in fixed):
        found = opened_by(reader, names, fixed)
        if isinstance(found, OnnxModel):
            return replace(found, notes=(*found.notes, *notes))
        number = found.length if length is None else length
        if number is None and found.error is not None:
            raise found.error
        if number is None:
            raise NetworkError(
                f"{name}: axis {found.axis!r} cannot stay open ({found.reason}): "
                f"axes={{{found.axis!r}: ...}} gives it a number"
            )
        fixed[found.axis] = number
        notes.append(f"axis {found.axis!r} is {number}, it cannot stay open: {found.reason}")
    made = reader.at({}, fixed)
    return replace(made, notes=(*made.notes, *notes))


def _declared(ranges: Mapping[str, tuple[int, int]] | None) -> dict[str, tuple[int, int]]:
    """Ranges as integers.

    Raises:
        ArgumentError: they are of another kind.
    """
    if ranges is None:
        return {}
    if not isinstance(ranges, Mapping):
        raise ArgumentError(f"ranges must be {{name: (least, largest)}}, not {ranges!r}")
    found: dict[str, tuple[int, int]] = {}
    for key, ends in ranges.items():
        try:
            low, high = ends
            found[key] = (operator.index(low), operator.index(high))
        except (TypeError, ValueError):
            raise ArgumentError(
                f"ranges[{key!r}] must be two integers (least, largest), not {ends!r}"
            ) from None
    return found


TABLES = {
    "integers": {
        **elementwise.HANDLERS,
        **along_axes.HANDLERS,
        **movement.HANDLERS,
        **products.INTEGERS,
        **contributed.HANDLERS,
    },
    "scaled": {**movement.HANDLERS, **products.SCALED, **qonnx.HANDLERS},
    "real": {},
}
"""Handlers by what an operator reads."""
