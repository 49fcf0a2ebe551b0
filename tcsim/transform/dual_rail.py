"""Dual rail: negations pushed to the inputs, and circuits in the monotone and majority bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.builder import Builder
from tcsim.measure.majority import DualRail, dual_rail
from tcsim.transform.rebuild import Copy, compare

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.expressions import Signal


def to_majority_basis(circuit: Circuit) -> Circuit:
    """The circuit in the basis AND, OR, NOT, MAJ of Definition D.1 of the paper.

    NOTs stand on inputs alone; a gate is doubled only where both polarities are read; every other
    gate is an AND or OR of its operands, or a MAJ whose weights are numbers of parallel wires (the
    constants that pad it are part of its threshold).

    Args:
        circuit: any circuit.

    Returns:
        A circuit whose size and depth are those that `tcsim.measure.majority` reports as ``size``
        and ``depth`` (strict), level by level.
    """
    return _Rails(circuit, negated_inputs=False).result()


def to_monotone(circuit: Circuit) -> Circuit:
    """The dual-rail circuit: all weights positive, over the inputs and their complements.

    Args:
        circuit: any circuit.

    Returns:
        A monotone circuit. Behind the inputs stand the complements that are read, named
        ``"not NAME"``; with them set accordingly, the outputs are those of the given circuit. Its
        depth is the literal depth that `tcsim.measure.majority` reports, its size the size less
        the NOT gates. An output that is the complement of an input is that new input itself.
    """
    return _Rails(circuit, negated_inputs=True).result()


class _Rails:
    """Both polarities of each wire, made as they are needed."""

    def __init__(self, circuit: Circuit, *, negated_inputs: bool) -> None:
        self.copy = Copy(circuit, Builder(share=False, fold=False))
        self.copy.add_inputs()
        self.rail: DualRail = dual_rail(circuit)
        self.complement: dict[int, Signal] = {}
        builder = self.copy.builder
        for wire, name in enumerate(circuit.input_names):
            if self.rail.inverted_inputs[wire]:
                self.complement[wire] = (
                    builder.input(f"not {name}")
                    if negated_inputs
                    else builder.gate(~self.copy.signals[wire])
                )

    def result(self) -> Circuit:
        """The finished circuit."""
        self.copy.add_gates(self._make)
        return self.copy.finish()

    def _make(self, gate: int) -> Signal:
        """Make the polarities of a gate that are read; returns the positive one."""
        wire = self.copy.circuit.n_inputs + gate
        rails: list[Signal] = [self.copy.builder.constant(0)] * 2  # what nobody reads
        for polarity in (0, 1):
            if self.rail.copies[gate, polarity]:
                rails[polarity] = self._polarity(gate, polarity)
            elif self.rail.single[gate]:
                rails[polarity] = self._not_gate(gate, polarity)
        self.complement[wire] = rails[1]
        return rails[0]

    def _polarity(self, gate: int, polarity: int) -> Signal:
        form = int(self.copy.circuit.gate_form[gate])
        limit = int(self.rail.limit[gate, polarity])
        literals = [] if self.rail.constant[gate] else self._literals(gate, polarity)
        total, least = int(self.rail.total[form]), int(self.rail.least[form])
        if literals and limit > total - least:
            literals, limit = [(signal, 1) for signal, _ in literals], len(literals)
        elif literals and limit <= least:
            literals, limit = [(signal, 1) for signal, _ in literals], 1
        elif not literals:
            limit = 0 if limit <= 0 else 1
        return self.copy.builder.gate(compare(literals, limit))

    def _literals(self, gate: int, polarity: int) -> list[tuple[Signal, int]]:
        literals = []
        for wire, weight in self.copy.terms(gate):
            if weight:
                inverted = (weight < 0) != bool(polarity)
                source = self.complement if inverted else self.copy.signals
                literals.append((source[wire], abs(weight)))
        return literals

    def _not_gate(self, gate: int, polarity: int) -> Signal:
        """A polarity that is the complement of an input: no gate of its own."""
        ((wire, weight),) = [(w, v) for w, v in self.copy.terms(gate) if v]
        inverted = (weight < 0) != bool(polarity)
        source = self.complement if inverted else self.copy.signals
        return source.get(wire, self.copy.builder.constant(0))
