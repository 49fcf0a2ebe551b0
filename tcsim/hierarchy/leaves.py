"""Modules from numbers: a delay row for each output port and for each class of gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.hierarchy.checking import Count, count, integer, is_formula, known, names
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.leads import of_rows
from tcsim.hierarchy.module import Module, undominated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.hierarchy.schedule import Arrival, Levels, Memo


@dataclass(frozen=True)
class Gates:
    """Gates of a module that are on the same level whenever its inputs arrive.

    Attributes:
        count: how many; an integer or a sympy expression.
        delays: {input port: longest path from it to such a gate, the gate included}, at least 1.
            The key None stands for constants: ``{None: 1}`` is a gate without operands.
    """

    count: Count
    delays: Mapping[str | None, int]


def leaf(
    inputs: Iterable[str],
    outputs: Mapping[str, Mapping[str | None, int]],
    gates: Iterable[Gates] = (),
) -> Module:
    """A module given by numbers.

    Args:
        inputs: names of its input ports.
        outputs: {output port: {input port: longest path, in gates}}; ports that are left out have
            no path. The key None stands for constants, an empty row for a constant output.
        gates: its gates, by delay.

    Raises:
        ArgumentError: a name is unknown or given twice, a number is not an integer or out of range,
            or an output has delays that neither a class of gates nor an input port has.

    Example:
        A step of an LSTM of H units with thermometers of N wires, its first level merged:

        >>> import sympy
        >>> H, N = sympy.symbols("H N", positive=True, integer=True)
        >>> gate, cell = {"h": 1, "x": 1}, {"h": 3, "x": 3, "c": 2}
        >>> step = leaf(
        ...     ["h", "x", "c"],
        ...     {"h": {"h": 4, "x": 4, "c": 3}, "c": cell},
        ...     [
        ...         Gates(4 * H * N, gate),
        ...         Gates(H * N, cell),
        ...         Gates(H * N, {"h": 4, "x": 4, "c": 3}),
        ...     ],
        ... )
        >>> step.depth, step.size
        (4, 6*H*N)
    """
    ports = names("inputs", inputs)
    if not isinstance(outputs, Mapping):
        raise ArgumentError(f"outputs must be a mapping of ports to delays, not {outputs!r}")
    results = names("outputs", outputs)
    classes: list[tuple[list[int | None], Count]] = []
    for index, one in enumerate(gates):
        if not isinstance(one, Gates):
            raise ArgumentError(f"gates[{index}] must be Gates(count, delays), not {one!r}")
        row = _row(f"gates[{index}]", ports, one.delays, 1)
        if all(delay is None for delay in row):
            raise ArgumentError(
                f"gates[{index}] has no delays: a gate without operands has {{None: 1}}"
            )
        classes.append((row, count(f"the count of gates[{index}]", one.count)))
    rows = [_row(f"output {name!r}", ports, outputs[name], 0) or [] for name in results]
    for row in rows:
        if all(delay is None for delay in row):
            row[-1] = 0  # a constant
    body = LeafBody(len(ports) + 1, classes)
    matrix = undominated(Delays(rows, len(ports) + 1))
    _check_outputs(results, matrix, body)
    return Module(ports, results, matrix, body)


class LeafBody:
    """Classes of gates, one delay row each; see `tcsim.hierarchy.module.Body`.

    Args:
        columns: input ports, plus one for constants.
        classes: a delay row and a number of gates for each class; equal rows are added up.
    """

    instances = 1
    nesting = 1

    def __init__(self, columns: int, classes: Iterable[tuple[list[int | None], Count]]) -> None:
        listed = [(row, number) for row, number in classes if is_formula(number) or number]
        rows = undominated(Delays([row for row, _ in listed], columns)).data.tolist()
        merged: dict[tuple[int, ...], Count] = {}
        for row, (_, number) in zip(rows, listed, strict=True):
            merged[tuple(row)] = merged.get(tuple(row), 0) + number
        ordered = sorted(merged)
        self.counts = [merged[row] for row in ordered]
        self.rows = Delays([[None if d == NO_PATH else d for d in row] for row in ordered], columns)
        self.size: Count = sum(self.counts)
        self.reads = tuple(bool(one) for one in (self.rows.data != NO_PATH).any(axis=0))
        self.lead = of_rows(self.rows.data)
        self.content = repr(("leaf", self.rows.rows(), [_text(one) for one in self.counts]))

    def levels(self, arrival: Arrival, memo: Memo) -> Levels:  # noqa: ARG002
        """Gates on each level for an arrival vector."""
        total: Levels = {}
        for level, number in zip(self.rows.apply(arrival), self.counts, strict=True):
            if level is not None:  # always: a gate has a path from a port that is read
                total[level] = total.get(level, 0) + number
        return total


def _row(what: str, ports: tuple[str, ...], delays: object, least: int) -> list[int | None]:
    """Delays in the order of the ports, then of the constants."""
    if not isinstance(delays, Mapping):
        raise ArgumentError(f"{what}: delays must be a mapping of ports, not {delays!r}")
    row: list[int | None] = [None] * (len(ports) + 1)
    for name, delay in delays.items():
        place = len(ports) if name is None else ports.index(known(what, name, ports))
        row[place] = integer(f"{what}: the delay from {name!r}", delay, least)
    return row


def _check_outputs(outputs: tuple[str, ...], matrix: Delays, body: LeafBody) -> None:
    """Each output port is made of gates of one class, of one input port, or constant."""
    rows = {tuple(row) for row in body.rows.data.tolist()}
    for name, row in zip(outputs, matrix.data.tolist(), strict=True):
        paths = [delay for delay in row if delay != NO_PATH]
        if tuple(row) not in rows and paths != [0]:
            raise ArgumentError(
                f"output {name!r} has delays that none of the gates has: give the gates that feed "
                "it, or a port of its own to each group of wires that arrive together"
            )


def _text(number: Count) -> str:
    """A count in a form that tells different ones apart."""
    if not is_formula(number):
        return str(number)
    import sympy

    return str(sympy.srepr(number))
