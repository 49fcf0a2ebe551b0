"""Calibration rows of a real model, at any length of its open axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.axes import batch_axes, input_axes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_FEW = 4
"""Rows at other lengths than their own."""


def by_input(calibration: object, model: Any, name: str) -> dict[str, Any]:  # noqa: ANN401
    """Rows by the input that they are of.

    Raises:
        NetworkError: there are none.
    """
    if calibration is None:
        raise NetworkError(
            f"{name}: a model of real numbers needs calibration data: calibration=rows like those "
            "that it will see"
        )
    if isinstance(calibration, dict):
        return dict(calibration)
    return {value.name: calibration for value, _, _ in list(input_axes(model))[:1]}


def own_lengths(
    given: Mapping[str, Any],
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    names: tuple[str, ...],
    fixed: Mapping[str, int],
    model_name: str,
) -> dict[str, int]:
    """The lengths of open axes that the rows have.

    Raises:
        NetworkError: rows of one input and of another have different ones, or none is there.
    """
    found: dict[str, int] = {}
    for value, axis, name in _open_places(model, names, fixed):
        if value not in given:
            continue
        shape = np.shape(given[value])
        if axis < len(shape) and found.setdefault(name, shape[axis]) != shape[axis]:
            raise NetworkError(
                f"{model_name}: calibration rows have lengths {found[name]} and {shape[axis]} "
                f"along {name!r}"
            )
    missing = [name for name in names if not found.get(name)]
    if missing:
        raise NetworkError(
            f"{model_name}: calibration rows have no axis {missing[0]!r}: see the model's inputs"
        )
    return found


def stretched(
    given: Mapping[str, Any],
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    lengths: Mapping[str, int],
    fixed: Mapping[str, int],
) -> dict[str, Any]:
    """Rows of other lengths: a few, cut, or begun again from the start.

    Grids are those of the rows' own lengths, so these only show that the model is read right.
    """
    places = [one for one in _open_places(model, tuple(lengths), fixed) if one[0] in given]
    if all(np.shape(given[value])[axis] == lengths[name] for value, axis, name in places):
        return dict(given)
    found = {value: np.asarray(array)[:_FEW] for value, array in given.items()}
    for value, axis, name in places:
        wanted = np.arange(lengths[name]) % found[value].shape[axis]
        found[value] = np.take(found[value], wanted, axis=axis)
    return found


def _open_places(
    model: Any,  # noqa: ANN401
    names: tuple[str, ...],
    fixed: Mapping[str, int],
) -> Iterator[tuple[str, int, str]]:
    """(input, axis of its rows, name) of the axes that are called so."""
    batch = batch_axes(model) - set(names) - set(fixed)
    leading = {
        v.name for v, place, axis in input_axes(model) if not place and axis.dim_param in batch
    }
    for value, place, axis in input_axes(model):
        if axis.dim_param in names:
            yield value.name, place + (value.name not in leading), axis.dim_param
