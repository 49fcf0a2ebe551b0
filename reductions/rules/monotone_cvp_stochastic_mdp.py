"""Monotone CVP to a Markov decision process: an OR chooses an operand, an AND tosses a coin.

The optimal value of a wire of value 1 is 1. That of a wire of value 0 at level d is at most
1 - 2^-d, and a chain of ANDs attains it: no smaller gap would be true.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.problems.circuit_value import levels, wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.decision_process import StochasticMdp, optimal_values
from reductions.problems.gate_kinds import AND
from reductions.problems.stochastic_mdp import STOCHASTIC_MDP, reached
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_rules import decision_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size

ONE, HALF = Fraction(1), Fraction(1, 2)


def forward(source: Monotone) -> Mapped[StochasticMdp]:
    """Wires are states. Inputs pay their value; 2^-m, for m gates, bounds the gap from below."""
    states: list[Any] = [Fraction(value) for value in source.values]
    kinds, operands = source.gates.kind.tolist(), source.gates.operands[:, :2].tolist()
    for kind, (a, b) in zip(kinds, operands, strict=True):
        if kind == AND:
            states.append((((a, HALF), (b, HALF)),))
        else:
            states.append(tuple(((wire, ONE),) for wire in (a, b) if wire >= 0))
    result = StochasticMdp(tuple(states), source.output, ONE, len(kinds))
    return Mapped(result, Provenance("state", "wire", np.arange(len(states))))


def back(source: Monotone, mapped: Mapped[StochasticMdp], policy: tuple[int, ...]) -> str:
    """The gates that plays may visit are claimed to be 1: no play pays less than 1."""
    visited = reached(mapped.instance, policy) or set()
    n = len(source.values)
    return "".join("1" if n + g in visited else "-" for g in range(source.circuit.size))


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "states": inputs + gates,
        "actions": ands + 2 * ors + buffers,
        "transitions": 2 * ands + 2 * ors + buffers,
        "bits": gates,
    }


def holds(source: Monotone, mapped: Mapped[StochasticMdp]) -> bool:
    """Whether values are 1 where wires are 1, else at most 1 - 2^-level."""
    facts = zip(optimal_values(mapped.instance), wire_values(source), levels(source), strict=True)
    return all(
        value == 1 if bit else value <= 1 - Fraction(1, 2**level) for value, bit, level in facts
    )


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate over inputs, and what a gate makes of gaps t and u of its operands."""
    import sympy

    yield from over_one_gate(Monotone, forward, holds)
    t, u = sympy.symbols("t u", nonnegative=True)
    coin = sympy.simplify(1 - (1 - t + 1 - u) / 2 - (t + u) / 2) == 0
    yield "a coin over gaps t and u has the gap (t + u) / 2, at least half of either", bool(coin)
    yield (
        "a choice over gaps t and t + u has the gap t",
        bool(((1 - t) - (1 - (t + u))).is_nonnegative),
    )


def second(source: Monotone) -> StochasticMdp:
    """Two sinks for all inputs, unfair coins for ANDs, and gates as rows of weights."""
    n = len(source.values)
    thirds = Fraction(1, 3), Fraction(2, 3)
    states: list[Any] = [Fraction(0), ONE]
    state = list(source.values)
    for terms, threshold in source.rows:
        after = sorted({state[wire] for wire, _ in terms})
        if threshold == len(terms) > 1 and len(after) == 2:
            states.append((tuple(zip(after, thirds, strict=True)),))
        else:
            states.append(tuple(((other, ONE),) for other in after))
        state.append(len(states) - 1)
    return StochasticMdp(tuple(states), state[source.output], ONE, 2 * (len(state) - n))


RULE: Reduction[Monotone, str, StochasticMdp, tuple[int, ...]] = Reduction(
    name="monotone_cvp_stochastic_mdp",
    source=MONOTONE,
    target=STOCHASTIC_MDP,
    summary="An OR is a choice of an operand, an AND a fair coin, and inputs pay their value. The "
    "optimal value is 1 if the output is 1, else at most 1 - 2^-depth.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each state and its actions are read off one gate or input",
    reference="after Papadimitriou and Tsitsiklis 1987, The complexity of Markov decision "
    "processes, Theorem 1",
    back=back,
    invariant=Invariant(
        "the optimal value is 1 at wires of value 1, else at most 1 - 2^-level", holds, steps
    ),
    metered=decision_process(),
    second=second,
)
