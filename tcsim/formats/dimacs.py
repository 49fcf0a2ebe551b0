"""DIMACS CNF: AND and OR gates as their clauses, other gates through two-input gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim import lowering
from tcsim.errors import LimitError
from tcsim.formats.opb import assertions, variable_map
from tcsim.formats.signals import comparison, constant_of, gate_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.circuit import Circuit
    from tcsim.formats.signals import Comparison

MOST_CLAUSES = 20_000_000
"""Most clauses that are written."""


def write_dimacs(circuit: Circuit, *, asserted: Mapping[str, int] | None = None) -> bytes:
    """Write clauses that tie every gate to its operands (Tseitin's encoding).

    Variable k is wire k - 1: inputs first, then gates; comments give their names. Higher variables
    are those of the adders and comparisons that weighted gates become. Every assignment of the
    inputs has exactly one extension that satisfies the clauses of the gates.

    Args:
        circuit: any circuit.
        asserted: {output name: 0 or 1} for outputs that must have this value.

    Returns:
        The file. Its models are the runs of the circuit with the asserted outputs.

    Raises:
        ArgumentError: an asserted output does not exist.
        LimitError: the clauses would be too many.
    """
    clauses = _Clauses(circuit.n_inputs + circuit.size)
    for wire, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        clauses.gate(wire + 1, comparison(terms, threshold))
    for wire, value in assertions(circuit, asserted):
        constant = constant_of(wire)
        if constant is None:
            clauses.add(wire + 1 if value else -wire - 1)
        elif constant != value:
            clauses.add()  # the empty clause: nothing satisfies it
    lines = [*variable_map(circuit, "c ", "")]
    lines.append(f"p cnf {clauses.variables} {len(clauses.lines)}")
    return "\n".join([*lines, *clauses.lines, ""]).encode("ascii")


class _Clauses:
    """Clauses over variables; makes two-input gates for `tcsim.lowering` out of literals."""

    def __init__(self, variables: int) -> None:
        self.variables = variables
        self.lines: list[str] = []
        self._levels: dict[int, int] = {}

    def add(self, *literals: int) -> None:
        """One clause."""
        if len(self.lines) >= MOST_CLAUSES:
            raise LimitError(f"more than {MOST_CLAUSES:,} clauses; OPB takes two lines a gate")
        self.lines.append(" ".join(map(str, (*literals, 0))))

    def gate(self, y: int, gate: Comparison) -> None:
        """The clauses of ``y = gate``."""
        literals = [-wire - 1 if inverted else wire + 1 for wire, inverted in gate.literals]
        if gate.kind == "constant":
            self.add(y if gate.value else -y)
        elif gate.kind == "and":
            self._conjunction(y, literals)
        elif gate.kind == "or":
            self._conjunction(-y, [-each for each in literals])
        else:
            terms = list(zip(literals, gate.weights, strict=True))
            self._conjunction(y, [lowering.threshold(self, terms, gate.limit)])

    def _conjunction(self, y: int, literals: list[int]) -> None:
        for each in literals:
            self.add(-y, each)
        self.add(y, *(-each for each in literals))

    # Two-input gates over literals ---------------------------------------------------------------

    def level(self, a: int) -> int:
        """Level of a literal among the auxiliary gates."""
        return self._levels.get(abs(a), 0)

    def conjunction(self, a: int, b: int) -> int:
        """AND of two literals: a new variable."""
        self.variables += 1
        self._levels[self.variables] = 1 + max(self.level(a), self.level(b))
        self._conjunction(self.variables, [a, b])
        return self.variables

    def disjunction(self, a: int, b: int) -> int:
        """OR of two literals, by De Morgan."""
        return -self.conjunction(-a, -b)

    def negation(self, a: int) -> int:
        """NOT of a literal: no clause."""
        return -a
