"""Clockwise machines: Turing machines on a circular tape whose head moves in one direction alone.

A step replaces the symbol under the head by one or two symbols, and moves on: the tape is a queue.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reductions.codec import integer
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from tcsim.uniformity.turing import TuringMachine

State = tuple[str, ...]
"""Of the machines that `clockwise` makes: what it does, a state of the Turing machine, symbols."""

END, MARK = "#", "!"
"""Between the last and the first cell of a Turing machine's tape; where its head was."""


@dataclass(frozen=True)
class ClockwiseMachine:
    """A clockwise machine.

    Args:
        delta: {(state, symbol): (state, the one or two symbols written)}; where there is no row it
            halts.
        start: the first state.

    Raises:
        ArgumentError: a row writes nothing, or more than two symbols.
    """

    delta: Mapping[tuple[State, str], tuple[State, tuple[str, ...]]]
    start: State

    def __post_init__(self) -> None:
        for key, (_, written) in self.delta.items():
            if len(written) not in (1, 2):
                raise ArgumentError(f"row {key} writes {len(written)} symbols, not 1 or 2")

    def run(self, tape: Iterable[str], steps: int) -> tuple[State, tuple[str, ...], int]:
        """Run it.

        Args:
            tape: the circular tape from the head on, at least one symbol.
            steps: most steps.

        Returns:
            The state, the tape from the head on, and the number of steps it made.

        Raises:
            ArgumentError: the tape is empty, or `steps` is negative.
        """
        cells, state = deque(tape), self.start
        if not cells:
            raise ArgumentError("a circular tape has at least one symbol")
        for number in range(integer(steps, "steps", 0)):
            row = self.delta.get((state, cells[0]))
            if row is None:
                return state, tuple(cells), number
            cells.popleft()
            state = row[0]
            cells.extend(row[1])
        return state, tuple(cells), steps


def clockwise(machine: TuringMachine) -> ClockwiseMachine:
    """The clockwise machine that does what a Turing machine does.

    Its tape holds the Turing machine's, from the head to the last cell, `END`, and the cells before
    the head. A move to the right is a step. For a move to the left the tape is turned by one cell:
    once around, each symbol is written one place later, until `MARK` comes by. Where the head is
    behind the last cell it stands on `END`, which reads as a blank and is written again behind it.
    So a step of a machine on c cells takes at most c + 2 steps. It halts in ``("halt", state)``.

    Raises:
        ArgumentError: the machine's alphabet has `END` or `MARK`.
    """
    if {END, MARK} & set(machine.alphabet):
        raise ArgumentError(f"the symbols {END} and {MARK} are needed for the circular tape")
    delta: dict[tuple[State, str], tuple[State, tuple[str, ...]]] = {}
    symbols = (*machine.alphabet, END)
    for q in machine.states:
        if q in machine.halting:
            continue
        for a in symbols:
            delta[("at", q), a] = _moved(machine, q, a)
            if a != END:  # turn on, to END: the head is behind the last cell
                delta[("end", q), a] = ("end", q), (a,)
        delta[("end", q), END] = _moved(machine, q, END)
        for c in symbols:
            for a in symbols:
                delta[("left", q, c), a] = ("left", q, a), (c,)
            # c is the symbol that the head now is on, unless there is none to the left.
            delta[("left", q, c), MARK] = (("at", q), (END,)) if c == END else _moved(machine, q, c)
            delta[("left", q, c, END), MARK] = ("at", q), (c, END)
            for a in symbols:
                delta[("left", q, c, END), a] = ("left", q, a), (c, END)
    return ClockwiseMachine(delta, ("at", machine.start))


def _moved(machine: TuringMachine, q: str, a: str) -> tuple[State, tuple[str, ...]]:
    """The row of state q over a symbol, or over `END`: a blank behind the last cell."""
    behind = (END,) if a == END else ()
    seen: set[Hashable] = set()
    symbol = machine.blank if a == END else a
    move = 0
    while move == 0 and q not in machine.halting and (q, symbol) not in seen:
        seen.add((q, symbol))
        q, symbol, move = machine.delta[q, symbol]
    if q in machine.halting:
        return ("halt", q), (symbol, *behind)
    if move == 0:
        return ("stays", q), (symbol, *behind)  # for ever: no row leads on
    if move > 0:
        return ("end" if behind else "at", q), (symbol, *behind)
    return ("left", q, symbol, *behind), (MARK,)
