"""Read an ONNX model: checked, functions expanded, shapes known, before anything else is done."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcsim.errors import MissingExtraError, NetworkError, ParseError
from tcsim.networks.importers.onnx.axes import batch_axes, check_lengths, input_axes, name_axes
from tcsim.networks.importers.onnx.range_sizes import check_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping

OPSETS = (1, 28)
"""Least and largest version of the standard operators that is read."""

_LARGEST_FILE = 2**31 - 1
"""A protocol buffer is smaller."""


def onnx_module(name: str = "onnx") -> Any:  # noqa: ANN401 - it is imported on use
    """The onnx package, or a module of it.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise MissingExtraError("onnx", "onnx", "reading an ONNX model") from None


def type_name(number: int) -> str:
    """The name of an element type, such as ``"INT8"``.

    Raises:
        NetworkError: there is no such type.
    """
    try:
        return str(onnx_module().TensorProto.DataType.Name(number))
    except ValueError:
        raise NetworkError(f"there is no element type {number}") from None


def checked(source: object) -> tuple[Any, str]:
    """A valid model, and what errors call it; names of axes are made identifiers.

    Args:
        source: a path, the bytes of a file, or an ``onnx.ModelProto``.

    Raises:
        MissingExtraError: onnx is not installed.
        ParseError: no model is there, or it is not a valid one.
        NetworkError: a version that is not read, or an input with an axis below 0.
    """
    onnx = onnx_module()
    model, name = _read(onnx, source)
    try:
        onnx.checker.check_model(model)
    except TypeError as error:
        raise ParseError(f"no ONNX model: {error}", path=name) from None
    except Exception as error:  # noqa: BLE001 - whatever the checker finds
        raise ParseError(f"no valid ONNX model: {_line(error)}", path=name) from None
    _check_versions(model, name)
    check_lengths(model, name)
    name_axes(model)
    return model, name


def at_lengths(model: Any, name: str, axes: Mapping[str, int]) -> tuple[Any, set[str]]:  # noqa: ANN401
    """A model at lengths of its axes, and the inputs whose first axis is that of a batch.

    Model-local functions are expanded, named axes get numbers, and shapes are inferred.

    Args:
        model: what `checked` gave; it stays what it is.
        name: what errors call it.
        axes: {name of an axis: its length}. A first axis of an input that has no number and is not
            named here is that of the batch: one row at a time.

    Raises:
        ParseError: shapes that do not fit each other.
        NetworkError: an axis without a number, or a range of too many numbers.
    """
    original, model = model, type(model)()
    model.CopyFrom(original)
    rows = _number_axes(model, dict(axes), name)
    model = inlined(model, name)
    check_ranges(model.graph, name)
    try:
        model = onnx_module("onnx.shape_inference").infer_shapes(model, data_prop=True)
    except Exception as error:  # noqa: BLE001 - as above
        raise ParseError(f"shapes do not fit: {_line(error)}", path=name) from None
    return model, rows


def inlined(model: Any, name: str) -> Any:  # noqa: ANN401 - onnx.ModelProto
    """A model with its own functions expanded.

    Raises:
        ParseError: they do not fit where they are used.
    """
    if not model.functions:
        return model
    try:
        return onnx_module("onnx.inliner").inline_local_functions(model)
    except Exception as error:  # noqa: BLE001 - whatever it finds
        raise ParseError(f"functions do not fit: {_line(error)}", path=name) from None


def _read(onnx: Any, source: object) -> tuple[Any, str]:  # noqa: ANN401
    if isinstance(source, onnx.ModelProto):
        copy = onnx.ModelProto()
        copy.CopyFrom(source)
        return copy, source.graph.name or "<model>"
    if isinstance(source, bytes | bytearray):
        return _parsed(onnx, bytes(source), "<bytes>"), "<bytes>"
    if not isinstance(source, str | Path):
        raise NetworkError(f"from_onnx takes a path or a model, not {type(source).__name__}")
    path = Path(source)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ParseError("larger than a protocol buffer can be", path=str(path))
        content = path.read_bytes()
    except OSError as error:
        raise ParseError(f"cannot be read: {error.strerror}", path=str(path)) from None
    model = _parsed(onnx, content, str(path))
    try:
        onnx_module("onnx.external_data_helper").load_external_data_for_model(
            model, str(path.resolve().parent)
        )
    except Exception as error:  # noqa: BLE001 - a missing or short file of weights
        raise ParseError(f"weights beside it: {_line(error)}", path=str(path)) from None
    return model, str(path)


def _parsed(onnx: Any, content: bytes, name: str) -> Any:  # noqa: ANN401
    try:
        return onnx.load_model_from_string(content)
    except Exception as error:  # noqa: BLE001 - the parser's own kinds of errors
        raise ParseError(f"no ONNX model: {_line(error)}", path=name) from None


def _check_versions(model: Any, name: str) -> None:  # noqa: ANN401
    for opset in model.opset_import:
        if opset.domain in ("", "ai.onnx") and not OPSETS[0] <= opset.version <= OPSETS[1]:
            raise NetworkError(
                f"{name}: operators of version {opset.version} are not read, only "
                f"{OPSETS[0]}..{OPSETS[1]}: onnx.version_converter converts"
            )


def _number_axes(model: Any, axes: dict[str, int], name: str) -> set[str]:  # noqa: ANN401
    """Numbers for axes; 1 for an open first axis, that of the batch."""
    batch = batch_axes(model)
    rows: set[str] = set()
    for value, place, axis in input_axes(model):
        if axis.HasField("dim_value"):
            continue
        if axis.dim_param in axes:
            axis.dim_value = axes[axis.dim_param]
        elif axis.dim_param in batch:
            axis.dim_value = 1
            if not place:
                rows.add(value.name)
        else:
            raise NetworkError(
                f"{name}: axis {place} of input {value.name!r} has no number: "
                f"axes={{{axis.dim_param!r}: ...}} gives one"
            )
    # Stated shapes of what is computed may hold open axes: they are inferred anew.
    del model.graph.value_info[:]
    for value in model.graph.output:
        value.type.tensor_type.ClearField("shape")
    return rows


def _line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else f"{text[:297]}..."
