"""Strict alternating CVP to DO1 with a gap: pairs of gates above the output copy its value upwards.

Two gates of each level read both gates of the level before: so fan-in and fan-out stay 2, where a
chain of single gates would need a constant at each AND.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.circuit_value import depth as depth_of
from reductions.problems.circuit_value import wire_values
from reductions.problems.do1_gap import Claim, require_epsilon
from reductions.problems.gate_kinds import AND, OR
from reductions.problems.strict_alternating import (
    FRESH,
    STRICT_ALTERNATING,
    StrictAlternating,
    of_rows,
)
from reductions.problems.strict_do1_gap import STRICT_DO1_GAP, StrictDepthGap
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered import strict_gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size

ONES = 4
"""Inputs that are added: two for each of the gates u and u' of value 1."""


def pairs(gates: int, epsilon: Fraction) -> int:
    """The least even number of pairs L with epsilon (L + 1) > gates; even: the last are ORs."""
    least = gates * epsilon.denominator // epsilon.numerator
    return least + least % 2


def with_pairs(source: StrictAlternating, length: int, epsilon: Fraction) -> StrictDepthGap:
    """So many pairs of gates above the output."""
    n, m = len(source.values), source.circuit.size
    kind = np.concatenate(
        (source.gates.kind, (OR, OR), np.repeat(np.arange(length) % 2 * (OR - AND) + AND, 2))
    )
    operands = np.empty((m + 2 + 2 * length, 2), np.int64)
    before = source.gates.operands[:, :2]
    operands[:m] = before + ONES * (before >= n)
    operands[m : m + 2] = (n, n + 1), (n + 2, n + 3)
    first = n + ONES + m
    output = source.output + ONES
    operands[m + 2 : m + 4] = (output, first), (output, first + 1)
    # Two gates read the same two: those of the pair before, of which pair 1 stands behind u and u'.
    operands[m + 4 :] = np.repeat(first + 2 + np.arange(2 * length - 2).reshape(-1, 2), 2, axis=0)
    circuit = StrictAlternating.of_gates(
        source.values + bytes((1,)) * ONES, kind, operands, first + 1 + 2 * length
    )
    return StrictDepthGap(circuit, length + 1, epsilon)


def back(source: StrictAlternating, _: Mapped[StrictDepthGap], claim: Claim) -> str:
    """A gate of depth N is in a pair, and claims lead from there down to the output."""
    return claim[1][: source.circuit.size]


def holds(source: StrictAlternating, mapped: Mapped[StrictDepthGap]) -> bool:
    """Whether the circuit is unchanged and both gates of every pair have the output's value."""
    n, m = len(source.values), source.circuit.size
    before, after = wire_values(source), wire_values(mapped.instance.circuit)
    same = before == after[:n] + after[n + ONES : n + ONES + m]
    return same and set(after[n + ONES + m + 2 :]) == {before[source.output]}


def rule(epsilon: Fraction) -> Reduction[StrictAlternating, str, StrictDepthGap, Claim]:
    """The reduction with a gap of this factor.

    Args:
        epsilon: a Fraction in (0, 1).

    Raises:
        ArgumentError: it is none.
    """
    p, q = require_epsilon(epsilon).numerator, epsilon.denominator

    def forward(source: StrictAlternating) -> Mapped[StrictDepthGap]:
        n, m = len(source.values), source.circuit.size
        length = pairs(m, epsilon)
        origin = np.concatenate(
            (
                np.arange(n),
                np.full(ONES, NONE),
                n + np.arange(m),
                np.full(2, NONE),
                np.full(2 * length, source.output),
            )
        )
        return Mapped(with_pairs(source, length, epsilon), Provenance("wire", "wire", origin))

    def formulas(
        inputs: Size, gates: Size, edges: Size, depth: Size, **_: Size
    ) -> Mapping[str, Size]:
        import sympy

        length = 2 * sympy.floor((sympy.floor(gates * q / sympy.Integer(p)) + 1) / 2)
        return {
            "inputs": inputs + ONES,
            "gates": gates + 2 + 2 * length,
            "edges": edges + 4 + 4 * length,
            "depth": at_most(depth + length),
            "threshold": length + 1,
        }

    def steps() -> Iterator[tuple[str, bool]]:
        # p (L + 1) - q m is larger by 2 p where m is larger by 2 p: so 2 p cases show it for all m.
        for m in range(1, 2 * p + 1):
            length = pairs(m, epsilon)
            enough = p * (length + 1) > q * m and length % 2 == 0
            yield f"epsilon (L + 1) > m for m = {m} (mod {2 * p})", enough
        for value in (0, 1):
            source = of_rows([(OR, FRESH, FRESH)], bytes((0, value)))
            yield f"pairs over {value}, ANDs and then ORs", holds(source, forward(source))

    def second(source: StrictAlternating) -> StrictDepthGap:
        """Fewer pairs, by the depth in place of the number of gates."""
        return with_pairs(source, pairs(depth_of(source), epsilon), epsilon)

    return Reduction(
        name="strict_alternating_cvp_strict_do1_gap",
        source=STRICT_ALTERNATING,
        target=STRICT_DO1_GAP,
        summary=f"L pairs of gates above the output, L + 1 > m / epsilon; epsilon = {epsilon}.",
        forward=forward,
        formulas=formulas,
        resources="AC0",
        why="both gates of a pair read the pair before; L is a division by a constant",
        reference="paper, Theorem G.1 and its remark; Kirousis and Spirakis 1988",
        back=back,
        invariant=Invariant("both gates of all pairs have the output's value", holds, steps),
        metered=strict_gap(epsilon),
        second=second,
    )


RULE = rule(Fraction(1, 2))
