"""The two-alternative forced choice: an agent's first actions, turned into an estimate of d_1.

See Theorem G.2 of the paper. The circuit plays against chains of several lengths, all at once.
Where an agent that is good within epsilon ceases to prefer the circuit, there d_1 must be. All of
this is parallel; so a parallel agent would give a parallel algorithm for d_1 within a factor, and
there is none unless TC = P.

The paper numbers the chains in two ways that do not fit together: see `as_printed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from reductions.codec import shown
from reductions.do1.game import CHAIN, CIRCUIT, START, Game, Pick
from reductions.do1.values import factor
from reductions.do1.zero import any_gate_is_one, first_layer_is_one
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reductions.do1.game import Policy
    from reductions.do1.values import Value
    from reductions.problems.alternating_circuits import Alternating
    from reductions.problems.do1_gap import DepthGap


@dataclass(frozen=True)
class Estimate:
    """What is known of d_1.

    Attributes:
        d: d': the longest chain that lost; the number of gates if all did; 1 if none did; 0 if no
            gate is 1.
        epsilon: how good the agent is.
        low: d_1 is at least this.
        high: d_1 is at most this, and less unless `closed`.
        closed: whether d_1 may be `high`.
        wins: of each chain, whether the circuit was preferred.
        evaluations: how often the agent was asked.
    """

    d: int
    epsilon: Fraction
    low: Fraction
    high: Fraction
    closed: bool
    wins: tuple[bool, ...]
    evaluations: int

    @property
    def value(self) -> Fraction:
        """Epsilon d': at most d_1, and with chains 1, 2, 4, ... at least (epsilon^2 / 2) d_1."""
        return self.epsilon * self.d

    def __contains__(self, depth: object) -> bool:
        if not isinstance(depth, (int, Fraction)):
            return False
        return self.low <= depth and (depth < self.high or (self.closed and depth == self.high))

    def __str__(self) -> str:
        end = "]" if self.closed else ")"
        return f"d_1 in [{self.low}, {self.high}{end}, by {self.evaluations} evaluations"


def powers_of_two(gates: int) -> tuple[int, ...]:
    """1, 2, 4, ..., up to the first that is at least the number of gates."""
    return tuple(1 << place for place in range((gates - 1).bit_length() + 1))


def by_values(
    circuit: Alternating,
    value: Value,
    epsilon: Fraction,
    lengths: Sequence[int] | None = None,
) -> Estimate:
    """d_1 from a value function.

    The circuit wins against a chain if the state after picking one of its gates is worth as much as
    the state after picking the first gate of the chain.

    Args:
        circuit: any.
        value: good within epsilon: ``epsilon V* <= V <= V*``.
        epsilon: a Fraction above 0, at most 1.
        lengths: of the chains, increasing; powers of two unless given.

    Returns:
        The estimate; the interval holds for every such value function.

    Raises:
        ArgumentError: an argument is none of these.

    Example:
        >>> from reductions import problem
        >>> from reductions.do1.values import exact_value
        >>> print(by_values(problem("alternating_cvp").ladder(3), exact_value, Fraction(1)))
        d_1 in [4, 8), by 65 evaluations
    """

    def wins(game: Game) -> bool:
        best = max(
            value(game, game.after(START, Pick(CIRCUIT, gate))) for gate in range(game.gates)
        )
        return value(game, game.after(START, Pick(CHAIN, 0))) <= best

    gates = circuit.circuit.size
    return _estimate(circuit, wins, epsilon, lengths, asked=gates + 1, closed=False)


def by_policy(
    circuit: Alternating,
    policy: Policy,
    epsilon: Fraction,
    lengths: Sequence[int] | None = None,
) -> Estimate:
    """d_1 from first actions.

    Args:
        circuit: any.
        policy: gets at least epsilon times the best reward, in every game.
        epsilon: a Fraction above 0, at most 1.
        lengths: of the chains, increasing; powers of two unless given.

    Returns:
        The estimate; the interval holds for every such policy.

    Raises:
        ArgumentError: an argument is none of these.
    """

    def wins(game: Game) -> bool:
        return _first_side(game, policy) == CIRCUIT

    return _estimate(circuit, wins, epsilon, lengths, asked=1, closed=True)


def _first_side(game: Game, policy: Policy) -> str:
    action = policy(game, START)
    if action is None or not game.allows(START, action):
        raise ArgumentError(f"the policy begins with {shown(action)}, which is not legal")
    return action.side


def _estimate(
    circuit: Alternating,
    wins: Callable[[Game], bool],
    epsilon: Fraction,
    lengths: Sequence[int] | None,
    *,
    asked: int,
    closed: bool,
) -> Estimate:
    epsilon = factor(epsilon)
    gates = circuit.circuit.size
    if not any_gate_is_one(circuit):
        nothing = Fraction(0)
        return Estimate(0, epsilon, nothing, nothing, closed=True, wins=(), evaluations=0)
    chains = powers_of_two(gates) if lengths is None else tuple(lengths)
    if not chains or list(chains) != sorted({*chains}):
        raise ArgumentError(f"lengths must be increasing, and at least one, not {shown(chains)}")
    game = Game(circuit, chains[0])
    results = []
    for chain in chains:
        game = game.against(chain)
        results.append(wins(game))
    evaluations = asked * len(chains)
    won = [place for place, result in enumerate(results) if result]
    if not won:
        d, low, high = 1, Fraction(1), chains[0] / epsilon
    elif won[-1] == len(chains) - 1:
        d, low, high = gates, epsilon * chains[-1], Fraction(gates)
        closed = True
    else:
        d = chains[won[-1]]
        low, high = epsilon * d, chains[won[-1] + 1] / epsilon
    return Estimate(d, epsilon, low, high, closed, tuple(results), evaluations)


Reading = Literal["literal", "repaired"]


def as_printed(circuit: Alternating, value: Value, reading: Reading = "literal") -> int:
    """The d' of the paper's text, word for word or with its index repaired.

    The text takes chains of length 2^l, the smallest l at which the circuit wins, and d' = 2^(m-l);
    if the circuit wins at l = 0 it takes the number of gates, if it never wins 1. Against the chain
    of length 1 the circuit wins whenever d_1 is at least 1 and V is exact, so that d' is the number
    of gates whatever d_1 is. With chains of length 2^(m-l) all sentences fit, and d' is that of
    `by_values`. The test for d_1 = 0 is that of the first layer, as printed: see `zero`.

    Args:
        circuit: any.
        value: a value function.
        reading: chains of length 2^l (literal) or 2^(m-l) (repaired).

    Raises:
        ArgumentError: another reading.
    """
    if reading not in {"literal", "repaired"}:
        raise ArgumentError(f"reading must be literal or repaired, not {shown(reading)}")
    if not first_layer_is_one(circuit):
        return 0
    game = Game(circuit, 1)
    lengths = powers_of_two(game.gates)
    for place in range(len(lengths)):
        game = game.against(lengths[place if reading == "literal" else -1 - place])
        states = (game.after(START, Pick(CIRCUIT, gate)) for gate in range(game.gates))
        best = max(value(game, state) for state in states)
        if value(game, game.after(START, Pick(CHAIN, 0))) <= best:
            return game.gates if place == 0 else lengths[-1 - place]
    return 1


def gap_for(epsilon: Fraction) -> Fraction:
    """The gap that an estimate by an agent good within epsilon decides: epsilon^2 / 2."""
    return factor(epsilon) ** 2 / 2


def decide_by_estimate(gap: DepthGap, estimate: Estimate) -> bool:
    """Whether d_1 is at least N, from an estimate: it is if `low` is at least the lower end.

    Args:
        gap: an instance that keeps its promise, with a gap of at most `gap_for` the agent.
        estimate: of its circuit, with chains 1, 2, 4, ...

    Raises:
        ArgumentError: the gap is too narrow for the agent.
    """
    if gap.epsilon > gap_for(estimate.epsilon):
        raise ArgumentError(
            f"a gap of {gap.epsilon} is too narrow for an agent good within {estimate.epsilon}; "
            f"it decides gaps of at most {gap_for(estimate.epsilon)}"
        )
    return estimate.low >= gap.epsilon * gap.threshold


def decide_by_one_choice(gap: DepthGap, policy: Policy, epsilon: Fraction) -> bool:
    """Whether d_1 is at least N, from one first action: against a chain that lies in the gap.

    With a chain of k gates, where gap N <= epsilon k and k < epsilon N, an agent that is good
    within epsilon must pick the chain if d_1 < gap N, and the circuit if d_1 >= N. Where gap N is
    at most 1, d_1 = 0 is the question, and nobody is asked.

    Args:
        gap: an instance that keeps its promise.
        policy: gets at least epsilon times the best reward.
        epsilon: a Fraction above 0, at most 1.

    Raises:
        ArgumentError: no chain lies in the gap.
    """
    epsilon = factor(epsilon)
    if gap.epsilon * gap.threshold <= 1:
        return any_gate_is_one(gap.circuit)
    lower = gap.epsilon * gap.threshold / epsilon
    chain = -(-lower.numerator // lower.denominator)
    if chain >= epsilon * gap.threshold:
        raise ArgumentError(
            f"no chain lies in the gap of {gap.epsilon} below {gap.threshold} for an agent good "
            f"within {epsilon}"
        )
    return _first_side(Game(gap.circuit, chain), policy) == CIRCUIT
