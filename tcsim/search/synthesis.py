"""The smallest or the shallowest threshold circuit of a small function, with the reason."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.analysis import truth_values
from tcsim.builder import Builder
from tcsim.errors import ArgumentError, TcsimError
from tcsim.search.gate import Refutation
from tcsim.search.model import CircuitModel
from tcsim.search.threshold import threshold_gate

if TYPE_CHECKING:
    from tcsim.analysis.table import Function
    from tcsim.circuit import Circuit

INPUT_LIMIT = 6
"""Most inputs of a function; 4 are a matter of seconds, more may take long."""


@dataclass(frozen=True)
class Step:
    """One question.

    Attributes:
        size: is there a circuit of this many gates,
        depth: of at most this depth?
        exists: None where that was not found out in time.
        seconds: how long it took.
        refutation: for one gate: the certificate that there is none.
    """

    size: int
    depth: int
    exists: bool | None
    seconds: float
    refutation: Refutation | None = None


@dataclass(frozen=True)
class Synthesis:
    """What a search for a circuit found.

    Attributes:
        circuit: the best that was found, checked on all vectors by the reference engine.
        is_least: whether everything below it was proven impossible: by the certificate for one
            gate, by the solver's search for more.
        steps: the questions, in order.
    """

    circuit: Circuit | None
    is_least: bool
    steps: tuple[Step, ...]


def smallest(
    function: Function,
    output: int | str = 0,
    *,
    depth: int = 2,
    max_size: int = 8,
    time_limit: float | None = 60.0,
) -> Synthesis:
    """The circuit of fewest threshold gates that has at most the given depth.

    Gates may read inputs and earlier gates, with any integer weights. Sizes are tried from below.

    Args:
        function: a circuit of at most 6 inputs, or a truth table of 2**n values.
        output: which output of a circuit, by number or name.
        depth: most levels.
        max_size: the largest number of gates to try.
        time_limit: seconds for all questions together; None for none.

    Raises:
        ArgumentError: no such output, what is no truth table, or a bound that is not positive.
        LimitError: more than 6 inputs.
        MissingExtraError: OR-tools is not installed; one gate is decided without.

    Example:
        >>> found = smallest([0, 1, 1, 0, 1, 0, 0, 1])  # the parity of three inputs
        >>> found.circuit.size, found.circuit.depth, found.is_least
        (2, 2, True)
    """
    _up_to(depth, "depth")
    questions = [(size, min(depth, size)) for size in _up_to(max_size, "max_size")]
    return _search(function, output, questions, time_limit)


def shallowest(
    function: Function,
    output: int | str = 0,
    *,
    size: int,
    time_limit: float | None = 60.0,
) -> Synthesis:
    """The circuit of least depth that has at most the given number of threshold gates.

    Args:
        function: as `smallest`.
        output: likewise.
        size: most gates.
        time_limit: seconds for all questions together; None for none.

    Raises:
        ArgumentError, LimitError, MissingExtraError: as `smallest`.

    Example:
        >>> found = shallowest([0, 1, 1, 0], size=3)
        >>> found.circuit.depth, found.is_least
        (2, True)
    """
    questions = [(1 if depth == 1 else size, depth) for depth in _up_to(size, "size")]
    return _search(function, output, questions, time_limit)


def _up_to(most: int, what: str) -> range:
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise ArgumentError(f"{what} must be a positive integer, not {most!r}")
    return range(1, most + 1)


def _search(
    function: Function,
    output: int | str,
    questions: list[tuple[int, int]],
    time_limit: float | None,
) -> Synthesis:
    if time_limit is not None and not (isinstance(time_limit, int | float) and time_limit >= 0):
        raise ArgumentError(f"time_limit is {time_limit!r}: seconds, or None for no limit")
    values = truth_values(function, output, most=INPUT_LIMIT).tolist()
    n = len(values).bit_length() - 1
    if (free := _without_gates(values, n)) is not None:
        return Synthesis(_checked(free, values), is_least=True, steps=())
    deadline = float("inf") if time_limit is None else time.monotonic() + time_limit
    steps: list[Step] = []
    for size, levels in questions:
        begin = time.monotonic()
        exists, circuit, refutation = _ask(values, size, levels, deadline)
        steps.append(Step(size, levels, exists, time.monotonic() - begin, refutation))
        if circuit is not None:
            least = all(step.exists is False for step in steps[:-1])
            return Synthesis(_checked(circuit, values), least, tuple(steps))
    return Synthesis(None, is_least=False, steps=tuple(steps))


def _ask(
    values: list[int], size: int, depth: int, deadline: float
) -> tuple[bool | None, Circuit | None, Refutation | None]:
    if depth == 1:
        gate = threshold_gate(values)
        if isinstance(gate, Refutation):
            return False, None, gate
        return True, gate.circuit(), None
    found, circuit = CircuitModel(values, size, depth).solve(deadline - time.monotonic())
    return found, circuit, None


def _without_gates(values: list[int], n: int) -> Circuit | None:
    """A constant or an input is an output as it is."""
    b = Builder()
    x = b.inputs("x", n)
    if len(set(values)) == 1:
        b.output("y", b.constant(values[0]))
        return b.build()
    for i in range(n):
        if all(bit == row >> i & 1 for row, bit in enumerate(values)):
            b.output("y", x[i])
            return b.build()
    return None


def _checked(circuit: Circuit, values: list[int]) -> Circuit:
    n = circuit.n_inputs
    rows = np.arange(1 << n)[:, None] >> np.arange(n) & 1
    if circuit(rows, engine="reference")[:, 0].tolist() != values:
        raise TcsimError("the solver's circuit computes another function: please report this")
    return circuit
