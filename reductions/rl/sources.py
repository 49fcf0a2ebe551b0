"""Where the games of an environment come from: random circuits, a pool, a chain of reductions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from reductions import registry
from reductions.codec import integer, shown
from reductions.do1.game import Game
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import decide, table_of
from reductions.problems.circuits import AndOrNot
from reductions.problems.gate_kinds import AND, BUFFER, KINDS, NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

RECENT = 4
"""From so many of the latest wires a gate of a random circuit reads its first operand."""


MOST = 1_000_000
"""Most inputs and gates of a random circuit, and gates of a chain."""


class Source(Protocol):
    """Draws games of bounded size."""

    @property
    def inputs(self) -> int:
        """Most inputs of a circuit."""

    @property
    def gates(self) -> int:
        """Most gates of a circuit."""

    @property
    def chain(self) -> int:
        """Most gates of a chain."""

    def draw(self, random: np.random.Generator) -> Game:
        """A game; the same for generators in the same state."""


@dataclass(frozen=True)
class RandomCircuits:
    """Random alternating circuits on random inputs.

    Each gate is AND or OR and reads one of the latest `RECENT` wires that it may read, so that
    circuits get deep, and any of them; where these are the same it has one operand.

    Args:
        inputs: of every circuit, from 1 to `MOST`.
        gates: of every circuit, from 1 to `MOST`.
        chain: chains have 1 to this many gates, each number as often; at most `MOST`.

    Raises:
        ArgumentError: an argument is none of these.
    """

    inputs: int = 4
    gates: int = 12
    chain: int = 6

    def __post_init__(self) -> None:
        integer(self.inputs, "inputs", 1, MOST)
        integer(self.gates, "gates", 1, MOST)
        integer(self.chain, "chain", 1, MOST)

    def draw(self, random: np.random.Generator) -> Game:
        """A game."""
        readable: dict[int, list[int]] = {kind: [*range(self.inputs)] for kind in (AND, OR)}
        rows: list[tuple[int, ...]] = []
        for wire in range(self.inputs, self.inputs + self.gates):
            kind, other = (AND, OR) if random.integers(2) else (OR, AND)
            free = readable[kind]
            late = free[-RECENT:]
            wires = {late[random.integers(len(late))], free[random.integers(len(free))]}
            rows.append((kind if len(wires) == 2 else BUFFER, *sorted(wires)))
            readable[other].append(wire)
        values = random.integers(2, size=self.inputs).astype("u1").tobytes()
        circuit = Alternating.of_gates(values, *table_of(rows), self.inputs + self.gates - 1)
        return Game(circuit, 1 + int(random.integers(self.chain)))


@dataclass(frozen=True)
class Pool:
    """One of finitely many games, each as often.

    Args:
        games: at least one.

    Raises:
        ArgumentError: there is none, or one of them is no `Game`.
    """

    games: tuple[Game, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.games, tuple) or not self.games:
            raise ArgumentError(f"games must be a tuple of at least one, not {shown(self.games)}")
        for place, game in enumerate(self.games):
            if not isinstance(game, Game):
                raise ArgumentError(f"games[{place}] must be a Game, not {shown(game)}")

    @property
    def inputs(self) -> int:
        """Most inputs of a circuit."""
        return max(len(game.circuit.values) for game in self.games)

    @property
    def gates(self) -> int:
        """Most gates of a circuit."""
        return max(game.gates for game in self.games)

    @property
    def chain(self) -> int:
        """Most gates of a chain."""
        return max(game.chain for game in self.games)

    def draw(self, random: np.random.Generator) -> Game:
        """A game."""
        return self.games[random.integers(len(self.games))]


def reduced(problem: str, instances: Iterable[Any]) -> Pool:
    """Games whose best first action answers an instance of another problem.

    The chain of reductions to ``do1_gap`` gives a circuit with d_1 >= N or d_1 < epsilon N; the
    chain of gates beside it has ceil(epsilon N). So the circuit is better on YES, worse on NO.

    Args:
        problem: a name in the registry, ``"cvp"`` say.
        instances: of it, at least one.

    Raises:
        ArgumentError: no chain leads from there, or an instance is none.
        LimitError: a circuit would become too large.
    """
    chain = registry.path(problem, "do1_gap")
    gaps = [chain(instance) for instance in instances]
    # -(-a // b) is a / b rounded up.
    return Pool(tuple(Game(gap.circuit, int(-(-gap.threshold * gap.epsilon // 1))) for gap in gaps))


def random_cvp(count: int, inputs: int, gates: int, seed: int) -> list[AndOrNot]:
    """Random circuit value problems with gates AND, OR and NOT; as many with answer 0 as with 1.

    Args:
        count: how many, from 1 to `MOST`; of an odd number one more has answer 0.
        inputs: of every circuit, from 2 to `MOST`.
        gates: of every circuit, from 1 to `MOST`.
        seed: the same instances for the same seed.

    Raises:
        ArgumentError: an argument is none of these.
    """
    from random import Random

    integer(count, "count", 1, MOST)
    integer(inputs, "inputs", 2, MOST)
    integer(gates, "gates", 1, MOST)
    random = Random(integer(seed, "seed"))
    found: list[AndOrNot] = []
    for place in range(count):
        while True:
            rows = []
            for wires in range(inputs, inputs + gates):
                kind = random.choice((AND, OR, NOT))
                late = range(max(0, wires - RECENT), wires)
                rows.append((kind, *random.sample(late, KINDS[kind].fan_in)))
            values = bytes(random.choices((0, 1), k=inputs))
            one = AndOrNot.of_gates(values, *table_of(rows), inputs + gates - 1)
            if decide(one) == place % 2:
                break
        found.append(one)
    return found


def cvp_pool(count: int = 200, inputs: int = 3, gates: int = 3, seed: int = 0) -> Pool:
    """Games that the reductions make of random circuit value problems; see `random_cvp`.

    Raises:
        ArgumentError: an argument is none of these.
    """
    for name, value in (("count", count), ("inputs", inputs), ("gates", gates), ("seed", seed)):
        integer(value, name)
    return _cvp_pool(count, inputs, gates, seed)


@cache  # each of many environments side by side asks for it
def _cvp_pool(count: int, inputs: int, gates: int, seed: int) -> Pool:
    return reduced("cvp", random_cvp(count, inputs, gates, seed))
