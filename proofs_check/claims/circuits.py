"""Alternating circuits that several groups of checks look at, and how evidence shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import table_of
from reductions.problems.gate_kinds import AND, BUFFER, OR

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

LETTERS = {AND: "and", OR: "or", BUFFER: "buffer"}


def circuit(values: str, *rows: tuple[int, ...]) -> Alternating:
    """A circuit from inputs such as "10" and gates (kind, wire, wire); the last is the output."""
    bits = bytes(int(bit) for bit in values)
    return Alternating.of_gates(bits, *table_of(list(rows)), len(bits) + len(rows) - 1)


def line(gates: int, depth: int) -> Alternating:
    """A chain of so many gates, of which the first `depth` are 1: d_1 is that."""
    rows = [(BUFFER, 0 if g == 0 else 1 if g == depth else g + 1) for g in range(gates)]
    return circuit("10", *rows)


MIXED = circuit("10", (AND, 0, 1), (OR, 0, 2))
"""g1 = AND(x1, x2), g2 = OR(g1, x1) at x = 10: the only gate of depth 1 is 0, and g2 is 1."""

CLASSICAL = circuit("00001", (OR, 0, 1), (OR, 2, 3), (AND, 5, 6), (OR, 4, 7))
"""The same with fan-in 2 and inputs that feed OR gates only."""


def shown(one: Alternating) -> dict[str, Any]:
    """A circuit as evidence: values of inputs, and gates [kind, wire, ...] over earlier wires."""
    rows = zip(one.gates.kind.tolist(), one.gates.operands.tolist(), strict=True)
    gates = [[LETTERS[kind], *(wire for wire in wires if wire >= 0)] for kind, wires in rows]
    return {"inputs": list(one.values), "gates": gates}


def unmixed(one: Alternating) -> bool:
    """Whether no gate reads an input beside another gate."""
    n = len(one.values)
    for wires in one.gates.operands.tolist():
        kinds = {wire < n for wire in wires if wire >= 0}
        if len(kinds) == 2:
            return False
    return True


def drawn(gates: int = 10) -> SearchStrategy[Alternating]:
    """Random ones, cheap to draw: each gate has a kind, and two places among what it may read."""
    from hypothesis import strategies as st

    place = st.integers(0, 63)
    rows = st.lists(st.tuples(st.sampled_from((AND, OR)), place, place), max_size=gates)
    return st.builds(_built, st.text("01", min_size=1, max_size=4), rows)


def _built(values: str, rows: list[tuple[int, int, int]]) -> Alternating:
    n = len(values)
    gates: list[tuple[int, ...]] = []
    for kind, a, b in rows:
        free = [
            *range(n),
            *(n + g for g, other in enumerate(rows[: len(gates)]) if other[0] != kind),
        ]
        wires = sorted({free[a % len(free)], free[b % len(free)]})
        gates.append((kind if len(wires) == 2 else BUFFER, *wires))
    return circuit(values, *gates)
