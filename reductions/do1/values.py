"""Value functions and policies that are only good within a factor, down to the worst that are.

A value function V is good within epsilon if epsilon V* <= V <= V* in every state. The forced choice
must stand every such V: so the ones here spend the freedom between the bounds as they like.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from reductions.codec import shown
from reductions.do1.game import CHAIN, CIRCUIT, Action, Pick, optimal_action, optimal_value
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.do1.game import Game, Policy, Side, State

Value: TypeAlias = Callable[["Game", "State"], Fraction]
"""A value function: what a state is thought to be worth."""


def factor(epsilon: object) -> Fraction:
    """An exact epsilon above 0, at most 1.

    Raises:
        ArgumentError: it is none.
    """
    if not isinstance(epsilon, Fraction) or not 0 < epsilon <= 1:
        raise ArgumentError(
            f"epsilon must be a Fraction above 0 and at most 1, not {shown(epsilon)}"
        )
    return epsilon


def exact_value(game: Game, state: State) -> Fraction:
    """V* itself."""
    return Fraction(optimal_value(game, state))


def random_value(epsilon: Fraction, seed: int) -> Value:
    """In each state another factor between epsilon and 1, often one of the ends."""
    epsilon = factor(epsilon)

    def value(game: Game, state: State) -> Fraction:
        chosen = tuple(sorted(state.chosen))
        random = Random(f"{seed} {game.chain} {state.step} {state.side} {chosen}")
        share = random.choice((0, 0, 1, 1, Fraction(random.randrange(101), 100)))
        return optimal_value(game, state) * (epsilon + (1 - epsilon) * share)

    return value


def choosing_value(epsilon: Fraction, wishes: Callable[[int], Side]) -> Value:
    """One that prefers, at each length of the chain, the side it is told to, as far as it may.

    Args:
        epsilon: how good it must be.
        wishes: length of the chain to the side to prefer.
    """
    epsilon = factor(epsilon)

    def value(game: Game, state: State) -> Fraction:
        best = Fraction(optimal_value(game, state))
        return best if state.side in {None, wishes(game.chain)} else epsilon * best

    return value


def allowed_sides(depth: int, chain: int, epsilon: Fraction) -> tuple[Side, ...]:
    """Which sides an agent may pick first, and still get epsilon of the best reward.

    Args:
        depth: d_1, at least 1.
        chain: length of the chain.
        epsilon: how good it must be.
    """
    least = epsilon * max(depth, chain)
    both: tuple[tuple[Side, int], ...] = ((CIRCUIT, depth), (CHAIN, chain))
    return tuple(side for side, reward in both if reward >= least)


def choosing_policy(epsilon: Fraction, wishes: Callable[[int], Side]) -> Policy:
    """One that picks the side it is told to, where that is still good enough; then it plays well.

    It always gets epsilon of the best reward.
    """
    epsilon = factor(epsilon)

    def policy(game: Game, state: State) -> Action:
        if state.side is not None:
            return optimal_action(game, state)
        side = wishes(game.chain)
        if side not in allowed_sides(game.depth_of_ones, game.chain, epsilon):
            side = CHAIN if side == CIRCUIT else CIRCUIT
        if side == CHAIN:
            return Pick(CHAIN, game.chain - 1)
        return Pick(CIRCUIT, game.deepest_one)

    return policy
