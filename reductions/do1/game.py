"""The DO1 game: a circuit against a chain, gate after gate. Its rules, and how it is played best.

See Appendix G of the paper. The agent sees an alternating circuit C with values of its inputs, and
a chain OR -> AND -> OR -> ... of k gates over the input 1. Its first action picks a gate of one of
the two; the other is then removed. Each further action picks one more gate of that side, or none.
After H = max(k, gates of C) actions the game ends. The reward is the largest depth of a gate that
was picked if all of them are 1, and 0 if one is 0.

Best play is simple to describe, because only one gate matters: the deepest gate of value 1, which
has depth d_1 in C and k in the chain. To know it is to evaluate the circuit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reductions.codec import integer, shown
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.gate_kinds import AND
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Side: TypeAlias = Literal["circuit", "chain"]
CIRCUIT: Side = "circuit"
CHAIN: Side = "chain"


class Pick(NamedTuple):
    """An action: take a gate.

    Attributes:
        side: of the gate; after the first action always the side of that one.
        gate: 0, 1, ...: gate g of the circuit is its wire (number of inputs) + g; gate g of the
            chain is its (g + 1)-th.
    """

    side: Side
    gate: int


PASS = None
"""The action that picks no gate: allowed after the first."""

Action: TypeAlias = Pick | None

MOST_SEARCHED = 10
"""Most gates of a side in games whose episodes are all searched."""


@dataclass(frozen=True)
class State:
    """Where a game stands.

    Attributes:
        step: how many actions were taken, 0 to `Game.horizon`.
        side: that was chosen; None at the start.
        chosen: gates of that side.
    """

    step: int = 0
    side: Side | None = None
    chosen: frozenset[int] = frozenset()


START = State()


@dataclass(frozen=True)
class Game:
    """One DO1 environment.

    Args:
        circuit: an alternating circuit with values of its inputs, with any number of gates.
        chain: k, at least 1: the number of gates of the chain.

    Raises:
        ArgumentError: an argument is none of these.

    Example:
        >>> import numpy as np
        >>> from reductions.problems.gate_kinds import AND
        >>> one = Alternating.of_gates(bytes((1, 1)), np.array([AND]), np.array([[0, 1]]), 2)
        >>> game = Game(one, chain=3)
        >>> game.horizon, game.depth_of_ones, optimal_value(game, START)
        (3, 1, 3)
        >>> play(game, optimal_action)
        3
        >>> play(game, lambda game, state: Pick("circuit", 0) if state == START else PASS)
        1
    """

    circuit: Alternating
    chain: int

    def __post_init__(self) -> None:
        if not isinstance(self.circuit, Alternating):
            raise ArgumentError(f"circuit must be Alternating, not {shown(self.circuit)}")
        integer(self.chain, "chain", 1)

    @property
    def gates(self) -> int:
        """Number of gates of the circuit."""
        return self.circuit.circuit.size

    @property
    def horizon(self) -> int:
        """H: number of actions of an episode, the first one included."""
        return max(self.chain, self.gates)

    @cached_property
    def depths(self) -> Sequence[int]:
        """The depth of every gate of the circuit, from 1."""
        found = [0] * len(self.circuit.values)
        for a, b, _ in self.circuit.gates.operands.tolist():
            found.append(1 + (found[a] if b < 0 else max(found[a], found[b])))
        return found[len(self.circuit.values) :]

    @cached_property
    def values(self) -> Sequence[int]:
        """The value 0 or 1 of every gate of the circuit: what is hard to know."""
        found, table = list(self.circuit.values), self.circuit.gates
        for kind, (a, b, _) in zip(table.kind.tolist(), table.operands.tolist(), strict=True):
            one, other = found[a], found[a] if b < 0 else found[b]
            found.append(one & other if kind == AND else one | other)
        return found[len(self.circuit.values) :]

    @cached_property
    def depth_of_ones(self) -> int:
        """d_1: the largest depth of a gate of value 1 of the circuit; 0 if there is none."""
        pairs = zip(self.depths, self.values, strict=True)
        return max((depth for depth, value in pairs if value), default=0)

    @cached_property
    def deepest_one(self) -> int:
        """The first of the gates of depth d_1 and value 1 of the circuit.

        Raises:
            ArgumentError: no gate is 1.
        """
        if self.depth_of_ones == 0:
            raise ArgumentError("no gate of the circuit is 1")
        pairs = zip(self.depths, self.values, strict=True)
        return list(pairs).index((self.depth_of_ones, 1))

    def against(self, chain: int) -> Game:
        """The same circuit against another chain, without evaluating it again."""
        other = Game(self.circuit, chain)
        for name in ("depths", "values", "depth_of_ones", "deepest_one"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    def size(self, side: Side) -> int:
        """Number of gates of a side."""
        return self.chain if side == CHAIN else self.gates

    def depth(self, side: Side, gate: int) -> int:
        """The depth of a gate."""
        return gate + 1 if side == CHAIN else self.depths[gate]

    def actions(self, state: State) -> Iterator[Action]:
        """All legal actions: none at the end; at the start gates alone; later `PASS` is first."""
        if state.step >= self.horizon:
            return
        if state.side is not None:
            yield PASS
        for side in (CIRCUIT, CHAIN) if state.side is None else (state.side,):
            for gate in range(self.size(side)):
                if gate not in state.chosen:
                    yield Pick(side, gate)

    def allows(self, state: State, action: Action) -> bool:
        """Whether an action is legal."""
        if state.step >= self.horizon:
            return False
        if action is None:
            return state.side is not None
        if not isinstance(action, Pick) or action.side not in (CIRCUIT, CHAIN):
            return False
        if state.side not in {None, action.side} or not isinstance(action.gate, int):
            return False
        return 0 <= action.gate < self.size(action.side) and action.gate not in state.chosen

    def after(self, state: State, action: Action) -> State:
        """The state that a legal action leads to.

        Raises:
            ArgumentError: it is not legal there.
        """
        if not self.allows(state, action):
            raise ArgumentError(f"action {shown(action)} is not legal in step {state.step}")
        if action is None:
            return State(state.step + 1, state.side, state.chosen)
        return State(state.step + 1, action.side, state.chosen | {action.gate})

    def worth(self, state: State) -> int:
        """What the gates chosen so far would pay: their largest depth, or 0 if one of them is 0."""
        if state.side is None:
            return 0
        if state.side == CIRCUIT and not all(self.values[gate] for gate in state.chosen):
            return 0
        return max(self.depth(state.side, gate) for gate in state.chosen)

    def reward(self, state: State) -> int:
        """The reward for arriving in a state: 0 in all but the last."""
        return self.worth(state) if state.step == self.horizon else 0


Policy: TypeAlias = Callable[[Game, State], Action]
"""What to do in a state of a game."""


def play(game: Game, policy: Policy, state: State = START) -> int:
    """The reward of an episode.

    Raises:
        ArgumentError: the policy takes an action that is not legal.
    """
    while state.step < game.horizon:
        state = game.after(state, policy(game, state))
    return game.reward(state)


def optimal_value(game: Game, state: State) -> int:
    """V*: the reward that best play from a state gets.

    By one lemma: a chosen 0 is never made good; without one, a single further action takes the
    deepest 1 of the side; without a further action what was chosen counts.
    """
    if state.side is None:
        return max(game.depth_of_ones, game.chain)
    found = game.worth(state)
    if found == 0 or state.step == game.horizon:
        return found
    return game.chain if state.side == CHAIN else game.depth_of_ones


def optimal_action(game: Game, state: State) -> Action:
    """An action of best play: the deepest 1, then nothing more. Equal sides: the circuit's.

    Raises:
        ArgumentError: the game is over.
    """
    if state.step >= game.horizon:
        raise ArgumentError(f"the game is over after {game.horizon} actions")
    side = state.side
    if side is None:
        side = CIRCUIT if game.depth_of_ones >= game.chain else CHAIN
    elif optimal_value(game, state) == game.worth(state):
        return PASS
    if side == CHAIN:
        return Pick(CHAIN, game.chain - 1)
    return Pick(CIRCUIT, game.deepest_one)


def value_by_search(game: Game, state: State = START) -> int:
    """V* from its definition: the best of all legal actions, to the end.

    Raises:
        LimitError: there are more than `MOST_SEARCHED` gates on a side.
    """
    largest = max(game.gates, game.chain)
    if largest > MOST_SEARCHED:
        raise LimitError(
            f"searching all episodes of a game with {largest} gates is too much; at most "
            f"{MOST_SEARCHED}: use optimal_value"
        )
    known: dict[State, int] = {}

    def value(state: State) -> int:
        if state.step == game.horizon:
            return game.reward(state)
        if state not in known:
            known[state] = max(value(game.after(state, a)) for a in game.actions(state))
        return known[state]

    return value(state)
