"""Circuits of bounded fan-in: AND/OR/NOT, NAND alone, NOR alone (TC^i inside NC^(i+1)).

Each gate of the majority basis becomes a tree (AND, OR) or a carry-save adder and a comparison
(`tcsim.lowering`), so a gate of fan-in n costs O(log n) levels beside the length of its weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim import lowering
from tcsim.errors import ArgumentError
from tcsim.measure.majority import dual_rail
from tcsim.transform.rebuild import Copy, compare

if TYPE_CHECKING:
    from tcsim.builder import Builder
    from tcsim.circuit import Circuit
    from tcsim.expressions import Wire


def bounded_fanin(circuit: Circuit, k: int = 2) -> Circuit:
    """The circuit in the basis of AND and OR of at most k operands, and NOT.

    Args:
        circuit: any circuit.
        k: largest fan-in, at least 2. Adders have gates of two whatever k is.

    Returns:
        A circuit with the measures that `tcsim.measure.bounded_fanin` predicts, level by level.

    Raises:
        ArgumentError: k is no integer of at least 2.
    """
    if not isinstance(k, int) or isinstance(k, bool) or k < 2:
        raise ArgumentError(f"k must be an integer of at least 2, not {k!r}")
    return _translate(circuit, AndOrNot, k)


def to_nand(circuit: Circuit) -> Circuit:
    """The circuit in two-input NAND gates: NOT is one of them, AND two, OR three.

    Returns:
        A circuit with the measures that `tcsim.measure.nand` predicts, level by level.
    """
    return _translate(circuit, Nand)


def to_nor(circuit: Circuit) -> Circuit:
    """The circuit in two-input NOR gates: NOT is one of them, OR two, AND three.

    Returns:
        A circuit with the measures that `tcsim.measure.nor` predicts, level by level.
    """
    return _translate(circuit, Nor)


class AndOrNot:
    """Makes AND, OR and NOT gates in a Builder."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.levels: dict[Wire, int] = {}

    def level(self, a: Wire) -> int:
        """Level of a wire."""
        return self.levels.get(a, 0)

    def conjunction(self, *wires: Wire) -> Wire:
        """AND of wires."""
        return self.gate([(wire, 1) for wire in wires], len(wires))

    def disjunction(self, *wires: Wire) -> Wire:
        """OR of wires."""
        return self.gate([(wire, 1) for wire in wires], 1)

    def negation(self, a: Wire) -> Wire:
        """NOT of a wire."""
        return self.gate([(a, -1)], 0)

    def buffer(self, a: Wire) -> Wire:
        """A gate of one operand."""
        return self.gate([(a, 1)], 1)

    def constant(self, value: int) -> Wire:
        """A gate of no operand."""
        return self.gate([], 1 - value)

    def gate(self, terms: list[tuple[Wire, int]], threshold: int) -> Wire:
        """A threshold gate, literally."""
        wire = self.builder.gate(compare(list(terms), threshold))
        self.levels[wire] = 1 + max((self.level(operand) for operand, _ in terms), default=0)
        return wire


class Nand(AndOrNot):
    """Makes NAND gates."""

    def joined(self, a: Wire, b: Wire) -> Wire:
        """NAND of two wires."""
        return self.gate([(a, -1), (b, -1)], -1)

    def conjunction(self, *wires: Wire) -> Wire:
        """AND of two wires: a NAND and a NOT."""
        return self.negation(self.joined(*wires))

    def disjunction(self, *wires: Wire) -> Wire:
        """OR of two wires: the NAND of two NOTs."""
        return self.joined(*map(self.negation, wires))

    def buffer(self, a: Wire) -> Wire:
        """Two NOTs."""
        return self.negation(self.negation(a))


class Nor(Nand):
    """Makes NOR gates: AND and OR change places."""

    def joined(self, a: Wire, b: Wire) -> Wire:
        """NOR of two wires."""
        return self.gate([(a, -1), (b, -1)], 0)

    def conjunction(self, *wires: Wire) -> Wire:
        """AND of two wires: the NOR of two NOTs."""
        return Nand.disjunction(self, *wires)

    def disjunction(self, *wires: Wire) -> Wire:
        """OR of two wires: a NOR and a NOT."""
        return Nand.conjunction(self, *wires)


def _translate(circuit: Circuit, basis: type[AndOrNot], fan_in: int = 2) -> Circuit:
    rail, n = dual_rail(circuit), circuit.n_inputs
    copy = Copy(circuit)
    copy.add_inputs()
    gates = basis(copy.builder)
    rails: dict[int, Wire] = {}  # wire * 2 + polarity
    for wire in range(n):
        rails[2 * wire] = copy.signals[wire]  # type: ignore[assignment]
        if rail.inverted_inputs[wire]:
            rails[2 * wire + 1] = gates.negation(rails[2 * wire])

    def literals(gate: int, polarity: int) -> list[tuple[Wire, int]]:
        return [
            (rails[2 * wire + ((weight < 0) != bool(polarity))], abs(weight))
            for wire, weight in copy.terms(gate)
            if weight
        ]

    def make(gate: int) -> Wire:
        for polarity in (0, 1):
            here = 2 * (n + gate) + polarity
            needed = bool(rail.copies[gate, polarity])
            limit = int(rail.limit[gate, polarity])
            if rail.constant[gate]:
                if needed:
                    rails[here] = gates.constant(int(limit <= 0))
            elif needed and rail.single[gate]:
                rails[here] = gates.buffer(literals(gate, polarity)[0][0])
            elif needed:
                rails[here] = lowering.threshold(gates, literals(gate, polarity), limit, fan_in)
            elif rail.single[gate]:  # the NOT gate of an input, or a polarity that nobody reads
                (wire, weight), *_ = ((w, v) for w, v in copy.terms(gate) if v)
                source = 2 * wire + ((weight < 0) != bool(polarity))
                if source in rails:
                    rails[here] = rails[source]
        return rails.get(2 * (n + gate), copy.builder.constant(0))

    copy.add_gates(make)
    return copy.finish()
