"""Open axes: those of a model's inputs that have a name and no number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator


def input_axes(model: Any) -> Iterator[tuple[Any, int, Any]]:  # noqa: ANN401 - onnx.ModelProto
    """(input, place, axis) of every axis of what a model reads."""
    fixed = {one.name for one in model.graph.initializer}
    for value in model.graph.input:
        if value.name not in fixed:
            for place, axis in enumerate(value.type.tensor_type.shape.dim):
                yield value, place, axis


def check_lengths(model: Any, name: str) -> None:  # noqa: ANN401 - onnx.ModelProto
    """Refuse an axis of a length below 0: some exporters write -1 for an open one.

    Raises:
        NetworkError: there is one; its input is named.
    """
    for value, place, axis in input_axes(model):
        if axis.HasField("dim_value") and axis.dim_value < 0:
            raise NetworkError(
                f"{name}: axis {place} of input {value.name!r} has length {axis.dim_value}: an "
                "open axis has a name (dim_param) and no number"
            )


def name_axes(model: Any) -> None:  # noqa: ANN401 - onnx.ModelProto
    """Make the name of every open axis an identifier; one without a name gets one."""
    for value, place, axis in input_axes(model):
        if not axis.HasField("dim_value"):
            axis.dim_param = identifier(axis.dim_param or f"{value.name}_{place}")


def identifier(name: str) -> str:
    """A name with other characters than letters, digits and ``_`` replaced."""
    made = re.sub(r"\W", "_", name)
    return made if made.isidentifier() else f"axis_{made}"


def batch_axes(model: Any) -> set[str]:  # noqa: ANN401 - onnx.ModelProto
    """Names of open first axes: they are those of the batch."""
    return {axis.dim_param for _, place, axis in input_axes(model) if _is_open(axis) and not place}


def open_axes(model: Any) -> tuple[str, ...]:  # noqa: ANN401 - onnx.ModelProto
    """Names of the other open axes, in order."""
    batch = batch_axes(model)
    names = [axis.dim_param for _, _, axis in input_axes(model) if _is_open(axis)]
    return tuple(name for name in dict.fromkeys(names) if name not in batch)


def asked(
    model: Any,  # noqa: ANN401 - onnx.ModelProto
    name: str,
    axes: Mapping[str, int | None],
) -> dict[str, int | None]:
    """Lengths that a caller gives axes, by the names that `name_axes` made.

    Raises:
        ArgumentError: no lengths by name.
        NetworkError: no axis has such a name, or it is no length.
    """
    if not isinstance(axes, Mapping) or not all(isinstance(key, str) for key in axes):
        raise ArgumentError(f"axes must be {{name of an axis: its length}}, not {axes!r}")
    known = {axis.dim_param for _, _, axis in input_axes(model) if _is_open(axis)}
    found: dict[str, int | None] = {}
    for key, length in axes.items():
        wrong = not isinstance(length, int) or isinstance(length, bool) or length < 1
        if wrong and length is not None:
            raise NetworkError(f"axes[{key!r}] must be a length from 1, not {length!r}")
        if identifier(key) not in known:
            raise NetworkError(f"{name}: no axis of an input is called {key!r}")
        found[identifier(key)] = length
    return found


def _is_open(axis: Any) -> bool:  # noqa: ANN401
    return not axis.HasField("dim_value")
