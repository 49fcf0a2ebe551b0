"""Games as arrays of one shape: how actions are numbered, and what an agent observes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from gymnasium import spaces

from reductions.codec import integer
from reductions.do1.game import CHAIN, CIRCUIT, PASS, Action, Game, Pick, State
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.rl.sources import MOST
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reductions.rl.sources import Source

Bits: TypeAlias = "NDArray[np.int8]"

MOST_CELLS = 1_000_000_000
"""Most entries of the array that says which gate reads which wire."""

NO_SIDE, CIRCUIT_SIDE, CHAIN_SIDE = range(3)
SIDES = {None: NO_SIDE, CIRCUIT: CIRCUIT_SIDE, CHAIN: CHAIN_SIDE}
KINDS = (AND, OR, BUFFER)
"""The columns of the observed kinds of gates; a gate of one operand is a buffer."""


@dataclass(frozen=True)
class Layout:
    """Room for circuits and chains up to some size.

    Actions are numbered: 0 to gates - 1 take a gate of the circuit, the next `chain` numbers one of
    the chain, the last one passes.

    Args:
        inputs: most inputs of a circuit, from 1 to `MOST`.
        gates: most gates of a circuit, from 0 to `MOST`.
        chain: most gates of a chain, from 1 to `MOST`.

    Raises:
        ArgumentError: an argument is none of these.
    """

    inputs: int
    gates: int
    chain: int

    def __post_init__(self) -> None:
        integer(self.inputs, "inputs", 1, MOST)
        integer(self.gates, "gates", 0, MOST)
        integer(self.chain, "chain", 1, MOST)

    @classmethod
    def of(cls, source: Source) -> Layout:
        """Room for all games of a source."""
        return cls(source.inputs, source.gates, source.chain)

    @property
    def horizon(self) -> int:
        """Most steps of an episode."""
        return max(self.gates, self.chain)

    @property
    def picks(self) -> int:
        """Number of actions that take a gate; this is also the number of the one that passes."""
        return self.gates + self.chain

    @property
    def action_space(self) -> spaces.Discrete:
        """All actions, also those that are not legal in a state."""
        return spaces.Discrete(self.picks + 1)

    @property
    def observation_space(self) -> spaces.Dict:
        """Of observations as arrays; see `Boards.observe`."""
        shapes = {
            "inputs": (self.inputs,),
            "kinds": (self.gates, len(KINDS)),
            "reads": (self.gates, self.inputs + self.gates),
            "chain": (self.chain,),
            "chosen": (self.picks,),
            "steps_left": (self.horizon,),
        }
        return spaces.Dict({name: spaces.MultiBinary(shape) for name, shape in shapes.items()})

    def require(self, game: Game) -> None:
        """Refuse games that there is no room for.

        Raises:
            ArgumentError: so it is.
        """
        sizes = {"inputs": len(game.circuit.values), "gates": game.gates, "chain": game.chain}
        for name, size in sizes.items():
            if size > getattr(self, name):
                raise ArgumentError(
                    f"a game with {name} = {size} does not fit: the environment was made for at "
                    f"most {getattr(self, name)}"
                )

    def number(self, action: Action) -> int:
        """The number of an action."""
        if action is PASS:
            return self.picks
        return action.gate + (self.gates if action.side == CHAIN else 0)

    def action(self, number: int) -> Action:
        """The action of a number."""
        if number == self.picks:
            return PASS
        if number < self.gates:
            return Pick(CIRCUIT, number)
        return Pick(CHAIN, number - self.gates)

    def mask(self, game: Game, state: State) -> Bits:
        """1 for the actions that are legal in a state: int8, shape (actions,)."""
        found = np.zeros(self.picks + 1, np.int8)
        found[[self.number(action) for action in game.actions(state)]] = 1
        return found


class Boards:
    """A batch of games as arrays, each padded with zeros to one layout.

    Attributes:
        present: bool, shape (games, picks): which gates there are, circuit then chain.
        ones: bool, the same shape: gates of value 1.
        depth: int64, the same shape: their depths.
        horizon: int64, shape (games,).

    Args:
        layout: room for each game.
        games: how many.

    Raises:
        LimitError: the arrays would be too large.
    """

    def __init__(self, layout: Layout, games: int) -> None:
        n, m = layout.inputs, layout.gates
        cells = games * (m * (n + m) + layout.picks)
        if cells > MOST_CELLS:
            raise LimitError(
                f"arrays of {games:,} circuits of {m:,} gates have {cells:,} entries, more than "
                f"{MOST_CELLS:,}: play fewer or smaller ones, or a single one with "
                f'observation="graph"'
            )
        self.layout = layout
        self._inputs = np.zeros((games, n), np.int8)
        self._kinds = np.zeros((games, m, len(KINDS)), np.int8)
        self._reads = np.zeros((games, m, n + m), np.int8)
        self.present = np.zeros((games, layout.picks), bool)
        self.ones = np.zeros((games, layout.picks), bool)
        self.depth = np.zeros((games, layout.picks), np.int64)
        self.horizon = np.zeros(games, np.int64)

    def put(self, place: int, game: Game) -> None:
        """Write a game to its place.

        Raises:
            ArgumentError: there is no room for it.
        """
        self.layout.require(game)
        room = self.layout
        n, m, k = len(game.circuit.values), game.gates, game.chain
        self._inputs[place] = 0
        self._inputs[place, :n] = np.frombuffer(game.circuit.values, np.int8)
        table = game.circuit.gates
        self._kinds[place] = 0
        self._kinds[place, :m] = table.kind[:, None] == np.array(KINDS)
        gate, column = np.nonzero(table.operands >= 0)
        wire = table.operands[gate, column]
        self._reads[place] = 0
        self._reads[place, gate, np.where(wire < n, wire, wire - n + room.inputs)] = 1
        chain = slice(room.gates, room.gates + k)
        for array, of_circuit, of_chain in (
            (self.present, True, True),
            (self.ones, game.values, True),
            (self.depth, game.depths, np.arange(1, k + 1)),
        ):
            array[place] = 0
            array[place, :m] = of_circuit
            array[place, chain] = of_chain
        self.horizon[place] = game.horizon

    def observe(
        self, chosen: NDArray[np.bool_], side: NDArray[np.int64], step: NDArray[np.int64]
    ) -> dict[str, Bits]:
        """What the agents see: all of a state but the values of gates, without the removed side.

        Args:
            chosen: gates, shape (games, picks).
            side: `NO_SIDE`, `CIRCUIT_SIDE` or `CHAIN_SIDE`, shape (games,).
            step: actions that were taken, shape (games,).

        Returns:
            0 and 1, the first axis is the game: ``inputs``, the values of the inputs; ``kinds``, of
            each gate whether it is AND, OR, a buffer; ``reads``, whether a gate (row) reads an
            input or a gate (column); ``chain``, as many ones as the chain has gates; ``chosen``;
            ``steps_left``, as many ones as steps are left.
        """
        circuit, chain = side != CHAIN_SIDE, side != CIRCUIT_SIDE
        left = np.arange(self.layout.horizon) < (self.horizon - step)[:, None]
        return {
            "inputs": self._inputs * circuit[:, None],
            "kinds": self._kinds * circuit[:, None, None],
            "reads": self._reads * circuit[:, None, None],
            "chain": (self.present[:, self.layout.gates :] & chain[:, None]).astype(np.int8),
            "chosen": chosen.astype(np.int8),
            "steps_left": left.astype(np.int8),
        }
