"""Assembly: gates over literals, appended one after the other, with negation absorbed in weights.

A literal is a number: 0 and 1 are the constants, ``2*(w+1)`` is wire w and ``2*(w+1) + 1`` its
negation, so that ``literal ^ 1`` is the negation of any literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import FALSE
from tcsim.integers import from_list
from tcsim.inversion import settle_outputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.circuit import Circuit


class Assembly:
    """Gates in the order in which they are made; nothing is shared or folded.

    Args:
        input_names: names of the inputs, in order.
    """

    def __init__(self, input_names: Sequence[str]) -> None:
        self.input_names = input_names
        self.names: dict[int, str] = {}  # of gates
        self._start = [0]
        self._operand: list[int] = []
        self._weight: list[int] = []
        self._form: list[int] = []
        self._threshold: list[int] = []

    def __len__(self) -> int:
        """Number of gates made so far."""
        return len(self._form)

    def input(self, number: int) -> int:
        """The literal of an input."""
        return 2 * (number + 1)

    def gate_of(self, literal: int) -> int | None:
        """The gate whose own value a literal is; None for anything else."""
        number = (literal >> 1) - 1 - len(self.input_names)
        return number if number >= 0 and not literal & 1 else None

    def gate(self, terms: Iterable[tuple[int, int]], threshold: int) -> int:
        """The literal of a new gate: fires iff ``sum weight * literal >= threshold``.

        Args:
            terms: (literal, weight); those of one wire are added up, constants absorbed.
            threshold: an integer of any size.
        """
        form, constant = self.form(terms)
        return self.compare(form, threshold - constant)

    def form(self, terms: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """Store a form: its number, and the constant that is not stored."""
        total: dict[int, int] = {}
        constant = 0
        for literal, weight in terms:
            if literal & 1:
                constant += weight
                weight = -weight  # noqa: PLW2901 - of the wire, not of its negation
            wire = (literal >> 1) - 1
            if wire >= 0:
                total[wire] = total.get(wire, 0) + weight
        for wire in sorted(total):
            self._operand.append(wire)
            self._weight.append(total[wire])
        self._start.append(len(self._operand))
        return len(self._start) - 2, constant

    def compare(self, form: int, threshold: int) -> int:
        """The literal of a new gate that compares a stored form."""
        self._form.append(form)
        self._threshold.append(threshold)
        return 2 * (len(self.input_names) + len(self._form))

    def conjunction(self, literals: Sequence[int], *, inverted: bool = False) -> int:
        """One AND gate, or one NAND gate."""
        return self._count(literals, len(literals), inverted=inverted)

    def disjunction(self, literals: Sequence[int], *, inverted: bool = False) -> int:
        """One OR gate, or one NOR gate."""
        return self._count(literals, 1, inverted=inverted)

    def _count(self, literals: Sequence[int], at_least: int, *, inverted: bool) -> int:
        sign = -1 if inverted else 1
        threshold = 1 - at_least if inverted else at_least
        return self.gate([(literal, sign) for literal in literals], threshold)

    def parity(self, literals: Sequence[int], *, inverted: bool = False) -> int:
        """XOR (or XNOR) of n literals in floor(n/2) + 1 gates, at depth 2 from two literals on.

        ``s - 2 * (number of even k in 2..n with s >= k)`` is the parity of the sum s.
        """
        form, constant = self.form([(literal, 1) for literal in literals])
        even = [self.compare(form, k - constant) for k in range(2, len(literals) + 1, 2)]
        terms = [(literal, 1) for literal in literals] + [(literal, -2) for literal in even]
        if inverted:
            return self.gate([(literal, -weight) for literal, weight in terms], 0)
        return self.gate(terms, 1)

    def build(self, outputs: Mapping[str, int]) -> Circuit:
        """The circuit with these literals as outputs.

        An inverted output complements its gate, which then loses its name; where both polarities of
        a wire are outputs, or an input is output inverted, a NOT gate is added.
        """
        literals = np.array(list(outputs.values()), np.int64)
        constant = literals < 2
        wires = np.where(constant, FALSE + literals, (literals >> 1) - 1)
        return settle_outputs(
            (literals & 1).astype(bool) & ~constant,
            input_names=list(self.input_names),
            form_start=np.array(self._start, np.int64),
            form_operand=np.array(self._operand, np.int64),
            form_weight=from_list(self._weight),
            gate_form=np.array(self._form, np.int64),
            gate_threshold=from_list(self._threshold),
            output_wire=wires,
            output_names=list(outputs),
            gate_scope=np.zeros(len(self._form), np.int64),
            gate_names=self.names,
        )
