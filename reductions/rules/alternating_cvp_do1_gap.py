"""Alternating CVP to DO1 with a gap: a chain above the output is 1 as a whole, or 0 as a whole.

The chain stands above the output, not below the inputs: so the gap grows with the whole circuit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.alternating_circuits import ALTERNATING, Alternating
from reductions.problems.circuit_value import depth as depth_of
from reductions.problems.circuit_value import wire_values
from reductions.problems.do1_gap import DO1_GAP, Claim, DepthGap, require_epsilon
from reductions.problems.gate_kinds import BUFFER
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered import gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def chain_length(gates: int, epsilon: Fraction) -> int:
    """The least L with epsilon L > gates."""
    return gates * epsilon.denominator // epsilon.numerator + 1


def with_chain(source: Alternating, length: int, epsilon: Fraction) -> DepthGap:
    """A chain of so many gates of one operand above the output."""
    n, m = len(source.values), source.circuit.size
    kind = np.concatenate((source.gates.kind, np.full(length, BUFFER)))
    operands = np.full((m + length, 3), -1, np.int64)
    operands[:m] = source.gates.operands
    operands[m, 0] = source.output
    operands[m + 1 :, 0] = n + m + np.arange(length - 1)
    circuit = Alternating.of_gates(source.values, kind, operands, n + m + length - 1)
    return DepthGap(circuit, length, epsilon)


def back(source: Alternating, _: Mapped[DepthGap], claim: Claim) -> str:
    """A gate of depth N is in the chain, and claims lead from there down to the output."""
    return claim[1][: source.circuit.size]


def holds(source: Alternating, mapped: Mapped[DepthGap]) -> bool:
    """Whether the circuit is unchanged and every gate of the chain has the output's value."""
    before, after = wire_values(source), wire_values(mapped.instance.circuit)
    return after[: len(before)] == before and set(after[len(before) :]) == {before[source.output]}


def rule(epsilon: Fraction) -> Reduction[Alternating, str, DepthGap, Claim]:
    """The reduction with a gap of this factor.

    Args:
        epsilon: a Fraction in (0, 1).

    Raises:
        ArgumentError: it is none.
    """
    p, q = require_epsilon(epsilon).numerator, epsilon.denominator

    def forward(source: Alternating) -> Mapped[DepthGap]:
        n, m = len(source.values), source.circuit.size
        length = chain_length(m, epsilon)
        origin = np.concatenate((np.arange(n + m), np.full(length, source.output)))
        return Mapped(with_chain(source, length, epsilon), Provenance("wire", "wire", origin))

    def formulas(
        inputs: Size, gates: Size, edges: Size, depth: Size, **_: Size
    ) -> Mapping[str, Size]:
        import sympy

        length = sympy.floor(gates * q / sympy.Integer(p)) + 1
        return {
            "inputs": inputs,
            "gates": gates + length,
            "edges": edges + length,
            "depth": at_most(depth + length),
            "threshold": length,
        }

    def steps() -> Iterator[tuple[str, bool]]:
        # p L - q m depends on m modulo p alone, so p cases show it for every m.
        for m in range(p):
            yield f"epsilon L > m for m = {m} (mod {p})", p * chain_length(m, epsilon) > q * m
        for value in (0, 1):
            one = Alternating.of_gates(bytes((value,)), np.array([BUFFER]), np.array([[0]]), 1)
            yield f"a gate of one operand of value {value}", wire_values(one)[1] == value

    def second(source: Alternating) -> DepthGap:
        """A shorter chain, by the depth in place of the number of gates."""
        return with_chain(source, chain_length(depth_of(source), epsilon), epsilon)

    return Reduction(
        name="alternating_cvp_do1_gap",
        source=ALTERNATING,
        target=DO1_GAP,
        summary=f"A chain of L > m / epsilon gates above the output; epsilon = {epsilon}.",
        forward=forward,
        formulas=formulas,
        resources="AC0",
        why="gate m + i of the chain reads the one before it; L is a division by a constant",
        reference="paper, Theorem G.1 and its remark; Kirousis and Spirakis 1988",
        back=back,
        invariant=Invariant("all gates of the chain have the value of the output", holds, steps),
        metered=gap(epsilon),
        second=second,
    )


RULE = rule(Fraction(1, 2))
