"""What an agent loses that cannot know d_1, with and without a coin: exact rationals.

After the first action the game is easy, even in parallel: `climb` adds, step by step, a gate that
the chosen gates force to be 1, each step of constant depth, and so finds d_1 within H steps. All
that is hard is the choice of the side. Let n be the gates of the circuit, k the chain, and
H = max(k, n). A rule that looks at n and k alone, once d_1 = 0 is ruled out, is as good as any
parallel deterministic one can be in the worst case, unless TC = P:

* `half` loses at most H / 2; no parallel deterministic policy loses less than (1/2 - o(1)) H.
* `root` gets at least r* / sqrt(H); none gets more than r* H^(-1/2 + o(1)).

Coins do better: `fair` expects at least r* / 2, and `biased` expects to lose at most H / 4. That is
no contradiction, because the lower bounds are those of deterministic policies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from reductions.codec import integer
from reductions.do1.game import CHAIN, CIRCUIT, PASS, START, Pick
from reductions.do1.zero import forced_ones
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.do1.game import Action, Game, Policy, Side, State

Rule: TypeAlias = Callable[[int, int], Fraction]
"""(gates n, chain k) to the probability of picking the chain, where d_1 is known to be above 0."""

ALWAYS, NEVER = Fraction(1), Fraction(0)


def half(gates: int, chain: int) -> Fraction:
    """The chain if it is at least half as long as the circuit has gates."""
    return ALWAYS if 2 * chain >= gates else NEVER


def root(gates: int, chain: int) -> Fraction:
    """The chain if its square is at least the number of gates."""
    return ALWAYS if chain * chain >= gates else NEVER


def fair(gates: int, chain: int) -> Fraction:  # noqa: ARG001 - a rule
    """A fair coin."""
    return Fraction(1, 2)


def biased(gates: int, chain: int) -> Fraction:
    """The chain with probability k / n."""
    return min(ALWAYS, Fraction(chain, gates))


@dataclass(frozen=True)
class Stakes:
    """All that the worth of the first choice depends on.

    Args:
        gates: n, at least 1.
        chain: k, at least 1.
        depth: d_1, between 0 and n.

    Raises:
        ArgumentError: an argument is none of these.

    Example:
        >>> one = Stakes(gates=100, chain=50, depth=100)
        >>> one.regret(half), one.regret(biased), one.ratio(fair)
        (Fraction(50, 1), Fraction(25, 1), Fraction(3, 4))
    """

    gates: int
    chain: int
    depth: int

    def __post_init__(self) -> None:
        integer(self.gates, "gates", 1)
        integer(self.chain, "chain", 1)
        integer(self.depth, "depth", 0, self.gates)

    @classmethod
    def of(cls, game: Game) -> Stakes:
        """Those of a game.

        Raises:
            ArgumentError: its circuit has no gates.
        """
        return cls(game.gates, game.chain, game.depth_of_ones)

    @property
    def horizon(self) -> int:
        """H."""
        return max(self.gates, self.chain)

    @property
    def best(self) -> int:
        """r*, the reward of best play."""
        return max(self.depth, self.chain)

    def expected(self, rule: Rule) -> Fraction:
        """The expected reward of a rule, with good play afterwards. At d_1 = 0: of the chain."""
        if self.depth == 0:
            return Fraction(self.chain)
        share = rule(self.gates, self.chain)
        return share * self.chain + (1 - share) * self.depth

    def regret(self, rule: Rule) -> Fraction:
        """How much less than the best a rule expects."""
        return self.best - self.expected(rule)

    def ratio(self, rule: Rule) -> Fraction:
        """The share of the best that a rule expects."""
        return self.expected(rule) / self.best


def worst_regret(rule: Rule, gates: int) -> Fraction:
    """The largest regret / H over all chains and depths, by trying them.

    Example:
        >>> [worst_regret(rule, 60) for rule in (half, biased, fair)]
        [Fraction(1, 2), Fraction(1, 4), Fraction(119, 240)]
    """
    return max(one.regret(rule) / one.horizon for one in _all_stakes(gates))


def worst_ratio(rule: Rule, gates: int) -> Fraction:
    """The least reward / r* over all chains and depths, by trying them.

    Example:
        >>> [worst_ratio(rule, 64) for rule in (root, fair, half)]
        [Fraction(1, 8), Fraction(129, 256), Fraction(1, 31)]
    """
    return min(one.ratio(rule) for one in _all_stakes(gates))


def _all_stakes(gates: int) -> list[Stakes]:
    # A chain longer than the circuit is the best choice, whatever d_1 is, and all the rules take it
    # but the fair coin, which a chain of 2 n gates shows at its worst closely enough.
    return [
        Stakes(gates, chain, depth)
        for chain in range(1, 2 * gates + 1)
        for depth in range(gates + 1)
    ]


def side_of_a_pair(yes: Stakes, no: Stakes) -> tuple[Side, Fraction]:
    """The best that one and the same first choice can do in two games, and what it loses.

    A policy that cannot tell the games apart makes the same choice in both.

    Args:
        yes: stakes of the one.
        no: stakes of the other, with as many gates and as long a chain.

    Returns:
        The side, and the larger of the two regrets over H.

    Raises:
        ArgumentError: they differ in gates or chain.

    Example:
        >>> side_of_a_pair(Stakes(1100, 500, 1001), Stakes(1100, 500, 100))
        ('circuit', Fraction(4, 11))
    """
    if (yes.gates, yes.chain) != (no.gates, no.chain):
        raise ArgumentError("the two games must have as many gates and as long a chain")
    loss: dict[Side, Fraction] = {}
    for side, share in ((CIRCUIT, NEVER), (CHAIN, ALWAYS)):
        # Of the circuit d_1 is what it pays, also where that is 0.
        paid = (share * one.chain + (1 - share) * one.depth for one in (yes, no))
        loss[side] = max(
            (one.best - reward) / one.horizon for one, reward in zip((yes, no), paid, strict=True)
        )
    side = min(loss, key=lambda side: loss[side])
    return side, loss[side]


def climb(game: Game, state: State) -> Action:
    """In the circuit: any gate that is forced to be 1. It never picks the chain at the start.

    It ends with d_1, because within as many steps as there are gates it has picked every gate of
    value 1. Each step is of constant depth: the serial part is the game itself.

    Raises:
        ArgumentError: it must begin, and no gate is 1.
    """
    if state.side == CHAIN:
        last = game.chain - 1
        return PASS if last in state.chosen else Pick(CHAIN, last)
    free = [g for g in forced_ones(game.circuit, state.chosen) if g not in state.chosen]
    if free:
        return Pick(CIRCUIT, free[0])
    if state == START:
        raise ArgumentError("no gate of the circuit is 1: pick the chain")
    return PASS


def by_rule(rule: Rule, coin: Fraction = Fraction(1, 2)) -> Policy:
    """The policy of a rule: first the side, then `climb`, or the last gate of the chain.

    Args:
        rule: any.
        coin: between 0 and 1: the chain is picked if it is below the rule's probability. By chance
            it would be drawn anew for each episode.
    """

    def policy(game: Game, state: State) -> Action:
        if state != START:
            return climb(game, state)
        if not forced_ones(game.circuit, frozenset()) or coin < rule(game.gates, game.chain):
            return Pick(CHAIN, game.chain - 1)
        return climb(game, state)

    return policy
