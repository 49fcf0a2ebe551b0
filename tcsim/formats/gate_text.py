"""Two-input gates as text: how writers of AND/OR/NOT formats spell a gate that is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim import lowering
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.formats.signals import Comparison

MOST_GATES = 5_000_000
"""Most two-input gates that a writer spells out."""


class TextGates:
    """Two-input gates whose wires are the names of signals; `tcsim.lowering` builds with it.

    Args:
        emit: writes a gate.
        new: chooses the name of a gate.
    """

    def __init__(self, emit: Callable[[str, list[str], str], None], new: Callable[[], str]) -> None:
        self._emit = emit
        self._new = new
        self._levels: dict[str, int] = {}
        self._negations: dict[str, str] = {}
        self._made = 0

    def level(self, a: str) -> int:
        """Level of a signal among the gates written here; 0 for any other."""
        return self._levels.get(a, 0)

    def conjunction(self, a: str, b: str) -> str:
        """AND of two signals."""
        return self._gate("and", [a, b])

    def disjunction(self, a: str, b: str) -> str:
        """OR of two signals."""
        return self._gate("or", [a, b])

    def negation(self, a: str) -> str:
        """NOT of a signal; one gate, however often it is asked for."""
        if a not in self._negations:
            self._negations[a] = self._gate("not", [a])
        return self._negations[a]

    def literal(self, name: str, *, inverted: bool) -> str:
        """A signal or its negation."""
        return self.negation(name) if inverted else name

    def threshold(self, gate: Comparison, wires: list[str]) -> str:
        """The signal of a whole threshold gate, out of adders and a comparison."""
        terms = [
            (self.literal(wires[wire], inverted=inverted), weight)
            for (wire, inverted), weight in zip(gate.literals, gate.weights, strict=True)
        ]
        return lowering.threshold(self, terms, gate.limit)

    def _gate(self, kind: str, operands: list[str]) -> str:
        self._made += 1
        if self._made > MOST_GATES:
            raise LimitError(
                f"the weighted gates become more than {MOST_GATES:,} two-input gates: "
                "write a format that holds threshold gates, .tc or .th"
            )
        name = self._new()
        self._emit(kind, operands, name)
        self._levels[name] = 1 + max(self.level(each) for each in operands)
        return name
