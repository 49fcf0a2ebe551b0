"""Plans made before the game begins: what they miss, if they are made in parallel.

A plan is all H actions at once; it sees the circuit and the inputs, and nothing that happens. A
*trap* is made from any circuit of AND, OR and NOT gates, of value v: two deep gates p and q, of
which p is 1 iff v is, and q iff v is not; all other gates of value 1 are shallow. So a plan that
gets more than the shallow gates (or the chain) pay contains the right one of p and q, and not the
other: whoever made it knew v. Hence deterministic plans that are made in parallel lose
(1 - o(1)) H, unless TC = P. A closed-loop policy does not: see `regret.climb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reductions.codec import integer
from reductions.do1.game import CHAIN, CIRCUIT, State, play
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.registry import rule
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reductions.do1.game import Action, Game
    from reductions.problems.circuits import AndOrNot

MOST_PLANNED = 18
"""Most gates of games whose plans are all tried."""


@dataclass(frozen=True)
class Trap:
    """A circuit with two deep gates of which one is 1.

    Attributes:
        circuit: alternating.
        p: number of the gate that is 1 iff the source is.
        q: number of the gate that is 1 iff the source is not.
        shallow: all other gates of value 1 have at most this depth.
    """

    circuit: Alternating
    p: int
    q: int
    shallow: int


def trap(source: AndOrNot, length: int) -> Trap:
    """Both rails of a circuit, and above them a chain of so many gates of value 0.

    p is the OR of the top of that chain and v, q the OR of not v and of (p AND 0).

    Args:
        source: any.
        length: N, at least 1: gates of the chain; d_1 is then more than N.

    Raises:
        ArgumentError: the length is none.
    """
    integer(length, "length", 1)
    rails = rule("cvp_monotone_cvp").run(source)
    joined = rule("monotone_cvp_alternating_cvp").run(rails.instance)
    one = joined.instance
    v, not_v = (
        int(joined.images.same[rail[source.output]])
        for rail in (rails.images.same, rails.images.complement)
    )
    n, m = len(one.values), one.circuit.size
    shift = np.where(one.gates.operands >= n, 1, 0)  # one more input, of value 0
    zero, first = n, n + 1 + m
    ends = first + length
    rows = np.full((length + 5, 3), -1, np.int64)
    rows[0, 0] = zero
    rows[1:length, 0] = first + np.arange(length - 1)
    rows[length : length + 2, 0] = v + (v >= n), not_v + (not_v >= n)
    p = ends + 2
    rows[length + 2, :2] = ends - 1, ends
    rows[length + 3, :2] = p, zero
    rows[length + 4, :2] = p + 1, ends + 1
    kinds = np.concatenate((one.gates.kind, np.full(length + 2, BUFFER), (OR, AND, OR)))
    circuit = Alternating.of_gates(
        one.values + bytes(1), kinds, np.concatenate((one.gates.operands + shift, rows)), p + 2
    )
    shallow = int(one.circuit.levels.max(initial=0)) + 1
    return Trap(circuit, p - n - 1, p + 1 - n, shallow)


def play_plan(game: Game, plan: Sequence[Action]) -> int:
    """The reward of a plan.

    Args:
        game: any.
        plan: H actions.

    Raises:
        ArgumentError: the plan is of another length, or has an action that is not legal.
    """
    if len(plan) != game.horizon:
        raise ArgumentError(f"the plan has {len(plan)} actions; the game takes {game.horizon}")
    return play(game, lambda _, state: plan[state.step])


def best_plan(games: Sequence[Game]) -> int:
    """The most that one plan gets in each of several games, by trying every plan.

    Only which gates a plan picks counts, not when.

    Args:
        games: with as many gates and as long chains.

    Raises:
        ArgumentError: there are none, or they differ in gates or chain.
        LimitError: a side has more than `MOST_PLANNED` gates.
    """
    if len({(game.gates, game.chain) for game in games}) != 1:
        raise ArgumentError("games must be given that have as many gates and as long chains")
    game = games[0]
    if game.horizon > MOST_PLANNED:
        raise LimitError(
            f"all plans over {game.horizon} gates are too many; {MOST_PLANNED} at most"
        )
    best = 0
    for side in (CIRCUIT, CHAIN):
        size = game.size(side)
        for count in range(1, size + 1):
            for gates in combinations(range(size), count):
                state = State(game.horizon, side, frozenset(gates))
                best = max(best, min(one.reward(state) for one in games))
    return best
