"""Ranges of numbers that are too long to be written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LARGEST = 2**24
"""Numbers of a constant."""

_KEEPING = ("Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape")
"""Operators that leave the number that a constant is."""


def check_range(node: Any, feeds: Mapping[str, np.ndarray]) -> None:  # noqa: ANN401
    """Refuse a Range of constants that would be written out for minutes.

    Args:
        node: an ``onnx.NodeProto`` of any operator.
        feeds: constants by name.

    Raises:
        NetworkError: it has too many numbers.
    """
    if node.op_type != "Range" or len(node.input) != 3:
        return
    ends = [feeds.get(name) for name in node.input]
    start, limit, delta = (np.nan if one is None else _number(one) for one in ends)
    with np.errstate(all="ignore"):
        count = np.divide(limit - start, delta)
    if delta and count > _LARGEST:
        raise NetworkError(f"a range of {count:.0f} numbers, more than {_LARGEST:,}")


def check_ranges(graph: Any, name: str) -> None:  # noqa: ANN401 - onnx.GraphProto
    """The same for all of a graph, before ONNX infers shapes: it writes such ranges out.

    Args:
        graph: with functions expanded; graphs inside of it are looked at too.
        name: what errors call the model.

    Raises:
        NetworkError: one has too many numbers; its node is named.
    """
    _check(graph, {}, name)


def _check(graph: Any, outer: Mapping[str, np.ndarray], name: str) -> None:  # noqa: ANN401
    known = dict(outer)
    for one in graph.initializer:
        if not sum(length != 1 for length in one.dims):
            known |= _read(one.name, one)
    for node in graph.node:
        if node.op_type == "Constant":
            for given in node.attribute:
                known |= _given(node.output[0], given)
        elif node.op_type in _KEEPING and node.input[0] in known:
            known[node.output[0]] = known[node.input[0]]
        try:
            check_range(node, known)
        except NetworkError as error:
            raise NetworkError(f"{name}: Range {node.name or node.output[0]!r}: {error}") from None
        for inner in _graphs(node):
            _check(inner, known, name)


def _graphs(node: Any) -> Iterator[Any]:  # noqa: ANN401
    for one in node.attribute:
        if one.type == one.GRAPH:
            yield one.g
        elif one.type == one.GRAPHS:
            yield from one.graphs


def _given(name: str, attribute: Any) -> dict[str, np.ndarray]:  # noqa: ANN401
    match attribute.name:
        case "value":
            return _read(name, attribute.t)
        case "value_int" | "value_float":
            number = attribute.i if attribute.name == "value_int" else attribute.f
            return {name: np.asarray(number)}
        case "value_ints" | "value_floats":
            numbers = attribute.ints or attribute.floats
            return {name: np.asarray(list(numbers))}
        case _:
            return {}


def _read(name: str, tensor: Any) -> dict[str, np.ndarray]:  # noqa: ANN401
    from tcsim.networks.importers.onnx.loading import onnx_module

    try:
        return {name: np.asarray(onnx_module("onnx.numpy_helper").to_array(tensor))}
    except Exception:  # noqa: BLE001 - what reads the constants names it
        return {}


def _number(array: np.ndarray) -> float:
    """The number that a constant is; nan where it is none."""
    if array.size != 1 or array.dtype.kind not in "iuf":
        return float("nan")
    return float(array.reshape(()))
