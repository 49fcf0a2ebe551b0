"""Simplify: constant gates, one-input gates, duplicates, dead gates; and what each cause saves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.builder import Builder
from tcsim.expressions import Negation, Signal, Wire
from tcsim.measure import tails
from tcsim.transform.rebuild import Copy

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


@dataclass(frozen=True)
class Savings:
    """Gates that simplifying removes, by cause; they add up to the difference in size.

    Attributes:
        constant: gates whose value is the same whatever the inputs (seen from one gate alone).
        one_input: gates that are an input of theirs, or its complement.
        duplicate: gates equal to an earlier one.
        dead: gates that no output depends on, once the others are gone.
        depth: by how much the depth falls.
    """

    constant: int
    one_input: int
    duplicate: int
    dead: int
    depth: int

    @property
    def gates(self) -> int:
        """All gates saved."""
        return self.constant + self.one_input + self.duplicate + self.dead


def simplify(circuit: Circuit) -> Circuit:
    """The circuit without gates that do nothing; the function of every output stays.

    Constants are propagated, one-input gates become their input (readers absorb a complement),
    equal gates get one copy, and gates that reach no output go. Inputs and outputs stay.

    Args:
        circuit: any circuit.

    Returns:
        A circuit that is not deeper and not larger, except that an output which turns out to be an
        inverted input costs a NOT gate.
    """
    return simplification(circuit)[0]


def simplification(circuit: Circuit) -> tuple[Circuit, Savings]:
    """`simplify`, and what it saves by cause."""
    folded, causes = _fold(circuit)
    alive = np.flatnonzero(tails(folded) >= 0)
    copy = Copy(folded)
    copy.add_inputs()
    copy.add_gates(gates=alive.tolist())
    result = copy.finish()
    # A NOT gate that folding adds for an inverted output counts against the one-input gates.
    dead = folded.size - result.size
    one_input = circuit.size - folded.size - causes["constant"] - causes["duplicate"]
    savings = Savings(
        constant=causes["constant"],
        one_input=one_input,
        duplicate=causes["duplicate"],
        dead=dead,
        depth=circuit.depth - result.depth,
    )
    return result, savings


def _fold(circuit: Circuit) -> tuple[Circuit, Counter[str]]:
    """Fold and share in one pass; counts gates by what became of them."""
    builder = Builder(share=True, fold=True)
    copy = Copy(circuit, builder)
    copy.add_inputs()
    causes: Counter[str] = Counter()

    def make(gate: int) -> Signal:
        before = len(builder)
        signal = copy.same_gate(gate)
        if len(builder) == before:
            base = signal.base if isinstance(signal, Negation) else signal
            assert isinstance(base, Wire)  # noqa: S101 - materialize gives wires
            if base.is_constant:
                causes["constant"] += 1
            elif signal in made:
                causes["duplicate"] += 1
        else:
            made.add(signal)
        return signal

    made: set[Signal] = set()
    copy.add_gates(make)
    return copy.finish(), causes
