"""A network with open axes, from readings of one model at several lengths.

What differs between two readings is the length itself, a count of places from the end, or a table
that is longer where the axis is. The result is compared with a third reading, operation by
operation, and its formulas with the cost of that reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError, ParseError
from tcsim.networks.importers.onnx.lengthwise import Lengthwise
from tcsim.networks.importers.onnx.readings import equal, fields, serves, with_fields
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.operations.arrangement import Broadcast, Gather, Reshape, Slice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.importers.onnx.onnx_model import OnnxModel
    from tcsim.networks.importers.onnx.readings import Readings, Rows
    from tcsim.networks.node import Node
    from tcsim.networks.operations.operation import Operation

_LENGTHS = (5, 7, 11, 13, 17, 19, 23, 29, 31)
"""Lengths that readings are compared at, but for those that axes of constants have too."""

_SHORT = (2, 3, 4, 5)
"""Likewise, for models that read no more."""


@dataclass(frozen=True)
class Closed:
    """An axis that cannot stay open.

    Attributes:
        axis: its name.
        reason: why not.
        error: what was wrong at every length that was tried, if the model could not be read.
        length: that of calibration rows, if there are some.
    """

    axis: str
    reason: str
    error: Exception | None = None
    length: int | None = None


class _ClosedError(Exception):
    pass


@dataclass(frozen=True)
class _Compared:
    """Readings at some lengths, and at others of one axis each."""

    lengths: Mapping[str, int]
    first: OnnxModel
    others: Mapping[str, tuple[int, OnnxModel]]
    readings: Readings


def opened(readings: Readings, avoided: set[int]) -> IntegerNetwork | Closed:
    """The network with a name for each open axis, or the axis that needs a number.

    Args:
        readings: of the model.
        avoided: lengths that axes of constants have.
    """
    count = len(readings.names) + 2
    usual = [n for n in _LENGTHS if n not in avoided][:count]
    failed: Exception | None = None
    for lengths in (usual, _SHORT[:count]):
        try:
            return _opened(readings, tuple(lengths))
        except (NetworkError, ParseError) as error:
            failed = failed or error
    return Closed(readings.names[0], f"it cannot be read at a length of 2 or 5: {failed}", failed)


def _opened(readings: Readings, choices: tuple[int, ...]) -> IntegerNetwork | Closed:
    names = readings.names
    lengths = {name: choices[i % len(choices)] for i, name in enumerate(names)}
    spare = choices[len(names) % len(choices)]
    first = readings.at(lengths)
    compared = _Compared(
        lengths,
        first,
        {name: (spare, readings.at({**lengths, name: spare})) for name in names},
        readings,
    )
    for name, (_, other) in compared.others.items():
        ours, theirs = first.network, other.network
        if [node.sources for node in ours.nodes] != [node.sources for node in theirs.nodes]:
            return Closed(
                name,
                f"{len(ours.nodes)} operations at a length of {lengths[name]}, "
                f"{len(theirs.nodes)} at {spare}: what is done depends on the length",
            )
    nodes = []
    for number, node in enumerate(first.network.nodes):
        for name, (_, other) in compared.others.items():
            if type(other.network.nodes[number].operation) is not type(node.operation):
                return Closed(name, f"{node.scope}: another operation at another length")
        try:
            nodes.append(replace(node, operation=_operation(compared, number)))
        except _ClosedError as error:
            name = _first_that_differs(compared, number)
            return Closed(name, f"{node.scope}: {error}")
    made = IntegerNetwork(_sources(compared), nodes, first.network.outputs)
    return _confirmed(made, compared, choices)


def _sources(compared: _Compared) -> list[Any]:
    found = []
    for number, source in enumerate(compared.first.network.sources):
        axes = list(source.axes)
        for name, (_, other) in compared.others.items():
            theirs = other.network.sources[number].axes
            axes = [
                a if b == c else name for a, b, c in zip(axes, source.axes, theirs, strict=True)
            ]
        found.append(replace(source, shape=tuple(axes)))
    return found


# Operations --------------------------------------------------------------------------------------


def _operation(compared: _Compared, number: int) -> Operation:
    """One operation at every length."""
    mine = compared.first.network.nodes[number].operation
    held = fields(mine)
    changed: dict[str, dict[str, Any]] = {}
    for name, (_, other) in compared.others.items():
        theirs = fields(other.network.nodes[number].operation)
        for slot, value in held.items():
            if not equal(value, theirs[slot]):
                changed.setdefault(slot, {})[name] = theirs[slot]
    if not changed:
        return mine
    if isinstance(mine, Reshape | Broadcast):
        return type(mine)(
            _named(compared, mine.shape, changed["shape"], reshape=isinstance(mine, Reshape))
        )
    if isinstance(mine, Slice) and set(changed) <= {"start", "stop"}:
        ends = {slot: _from_the_end(compared, held[slot], found) for slot, found in changed.items()}
        return with_fields(mine, **ends)  # type: ignore[no-any-return]
    if isinstance(mine, Gather) and set(changed) == {"indices"} and mine.indices.size == 1:
        ends = {name: int(theirs.reshape(())) for name, theirs in changed["indices"].items()}
        place = _from_the_end(compared, int(mine.indices.reshape(())), ends)
        return Gather(np.full(mine.indices.shape, place), mine.axis)
    rows = _rows(compared, held, changed)
    if _lasts(compared, number, rows):
        compared.readings.lasting[number] = rows
    return Lengthwise(mine, number, compared.readings)


def _named(
    compared: _Compared, shape: tuple[Any, ...], others: Mapping[str, Any], *, reshape: bool
) -> tuple[Any, ...]:
    """Axes with names for the lengths that they are; -1 for one that is made of several."""
    made: list[Any] = list(shape)
    for place, length in enumerate(shape):
        names = [name for name, theirs in others.items() if theirs[place] != length]
        if not names:
            continue
        (name, *more) = names
        spare, _ = compared.others[name]
        if not more and (length, others[name][place]) == (compared.lengths[name], spare):
            made[place] = name
        elif reshape and -1 not in made:
            made[place] = -1
        else:
            raise _ClosedError(f"an axis of {length} that becomes {others[name][place]}")
    return tuple(made)


def _from_the_end(compared: _Compared, mine: Any, others: Mapping[str, Any]) -> int | None:  # noqa: ANN401
    """A place counted from the end of an axis; None for the end itself."""
    (name, *more) = others
    length, (spare, _) = compared.lengths[name], compared.others[name]
    theirs = others[name]
    if more or mine is None or theirs is None or mine - length != theirs - spare or mine > length:
        raise _ClosedError(f"place {mine} that becomes {theirs}")
    return mine - length or None


def _rows(compared: _Compared, held: Mapping[str, Any], changed: Mapping[str, Any]) -> Rows:
    """Which axes of its arrays are as long as which axis of the inputs."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for slot, others in changed.items():
        axes = []
        for name, theirs in others.items():
            if not isinstance(theirs, np.ndarray) or theirs.ndim != held[slot].ndim:
                raise _ClosedError(f"its {slot} depend on the length")
            lengths = (compared.lengths[name], compared.others[name][0])
            for axis, pair in enumerate(zip(held[slot].shape, theirs.shape, strict=True)):
                if pair[0] != pair[1] and pair != lengths:
                    raise _ClosedError(f"an axis of {pair[0]} that becomes {pair[1]}")
                if pair[0] != pair[1]:
                    axes.append((axis, name))
        found[slot] = tuple(axes)
    return found


def _lasts(compared: _Compared, number: int, rows: Rows) -> bool:
    """Whether the operation of each longer reading is that of the first, cut."""
    network = compared.first.network
    node = network.nodes[number]
    reads = network.values[node.sources[0]]
    return all(
        spare >= compared.lengths[name]
        and serves(
            other.network.nodes[number].operation, node.operation, rows, reads, compared.lengths
        )
        for name, (spare, other) in compared.others.items()
    )


def _first_that_differs(compared: _Compared, number: int) -> str:
    mine = compared.first.network.nodes[number].operation
    return next(
        name
        for name, (_, other) in compared.others.items()
        if not equal(fields(mine), fields(other.network.nodes[number].operation))
    )


# Third reading -----------------------------------------------------------------------------------


def _confirmed(
    made: IntegerNetwork, compared: _Compared, choices: tuple[int, ...]
) -> IntegerNetwork | Closed:
    """The network, if it is that of a third reading and has its cost as formulas."""
    names = compared.readings.names
    unused = [n for n in choices if n not in compared.lengths.values()]
    third = {name: unused[(i + 1) % len(unused)] for i, name in enumerate(names)}
    read = compared.readings.at(third).network
    bound = made.at(**third)
    for number, (ours, theirs) in enumerate(zip(bound.nodes, read.nodes, strict=False)):
        reads = read.values[theirs.sources[0]]
        if not _same(ours, theirs, reads, third):
            return Closed(names[0], f"{theirs.scope}: operation {number + 1} at {third} is another")
    if len(bound.nodes) != len(read.nodes):
        return Closed(names[0], f"{len(read.nodes)} operations at {third}")
    wrong = _wrong_formula(made, read, third)
    return Closed(names[0], wrong) if wrong else made


def _same(ours: Node, theirs: Node, reads: Any, lengths: Mapping[str, int]) -> bool:  # noqa: ANN401
    a, b = ours.operation, theirs.operation
    if type(a) is not type(b) or ours.sources != theirs.sources:
        return False
    if isinstance(a, Reshape | Broadcast | Slice | Gather):
        numbers = np.arange(reads.size).reshape(1, *reads.shape)
        return np.array_equal(a(numbers), b(numbers))
    return serves(a, b, {}, reads, lengths)


def _wrong_formula(
    made: IntegerNetwork, read: IntegerNetwork, lengths: Mapping[str, int]
) -> str | None:
    """What its formulas say otherwise than the cost of a reading."""
    from tcsim.networks.measuring.cost import network_cost

    if [one.shape for one in made.at(**lengths).values] != [one.shape for one in read.values]:
        return "its shapes are others at another length"
    try:
        formulas = network_cost(made)
    except (NetworkError, TypeError, ValueError) as error:
        return f"its cost has no formula: {error}"
    found = formulas.numbers(dict(lengths)).total
    exact = network_cost(read, symbolic=False).total
    if found.size != exact.size or (formulas.total.even and found.depth != exact.depth):
        return "its formulas of gates do not hold at another length"
    if formulas.total.exact and exact.exact and found.edges != exact.edges:
        return "its formulas of edges do not hold at another length"
    return None
