"""Theorem G.2 (a): values of states, the forced choice, and the factor that it gives."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from proofs_check.checks import check
from proofs_check.claims.circuits import drawn, line, shown
from proofs_check.methods import every, holds_on
from proofs_check.outcome import Outcome, exhausted, refuted
from reductions import problem
from reductions.do1.forced_choice import as_printed, by_policy, by_values, powers_of_two
from reductions.do1.game import (
    CHAIN,
    CIRCUIT,
    START,
    Game,
    Pick,
    value_by_search,
)
from reductions.do1.values import allowed_sides, choosing_policy, exact_value, random_value
from reductions.problems.do1_gap import depth_of_ones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reductions.do1.forced_choice import Reading
    from reductions.problems.alternating_circuits import Alternating

EPSILONS = tuple(Fraction(*one) for one in ((1, 10), (1, 4), (1, 2), (9, 10), (1, 1)))


@check("exhaustive", flips={"one more": {"more": 1}, "not at 0-gates": {"zero": -1}})
def values_by_dynamic_programming(*, more: int = 0, zero: int = 0) -> Outcome:
    """After picking gate g, V* is d_1 if g is 1 and 0 if not; of a chain of k gates it is k.

    V* by its definition, the best of all episodes, in every game of small circuits.
    """
    count = 0
    for one in problem("alternating_cvp").every(2):
        for chain in (1, 2, 3):
            game = Game(one, chain)
            first = max(game.depth_of_ones, chain)
            if value_by_search(game) != first:
                return refuted("the start is worth less", shown(one), chain=chain)
            for action in game.actions(START):
                if action is None:
                    continue
                found = value_by_search(game, game.after(START, action))
                value = game.depth_of_ones if action.side == CIRCUIT else chain
                hot = action.side == CHAIN or game.values[action.gate]
                if found != (value + more if hot else zero):
                    says = f"after gate {action.gate} of the {action.side} V* is {found}"
                    return refuted(says, shown(one), chain=chain, gate=action.gate)
                count += 1
    return exhausted("V* is as said", f"{problem('alternating_cvp').scope(2)}; chains to 3", count)


@check("property", flips={"also where V is off by 1": {"error": 1}})
def values_decide_gates(*, error: int = 0) -> Outcome:
    """V within a factor of V* is above 0 exactly after gates that are 1: one value decides CVP."""
    value = random_value(Fraction(1, 50), 7)

    def holds(one: Alternating) -> bool:
        game = Game(one, 2)
        return all(
            (value(game, game.after(START, Pick(CIRCUIT, gate))) + error > 0) == bool(bit)
            for gate, bit in enumerate(game.values)
        )

    return holds_on(drawn(), holds, "V > 0 iff the gate is 1", count=150, show=shown)


@check(
    "exhaustive",
    repairs={"chains of length 2^(m - l)": {"reading": "repaired"}},
)
def switchover_as_printed(*, reading: Reading = "literal") -> Outcome:
    """d_1 is in [d', 2 d'] at epsilon = 1, with chains 2^l, the smallest l, and d' = 2^(m - l)."""
    count = 0
    for gates in (100, 33, 8, 5):
        for depth in sorted({2, 3, gates // 2, gates}):
            d = as_printed(line(gates, depth), exact_value, reading)
            if not d <= depth <= 2 * d:
                says = f"of {gates} gates d_1 = {depth}; the procedure gives {d}"
                return refuted(says, {"gates": gates, "d1": depth}, d=d, recheck="switchover")
            count += 1
    return exhausted("d_1 is in [d', 2 d']", "chains of 5 to 100 gates", count)


def _interval(
    gates: int, wins: Sequence[bool], epsilon: Fraction, *, first: bool, upper: int
) -> tuple[int, Fraction, Fraction]:
    """D' and the ends of the interval of d_1, from who won: by the theorem's text, not our code."""
    lengths = powers_of_two(gates)
    won = [length for length, win in zip(lengths, wins, strict=True) if win]
    if not won:
        return 1, epsilon, upper / epsilon
    best = min(won) if first else max(won)
    d = gates if best == lengths[-1] else best
    return d, epsilon * d, upper / epsilon * d


def _patterns(gates: int, epsilon: Fraction) -> Iterator[tuple[int, tuple[bool, ...]]]:
    """d_1, and who may win against each chain: all that a policy good within epsilon can do."""
    for depth in range(1, gates + 1):
        choices = [allowed_sides(depth, length, epsilon) for length in powers_of_two(gates)]
        for sides in product(*choices):
            yield depth, tuple(side == CIRCUIT for side in sides)


PATTERN_FLIPS: dict[str, dict[str, Any]] = {
    "the smallest chain that loses": {"first": True},
    "1 / epsilon in place of 2 / epsilon": {"upper": 1},
    "a larger factor at the lower end": {"lower": Fraction(3, 2)},
}


@check("exhaustive", flips=PATTERN_FLIPS)
def every_pattern(*, first: bool = False, upper: int = 2, lower: Fraction = Fraction(1)) -> Outcome:
    """Whoever wins, d_1 is in [epsilon d', (2 / epsilon) d']: all patterns that a policy can make.

    d' is the longest chain that lost, n if the longest of all lost, 1 if none did.
    """

    def holds(case: tuple[int, Fraction, tuple[int, tuple[bool, ...]]]) -> bool:
        gates, epsilon, (depth, wins) = case
        _, low, high = _interval(gates, wins, epsilon, first=first, upper=upper)
        return low * lower <= depth <= high

    cases = (
        (gates, epsilon, pattern)
        for epsilon in EPSILONS
        for gates in (*range(1, 11), 16, 17)
        for pattern in _patterns(gates, epsilon)
    )
    return every(
        cases,
        holds,
        "d_1 is in the interval",
        "n to 10, 16, 17; five epsilon; all d_1 and all patterns",
        show=lambda case: {"gates": case[0], "epsilon": case[1], "d1": case[2][0]},
    )


@check("exhaustive", flips={"never attained": {"attained": False}, "above": {"more": 1}})
def the_factor_is_tight(*, attained: bool = True, more: int = 0) -> Outcome:
    """d_1 / d' attains 2 / epsilon, for epsilon = 1/4, 1/2 and 1, by policies; not more."""
    found = {}
    for epsilon in (Fraction(1, 4), Fraction(1, 2), Fraction(1)):
        ratios = []
        for gates in (8, 16):
            for depth, wins in _patterns(gates, epsilon):
                d, _, _ = _interval(gates, wins, epsilon, first=False, upper=2)
                ratios.append(Fraction(depth, d))
        found[str(epsilon)] = max(ratios)
        if (max(ratios) == 2 / epsilon + more) != attained:
            return refuted(f"the largest ratio is {max(ratios)}", {"epsilon": epsilon})
    return exhausted("2 / epsilon is attained", "all patterns with 8 and 16 gates", 3, found=found)


@check("property", flips={"twice as much": {"scale": 2}, "a tenth": {"scale": Fraction(1, 10)}})
def forced_choice_on_circuits(*, scale: Fraction = Fraction(1)) -> Outcome:
    """(epsilon^2 / 2) d_1 <= epsilon d' <= d_1, by values and by first actions, in real games."""
    epsilon = Fraction(1, 2)
    value = random_value(epsilon, 3)

    def holds(one: Alternating) -> bool:
        if one.circuit.size == 0:
            return True
        depth = depth_of_ones(one)
        policy = choosing_policy(epsilon, lambda k: CIRCUIT if k % 3 == 1 else CHAIN)
        found = (by_values(one, value, epsilon), by_policy(one, policy, epsilon))
        return all(epsilon**2 / 2 * depth <= scale * estimate.value <= depth for estimate in found)

    says = "the estimate is within epsilon^2 / 2"
    return holds_on(drawn(), holds, says, count=120, show=shown)


@check("exhaustive", flips={"as printed": {"plus": 0}, "twice": {"scale": 2}})
def evaluations(*, plus: int = 1, scale: int = 1) -> Outcome:
    """The procedure asks ``(|C| + 1) (ceil(lg |C|) + 1)`` values."""

    def holds(gates: int) -> bool:
        asked = by_values(line(gates, 1), exact_value, Fraction(1)).evaluations
        return asked == scale * (gates + 1) * ((gates - 1).bit_length() + plus)

    return every(range(1, 34), holds, "so many values are asked", "|C| to 33")


@check("exhaustive", repairs={"ceil(lg n) + 1 chains": {"plus": 1}})
def evaluations_as_printed(*, plus: int = 0) -> Outcome:
    """``(n + 1) (m + 1) = (|C| + 1) ceil(lg |C|)``, where ``m = ceil(lg n)``."""
    for n in range(1, 200):
        m = (n - 1).bit_length()
        left, right = (n + 1) * (m + 1), (n + 1) * (m + plus)
        if left != right:
            says = f"at n = {n} the left side is {left}, the right side {right}"
            return refuted(says, {"n": n, "left": left, "right": right}, recheck="count of values")
    return exhausted("both sides agree", "n to 199", 199)


@check("exhaustive", flips={"as printed, with 2^l": {"at": "same"}})
def preference_at_the_switch(*, at: str = "next") -> Outcome:
    """At the longest chain that loses the circuit is preferred; at the next one the chain is."""

    def holds(case: tuple[int, int]) -> bool:
        gates, depth = case
        estimate = by_values(line(gates, depth), exact_value, Fraction(1))
        wins = estimate.wins
        last = max(place for place, win in enumerate(wins) if win)
        following = last + 1 if at == "next" else last
        return last + 1 == len(wins) or not wins[following]

    cases = ((gates, depth) for gates in range(1, 18) for depth in range(1, gates + 1))
    return every(cases, holds, "the chain is preferred at the next length", "n to 17, all d_1")


@check("exhaustive", flips={"floor": {"floor": True}, "without b": {"divide": False}})
def dividing_by_b(*, floor: bool = False, divide: bool = True) -> Outcome:
    """From d in [eps d_1, b d_1], the integer ceil(d / b) is in [(eps / b) d_1, d_1]."""

    def holds(case: tuple[int, Fraction, Fraction, Fraction]) -> bool:
        depth, epsilon, b, share = case
        d = depth * (epsilon + (b - epsilon) * share)
        q = d / b if divide else d
        whole = q.numerator // q.denominator if floor else -(-q.numerator // q.denominator)
        return epsilon / b * depth <= whole <= depth

    values = [Fraction(i, 4) for i in (1, 2, 4, 6, 12)]
    cases = (
        (depth, epsilon, b, Fraction(share, 8))
        for depth in range(30)
        for epsilon in values
        for b in values
        if epsilon < b
        for share in range(9)
    )
    return every(cases, holds, "it is within the factor", "d_1 to 29, ten pairs of factors")
