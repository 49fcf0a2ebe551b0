"""Module: named ports, delays between them, and gates by level for any arrival; no wires."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy.checking import known
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.schedule import Memo, Schedule, arrivals_of, schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.hierarchy.checking import Count
    from tcsim.hierarchy.schedule import Arrival, Levels
    from tcsim.typing import Integers

NESTING_LIMIT = 200
"""Most modules within one another."""


class Body(Protocol):
    """What is inside a module.

    Attributes:
        size: number of gates.
        instances: modules inside, counted as often as they occur, this one included.
        nesting: modules within one another, this one included.
        reads: for each input port and for constants, whether a gate may depend on it.
        lead: how much later than one column others make all its gates; see `leads`.
        content: what tells modules of equal ports and delays apart.
    """

    size: Count
    instances: int
    nesting: int
    reads: tuple[bool, ...]
    lead: Integers
    content: str

    def levels(self, arrival: Arrival, memo: Memo) -> Levels:
        """Gates on each level for an arrival vector (input ports, then constants)."""
        ...


class Module:
    """A part of a circuit as its ports, its delays and its gates; made by `leaf` and the like.

    A port is a group of wires that arrive together, so one number says when. Immutable; equal and
    hashed by content, so that equal modules are measured once. Made by `leaf`, `from_circuit`,
    `compose`, `sequence`, `parallel` and `Loop.times`.

    Attributes:
        inputs: names of the input ports.
        outputs: names of the output ports.
        size: number of gates, dead ones included; an integer or a sympy expression.
        instances: modules inside, counted as often as they occur, this one included.
        ragged: output ports whose wires may arrive at different times. Their delay is that of the
            latest: exact for designated outputs, a bound for what reads them.
        exact: no module inside reads a ragged port. Else gates wait for the last wire of such a
            port: the schedule is a valid one, but maybe not the earliest, and depth is a bound.
    """

    __slots__ = (
        "body",
        "digest",
        "exact",
        "inputs",
        "instances",
        "matrix",
        "outputs",
        "ragged",
        "size",
    )

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    size: Count
    instances: int
    ragged: frozenset[str]
    exact: bool
    matrix: Delays
    body: Body
    digest: str

    def __init__(
        self,
        inputs: tuple[str, ...],
        outputs: tuple[str, ...],
        matrix: Delays,
        body: Body,
        *,
        ragged: frozenset[str] = frozenset(),
        exact: bool = True,
    ) -> None:
        if body.nesting > NESTING_LIMIT:
            raise LimitError(
                f"more than {NESTING_LIMIT} modules are nested: put them side by side "
                "(sequence, compose, Loop), not one into the other"
            )
        matrix = undominated(matrix)
        content = repr((inputs, outputs, matrix.rows(), sorted(ragged), exact, body.content))
        fields = {
            "inputs": inputs,
            "outputs": outputs,
            "size": body.size,
            "instances": body.instances,
            "ragged": ragged,
            "exact": exact,
            "matrix": matrix,
            "body": body,
            "digest": sha256(content.encode()).hexdigest(),
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Module is immutable: {name} cannot be set")

    def __getstate__(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, value)

    @property
    def delays(self) -> Delays:
        """The longest paths: a row per output port, a column per input port."""
        return Delays.from_array(self.matrix.data[:, :-1])

    def delay(self, output: str, source: str | None) -> int | None:
        """The longest path from an input port (None: from constants) to an output port, in gates.

        Gates without operands start paths at the constants. Such a path is reported only where it
        is longer than all paths from inputs, because else it never matters.

        Raises:
            ArgumentError: there is no such port.
        """
        i = self.outputs.index(known("output", output, self.outputs))
        if source is None:
            return self.matrix[i, len(self.inputs)]
        return self.matrix[i, self.inputs.index(known("input", source, self.inputs))]

    def arrive(self, arrival: Mapping[str, int] | None = None) -> dict[str, int]:
        """When each output port is ready.

        Args:
            arrival: {input port: its level}; ports that are left out arrive on level 0.

        Raises:
            ArgumentError: a name is unknown or a level is not an integer >= 0.
        """
        ready = self.matrix.apply(arrivals_of(self.inputs, arrival))
        return {name: level or 0 for name, level in zip(self.outputs, ready, strict=True)}

    def schedule(self, arrival: Mapping[str, int] | None = None) -> Schedule:
        """Depth, width, size and gates by level of the as-soon-as-possible schedule.

        Args:
            arrival: {input port: its level}; ports that are left out arrive on level 0.

        Raises:
            ArgumentError: a name is unknown or a level is not an integer >= 0.
            LimitError: the levels are too many to be listed.
        """
        return schedule(self, arrival)

    @property
    def depth(self) -> int:
        """The latest output port's level where all inputs are on level 0."""
        return max(self.arrive().values(), default=0)

    @property
    def width(self) -> Count:
        """Most gates on one level, inputs on level 0."""
        return self.schedule().width

    @property
    def levels(self) -> tuple[Count, ...]:
        """Gates on level 0, 1, 2, ..., inputs on level 0."""
        return self.schedule().levels

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Module):
            return NotImplemented
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        ports = f"{', '.join(self.inputs)} -> {', '.join(self.outputs)}"
        return f"<Module {ports}; depth {self.depth}, size {self.size}>"


def undominated(matrix: Delays) -> Delays:
    """A matrix without delays from constants (its last column) that can never be the latest.

    No input port arrives before the constants do, so one of at least the same delay covers them.
    """
    data = matrix.data.copy()
    if data.shape[1] > 1:
        covered = data[:, :-1].max(axis=1) >= data[:, -1]
        data[covered, -1] = NO_PATH
    return Delays.from_array(data)


def reads_through(matrix: Delays, reads: tuple[bool, ...]) -> tuple[bool, ...]:
    """Which columns matter where the rows given by `reads` matter."""
    used = matrix.data[np.array(reads, bool)] != NO_PATH
    return tuple(bool(one) for one in used.any(axis=0))


def require_module(what: str, value: object) -> Module:
    """A Module.

    Raises:
        ArgumentError: it is something else.
    """
    if not isinstance(value, Module):
        raise ArgumentError(f"{what} must be a Module, not {value!r}")
    return value
