"""Monotone CVP to a game: at an OR the first player chooses an operand, at an AND the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.gate_kinds import AND
from reductions.problems.reachability_game import REACHABILITY_GAME, Game, winning
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import forcing_sets, over_one_gate
from reductions.rules.programs.metered_rules import game

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Monotone) -> Mapped[Game]:
    """Wires are positions. Nobody can move at an input: it belongs to the player who loses there.

    So an input of value 1 belongs to the second player, as an AND does.
    """
    operands = source.gates.operands[:, :2].tolist()
    moves = [(a,) if b < 0 else (a, b) for a, b in operands]
    owners = source.values + (source.gates.kind == AND).astype(np.uint8).tobytes()
    result = Game(owners, (*[()] * len(source.values), *moves), source.output)
    return Mapped(result, Provenance("position", "wire", np.arange(len(owners))))


def back(source: Monotone, mapped: Mapped[Game], strategy: tuple[int, ...]) -> str:
    """The gates that plays with this strategy visit are claimed to be 1; of others nothing."""
    one = mapped.instance
    visited, todo = {one.start}, [one.start]
    while todo:
        node = todo.pop()
        after = set(one.successors[node]) if one.owners[node] else {strategy[node]}
        todo += after - visited
        visited |= after
    n = len(source.values)
    return "".join("1" if n + g in visited else "-" for g in range(source.circuit.size))


def formulas(inputs: Size, gates: Size, edges: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"positions": inputs + gates, "moves": edges}


def holds(source: Monotone, mapped: Mapped[Game]) -> bool:
    """Whether the first player wins from the wires of value 1 and from no other."""
    return winning(mapped.instance) == {w for w, value in enumerate(wire_values(source)) if value}


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(Monotone, forward, holds)


def second(source: Monotone) -> Game:
    """At a gate the second player names a set that could keep it 0; the first, one of that set."""
    n, m = len(source.values), source.circuit.size
    moves: list[tuple[int, ...]] = [()] * n
    sets: list[tuple[int, ...]] = []
    for terms, threshold in source.rows:
        start = n + m + len(sets)
        blocking = forcing_sets(terms, threshold, 0)
        moves.append(tuple(range(start, start + len(blocking))))
        sets += [tuple(wire for wire, _ in pairs) for pairs in blocking]
    owners = source.values + b"\1" * m + bytes(len(sets))
    return Game(owners, (*moves, *sets), source.output)


RULE: Reduction[Monotone, str, Game, tuple[int, ...]] = Reduction(
    name="monotone_cvp_reachability_game",
    source=MONOTONE,
    target=REACHABILITY_GAME,
    summary="Moves lead from a gate to an operand, which the first player chooses at an OR, the "
    "second at an AND; at an input the player to move loses, the second if it is 1.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each position and its moves are read off one gate or input",
    reference="Jones and Laaser 1976, Complete problems for deterministic polynomial time (GAME)",
    back=back,
    invariant=Invariant(
        "the first player wins from the wires of value 1 and from no other", holds, steps
    ),
    metered=game(),
    second=second,
)
