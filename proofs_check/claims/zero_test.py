"""Appendix G: is any gate 1, and what monotone alternating circuits do."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from proofs_check.checks import check
from proofs_check.claims.circuits import CLASSICAL, MIXED, circuit, drawn, shown, unmixed
from proofs_check.methods import every, holds_on
from proofs_check.outcome import Outcome, exhausted, refuted
from reductions import problem
from reductions.do1.game import START, Game, play
from reductions.do1.regret import climb
from reductions.do1.zero import any_gate_is_one, first_layer_is_one
from reductions.problems.circuit_value import wire_values
from reductions.problems.do1_gap import depth_of_ones
from reductions.problems.gate_kinds import BUFFER, OR

if TYPE_CHECKING:
    from reductions.problems.alternating_circuits import Alternating


@check("exhaustive", repairs={"where no gate mixes inputs and gates": {"mixed": False}})
def first_layer_test(*, mixed: bool = True) -> Outcome:
    """If all gates of depth 1 are 0, no gate is 1: on two stored circuits, then on small ones."""
    cases = [MIXED, CLASSICAL, *problem("alternating_cvp").every(3)]
    cases = [one for one in cases if mixed or unmixed(one)]
    wrong = [one for one in cases if first_layer_is_one(one) != (depth_of_ones(one) > 0)]
    if wrong:
        return refuted(
            f"the first layer is 0, and a gate of depth {depth_of_ones(wrong[0])} is 1",
            shown(wrong[0]),
            with_inputs_into_or_gates_only=[shown(one) for one in wrong if one is CLASSICAL],
            wrong=len(wrong),
            of=len(cases),
            recheck="first layer",
        )
    count = len(cases)
    return exhausted("the test is right", problem("alternating_cvp").scope(3), count)


def _test(one: Alternating, *, kind: str) -> bool:
    if kind == "printed":
        return first_layer_is_one(one)
    if kind == "inputs":
        return any(one.values)
    if kind == "all":
        return all(one.values)
    return any_gate_is_one(one)


FLIPS = {
    "gates of the first layer": {"kind": "printed"},
    "an input is 1": {"kind": "inputs"},
    "all inputs are 1": {"kind": "all"},
}


@check("exhaustive", flips=FLIPS)
def zero_test(*, kind: str = "") -> Outcome:
    """Some gate is 1 iff one is 1 when all gates that it reads count as 0: all small circuits."""
    return every(
        problem("alternating_cvp").every(3),
        lambda one: _test(one, kind=kind) == (depth_of_ones(one) > 0),
        "the test is right",
        problem("alternating_cvp").scope(3),
        show=shown,
    )


@check("property", flips=FLIPS)
def zero_test_on_larger(*, kind: str = "") -> Outcome:
    """The same, on random circuits of up to 10 gates."""
    return holds_on(
        drawn(),
        lambda one: _test(one, kind=kind) == (depth_of_ones(one) > 0),
        "the test is right",
        count=300,
        show=shown,
    )


@check(
    "property",
    flips={"antitone": {"larger": 0}, "strictly": {"strict": True}},
)
def monotone(*, larger: int = 1, strict: bool = False) -> Outcome:
    """Where inputs grow, the value of every gate and d_1 grow or stay."""
    from reductions.problems.alternating_circuits import Alternating as Circuit

    def holds(one: Alternating) -> bool:
        before, depth = wire_values(one), depth_of_ones(one)
        for place, bit in enumerate(one.values):
            if bit == larger:
                continue
            values = bytes([*one.values[:place], larger, *one.values[place + 1 :]])
            other = Circuit(one.circuit, values)
            grown = all(a <= b for a, b in zip(before, wire_values(other), strict=True))
            if not grown or depth_of_ones(other) < depth + strict:
                return False
        return True

    says = "values of gates and d_1 grow with the inputs"
    return holds_on(drawn(), holds, says, show=shown)


@check("property", flips={"one more": {"more": 1}, "two steps fewer": {"steps": 1}})
def climbing_finds_depth(*, more: int = 0, steps: int = 0) -> Outcome:
    """Adding, step by step, a gate that is forced to be 1 ends with reward d_1."""

    def holds(one: Alternating) -> bool:
        game = Game(one, 1)
        if depth_of_ones(one) == 0:
            return True
        if steps:
            state = game.after(START, climb(game, START))
            return game.worth(state) == depth_of_ones(one)
        return play(game, climb) == depth_of_ones(one) + more

    return holds_on(drawn(), holds, "it pays d_1", show=shown)


@check("exhaustive", flips={"from depth 0": {"first": 0}, "input 0": {"bit": 0}})
def chain_depths(*, first: int = 1, bit: int = 1) -> Outcome:
    """A chain OR -> AND -> OR ... on input 1 has gates of depths 1, 2, 3, ... that are all 1."""

    def holds(k: int) -> bool:
        # Wire 1 is an input 0 that makes ORs of two wires; an AND reads its wire alone.
        rows = [(BUFFER, g + 1) if g % 2 else (OR, 1, g + 1) for g in range(1, k)]
        game = Game(circuit(f"{bit}0", (OR, 0, 1), *rows), 1)
        return list(game.depths) == list(range(first, first + k)) and all(game.values)

    return every(range(1, 40), holds, "depths 1 .. k, all 1", "k to 39")


@check("exhaustive", flips={"it is OR": {"of": "or"}, "a tie gives 1": {"of": "tie"}})
def strict_majority(*, of: str = "and") -> Outcome:
    """A strict majority of one or two inputs is their AND."""
    from tcsim.library import get

    functions: dict[str, Any] = {
        "and": all,
        "or": any,
        "tie": lambda bits: 2 * sum(bits) >= len(bits),
    }

    def holds(bits: tuple[int, ...]) -> bool:
        made = get("majority").circuit(n=len(bits))
        return bool(made(np.array([bits], np.uint8))[0, 0]) == bool(functions[of](bits))

    cases = (bits for n in (1, 2) for bits in product((0, 1), repeat=n))
    return every(cases, holds, "it is AND", "1 and 2 inputs")
