"""A deterministic Turing machine of one tape, as plain data, and what it does step by step."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOVES = (-1, 0, 1)
"""Left, stay, right."""


@dataclass(frozen=True)
class Outcome:
    """Where a machine is after some steps.

    Attributes:
        state: its state.
        head: the cell that it reads, from 0.
        tape: symbols of the cells that are not blank, and of those before them.
        steps: how many it took; fewer than it was allowed where it halted.
        halted: whether it is in its accepting or rejecting state.
    """

    state: str
    head: int
    tape: tuple[str, ...]
    steps: int
    halted: bool


@dataclass(frozen=True, eq=False)
class TuringMachine:
    """A deterministic machine; its tape begins at cell 0 and has no end.

    It starts in cell 0 with a word of ``0`` and ``1`` on the tape and blanks behind it. To the left
    of cell 0 it stays in cell 0. In `accept` and `reject` it halts.

    Args:
        name: what reports call it.
        states: their names.
        alphabet: symbols, ``"0"`` and ``"1"`` among them.
        delta: {(state, symbol): (next state, symbol written, move)}, for every state in which it
            does not halt and every symbol; a move is -1 (left), 0 (stay) or 1 (right).
        start: state.
        accept: state.
        reject: state.
        blank: symbol.

    Raises:
        ArgumentError: a state or symbol is not there or there twice, or delta is not such a table.
    """

    name: str
    states: tuple[str, ...]
    alphabet: tuple[str, ...]
    delta: Mapping[tuple[str, str], tuple[str, str, int]]
    start: str
    accept: str
    reject: str
    blank: str = "_"

    def __post_init__(self) -> None:
        for field in ("states", "alphabet"):
            names = tuple(getattr(self, field))
            twice = [name for place, name in enumerate(names) if name in names[:place]]
            if twice or not all(isinstance(name, str) for name in names):
                raise ArgumentError(f"{self.name}: {field} must be names, each once, not {names!r}")
            object.__setattr__(self, field, names)
        for field in ("start", "accept", "reject"):
            self._known(getattr(self, field), self.states, f"{field}: state")
        for symbol in (self.blank, "0", "1"):
            self._known(symbol, self.alphabet, "symbol")
        if self.accept == self.reject or self.blank in {"0", "1"}:
            raise ArgumentError(f"{self.name}: accept and reject differ, and blank is no bit")
        rows = dict(self.delta)
        for key, row in rows.items():
            self._check_row(key, row)
        for state in self.states:
            for symbol in self.alphabet:
                if state not in self.halting and (state, symbol) not in rows:
                    raise ArgumentError(
                        f"{self.name}: delta has no row for state {state!r} and symbol {symbol!r}"
                    )
        object.__setattr__(self, "delta", MappingProxyType(rows))

    def _known(self, name: object, among: tuple[str, ...], what: str) -> None:
        if name not in among:
            raise ArgumentError(f"{self.name}: {what} {name!r} is none of {', '.join(among)}")

    def _check_row(self, key: object, row: object) -> None:
        match key, row:
            case (state, symbol), (after, written, move):
                pass
            case _:
                raise ArgumentError(
                    f"{self.name}: a row of delta is (state, symbol): (state, symbol, move), not "
                    f"{key!r}: {row!r}"
                )
        for one in (state, after):
            self._known(one, self.states, f"delta of {key!r}: state")
        for one in (symbol, written):
            self._known(one, self.alphabet, f"delta of {key!r}: symbol")
        if state in self.halting:
            raise ArgumentError(f"{self.name}: delta of {key!r}: it halts in {state!r}")
        if move not in MOVES or isinstance(move, bool):
            raise ArgumentError(f"{self.name}: delta of {key!r}: move {move!r} is none of -1, 0, 1")

    @property
    def halting(self) -> frozenset[str]:
        """The states in which it halts."""
        return frozenset({self.accept, self.reject})

    def run(self, word: str, steps: int = 100_000) -> Outcome:
        """Run it, at most so many steps.

        Raises:
            ArgumentError: the word is not made of 0 and 1.
        """
        if not isinstance(word, str) or set(word) - {"0", "1"}:
            raise ArgumentError(f"a word is made of 0 and 1, not {word!r}")
        cells = dict(enumerate(word))
        state, head, taken = self.start, 0, 0
        while taken < steps and state not in self.halting:
            state, cells[head], move = self.delta[state, cells.get(head, self.blank)]
            head = max(head + move, 0)
            taken += 1
        last = max((place for place, s in cells.items() if s != self.blank), default=-1)
        tape = tuple(cells.get(place, self.blank) for place in range(last + 1))
        return Outcome(state, head, tape, taken, state in self.halting)

    def accepts(self, word: str, steps: int = 100_000) -> bool:
        """Whether it accepts a word.

        Raises:
            ArgumentError: the word is not made of 0 and 1.
            LimitError: it takes more steps.
        """
        outcome = self.run(word, steps)
        if not outcome.halted:
            raise LimitError(
                f"{self.name} has not halted on {word[:40]!r} after {steps:,} steps; raise steps"
            )
        return outcome.state == self.accept
