"""Modules from circuits: ports are groups of inputs and outputs, delays are longest paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy.checking import known, names
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.leaves import LeafBody
from tcsim.hierarchy.module import Module
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers

ROOM_LIMIT = 500_000_000
"""Most delays, wires times ports, that are held at once (8 bytes each)."""


def from_circuit(
    circuit: Circuit,
    inputs: Mapping[str, Iterable[str]] | None = None,
    outputs: Mapping[str, Iterable[str]] | None = None,
    *,
    bound: bool = False,
) -> Module:
    """A module from a circuit, with one port for each group of its inputs and outputs.

    All gates count, those that feed no output too.

    Args:
        circuit: any circuit.
        inputs: {port: names of the inputs that it holds}, each input in one port; by default inputs
            ``x[0], x[1], ...`` are the port ``x``.
        outputs: the same for outputs.
        bound: accept output ports whose wires do not arrive together; such a port is as late as
            its latest wire and is listed in `Module.ragged`.

    Raises:
        ArgumentError: an input or output is in no port, in two, or unknown, or the wires of an
            output port do not arrive together for all arrivals of the inputs.
        LimitError: there are too many wires for so many ports.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x, y = b.inputs("x", 3), b.inputs("y", 2)
        >>> most = tc.sum(x) >= 2
        >>> b.output("z", [most & y[0], most | y[1]])
        >>> module = from_circuit(b.build())
        >>> module, module.delays
        (<Module x, y -> z; depth 2, size 3>, Delays([[2, 1]]))
    """
    if not isinstance(circuit, Circuit):
        raise ArgumentError(f"circuit must be a Circuit, not {circuit!r}")
    sources = _groups("inputs", circuit.input_names, inputs)
    sinks = _groups("outputs", circuit.output_names, outputs)
    rows = _delays(circuit, sources)
    matrix, ragged = [], set()
    for name, members in sinks.items():
        group = rows[circuit.output_wire[members] + 2]
        if (group != group[0]).any():
            if not bound:
                other = int(np.argmax((group != group[0]).any(axis=1)))
                pair = [circuit.output_names[members[k]] for k in (0, other)]
                raise ArgumentError(
                    f"outputs: {pair[0]!r} and {pair[1]!r} of the port {name!r} do not arrive "
                    "together: give them ports of their own, or take the later with bound=True"
                )
            ragged.add(name)
        matrix.append(group.max(axis=0))
    columns = len(sources) + 1
    kinds, counts = np.unique(rows[circuit.n_inputs + 2 :], axis=0, return_counts=True)
    classes = zip(Delays.from_array(kinds).rows(), counts.tolist(), strict=True)
    return Module(
        tuple(sources),
        tuple(sinks),
        Delays.from_array(np.array(matrix, np.int64).reshape(len(matrix), columns)),
        LeafBody(columns, classes),
        ragged=frozenset(ragged),
    )


def _groups(
    what: str, wires: tuple[str, ...], groups: Mapping[str, Iterable[str]] | None
) -> dict[str, list[int]]:
    """{port: places of its wires}, each wire in exactly one."""
    if groups is None:
        by_bus: dict[str, list[int]] = {}
        for place, wire in enumerate(wires):
            by_bus.setdefault(_bus(wire), []).append(place)
        return by_bus
    if not isinstance(groups, Mapping):
        raise ArgumentError(f"{what} must be a mapping of ports to names, not {groups!r}")
    places = {wire: place for place, wire in enumerate(wires)}
    result: dict[str, list[int]] = {}
    owner: dict[int, str] = {}
    for port in names(what, groups):
        members = names(f"{what}: port {port!r}", groups[port])
        if not members:
            raise ArgumentError(f"{what}: port {port!r} holds no wire")
        result[port] = [places[known(f"{what}: port {port!r}", one, wires)] for one in members]
        for place in result[port]:
            if place in owner:
                raise ArgumentError(
                    f"{what}: {wires[place]!r} is in the ports {owner[place]!r} and {port!r}"
                )
            owner[place] = port
    missing = [wire for place, wire in enumerate(wires) if place not in owner]
    if missing:
        raise ArgumentError(f"{what}: {missing[0]!r} is in no port")
    return result


def _bus(wire: str) -> str:
    """``"x"`` for ``"x[3]"``; other names stay."""
    name, bracket, index = wire.rpartition("[")
    return name if name and bracket and index[:-1].isdecimal() and index[-1:] == "]" else wire


def _delays(circuit: Circuit, groups: Mapping[str, list[int]]) -> Integers:
    """Longest paths to the constants 0 and 1, the inputs and the gates: a row for each wire.

    Columns are the groups, then constants: what stands on gates without operands. Where an input
    covers the constants their delay is left out, so that equal rows arrive together.
    """
    wires, columns = circuit.n_inputs + circuit.size + 2, len(groups) + 1
    if wires * columns > ROOM_LIMIT:
        raise LimitError(
            f"{wires:,} wires times {columns:,} ports are more than {ROOM_LIMIT:,} delays: "
            "take fewer ports"
        )
    rows = np.full((wires, columns), NO_PATH, np.int64)
    rows[:2, -1] = 0
    for column, members in enumerate(groups.values()):
        rows[np.array(members, np.int64) + 2, column] = 0
    flat, levels = flat_forms(circuit), circuit.levels
    order = np.argsort(levels, kind="stable")
    ends = np.cumsum(np.bincount(levels, minlength=1))
    for begin, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        gates = order[begin:end]
        forms, place = np.unique(circuit.gate_form[gates], return_inverse=True)
        rows[gates + circuit.n_inputs + 2] = (
            _below(rows, flat.start, flat.operand, forms)[place] + 1
        )
    covered = rows[:, :-1].max(axis=1, initial=NO_PATH) >= rows[:, -1]
    rows[covered, -1] = NO_PATH
    rows[rows < NO_PATH // 2] = NO_PATH
    return rows


def _below(rows: Integers, start: Integers, operand: Integers, forms: Integers) -> Integers:
    """The latest operand of each form, column by column; constants where there is none."""
    lengths = start[forms + 1] - start[forms]
    latest = np.full((len(forms), rows.shape[1]), NO_PATH, np.int64)
    latest[lengths == 0, -1] = 0
    filled = forms[lengths > 0]
    if len(filled):
        length = lengths[lengths > 0]
        before = np.cumsum(length) - length
        terms = np.repeat(start[filled] - before, length) + np.arange(length.sum())
        latest[lengths > 0] = np.maximum.reduceat(rows[operand[terms] + 2], before)
    return latest
