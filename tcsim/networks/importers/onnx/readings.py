"""Readings: one model read at several lengths of its open axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcsim.networks.importers.onnx.onnx_model import OnnxModel
    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.values import Values

    Rows = Mapping[str, tuple[tuple[int, str], ...]]
    """{attribute of an operation: ((axis of its array, name of the length), ...)}."""


class Readings:
    """A model at one choice of lengths after another, each read once.

    Args:
        names: of the open axes.
        read: the model at {name: length}.
    """

    def __init__(
        self, names: tuple[str, ...], read: Callable[[Mapping[str, int]], OnnxModel]
    ) -> None:
        self.names = names
        self.lasting: dict[int, Rows] = {}
        """Nodes of which those of a longer reading hold at shorter lengths, and which axes of
        their arrays are cut off there."""
        self._read = read
        self._failures: dict[tuple[int, ...], NetworkError] = {}
        self._found: dict[tuple[int, ...], OnnxModel] = {}

    def at(self, lengths: Mapping[str, int]) -> OnnxModel:
        """The model at lengths."""
        key = tuple(lengths[name] for name in self.names)
        if key in self._failures:
            raise self._failures[key]
        if key not in self._found:
            try:
                self._found[key] = self._read(dict(zip(self.names, key, strict=True)))
            except NetworkError as error:
                said = ", ".join(f"{name} = {n}" for name, n in zip(self.names, key, strict=True))
                self._failures[key] = NetworkError(f"at {said}: {error}")
                raise self._failures[key] from None
        return self._found[key]

    def operation(self, number: int, lengths: Mapping[str, int]) -> Operation:
        """What a node is at lengths.

        Raises:
            NetworkError: the model cannot be read at these lengths, or has other nodes there.
        """
        if number not in self.lasting:
            return self._node(self.at(lengths), number)
        # Powers of 2: a chain of thought of T tokens asks for T lengths.
        longer = {name: 1 << (lengths[name] - 1).bit_length() for name in self.names}
        try:
            found = self._longest(lengths) or self.at(longer)
        except NetworkError:
            found = self.at(lengths)
        return cut(self._node(found, number), self.lasting[number], lengths)

    def any(self) -> OnnxModel:
        """One that was read."""
        return next(iter(self._found.values()))

    def _longest(self, lengths: Mapping[str, int]) -> OnnxModel | None:
        """A reading that is there already and long enough."""
        for key, found in self._found.items():
            if all(n >= lengths[name] for name, n in zip(self.names, key, strict=True)):
                return found
        return None

    def _node(self, model: OnnxModel, number: int) -> Operation:
        nodes, (first, *_) = model.network.nodes, self._found.values()
        if len(nodes) != len(first.network.nodes):
            raise NetworkError(
                f"at these lengths the model is read as {len(nodes)} operations, at others as "
                f"{len(first.network.nodes)}: give the axes numbers when it is read"
            )
        return nodes[number].operation


def fields(operation: object) -> dict[str, Any]:
    """What an operation holds, by name."""
    kinds = type(operation).__mro__
    names = [name for kind in kinds for name in getattr(kind, "__slots__", ())]
    found = {name: getattr(operation, name) for name in names if hasattr(operation, name)}
    return found or dict(getattr(operation, "__dict__", {}))


def with_fields(operation: Any, **changes: object) -> Any:  # noqa: ANN401
    """The operation with some of what it holds replaced."""
    made = object.__new__(type(operation))
    made._set(**{**fields(operation), **changes})
    return made


def equal(a: Any, b: Any) -> bool:  # noqa: ANN401
    """Whether two values of fields are the same: arrays, numbers, or things with fields."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        same = isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.dtype == b.dtype
        return same and np.array_equal(a, b)
    if type(a) is not type(b):
        return False
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(equal, a, b))
    ours, theirs = fields(a), fields(b)
    if ours or theirs:
        return ours.keys() == theirs.keys() and all(equal(ours[k], theirs[k]) for k in ours)
    return bool(a == b)


def cut(operation: Operation, rows: Rows, lengths: Mapping[str, int]) -> Operation:
    """An operation of a longer reading at shorter lengths."""
    held = fields(operation)
    changes = {}
    for name, axes in rows.items():
        array = held[name]
        where = [slice(None)] * array.ndim
        for axis, length in axes:
            where[axis] = slice(lengths[length])
        changes[name] = array[tuple(where)].copy()
    return with_fields(operation, **changes) if changes else operation


def serves(longer: Operation, shorter: Operation, rows: Rows, reads: Values, n: Any) -> bool:  # noqa: ANN401
    """Whether an operation of a longer reading, cut, is that of a shorter one.

    Cuts of a rounding that no value reaches at the shorter lengths may differ.

    Args:
        longer: at the longer lengths.
        shorter: at the shorter ones.
        rows: axes that are cut off.
        reads: what the shorter one reads.
        n: {name: length} of the shorter reading.
    """
    try:
        ours, theirs = fields(cut(longer, rows, n)), fields(shorter)
    except (IndexError, KeyError):
        return False
    for name, mine in ours.items():
        if equal(mine, theirs[name]):
            continue
        if name != "cuts" or not isinstance(shorter, Requantize):
            return False
        if mine.shape != theirs[name].shape or not _alike(mine, theirs[name], reads):
            return False
    return True


def _alike(first: np.ndarray, second: np.ndarray, reads: Values) -> bool:
    """Whether two arrays of cuts differ only where no value that is read lies between them."""
    places = first.shape[:-1]
    rank = len(places)
    low, high = reads.full()
    folded = tuple(range(low.ndim - rank)) + tuple(
        axis + low.ndim - rank for axis, length in enumerate(places) if length == 1
    )
    least = low.min(axis=folded).reshape(*places, 1)
    most = high.max(axis=folded).reshape(*places, 1)
    below, above = np.minimum(first, second), np.maximum(first, second)
    return bool(((below == above) | (above <= least) | (below > most)).all())
