"""Many DO1 games at once, as arrays: what as many single environments do, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gymnasium
import numpy as np
from gymnasium.utils import seeding
from gymnasium.vector.utils import batch_space

from reductions.codec import integer
from reductions.rl.boards import CHAIN_SIDE, CIRCUIT_SIDE, NO_SIDE, Bits, Boards, Layout
from reductions.rl.environment import chosen_game, chosen_seed
from reductions.rl.sources import RandomCircuits, Source, cvp_pool
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Observations = dict[str, Bits]
Transition = tuple[
    Observations, "NDArray[np.float64]", "NDArray[np.bool_]", "NDArray[np.bool_]", dict[str, Any]
]


class DO1VectorEnv(gymnasium.vector.VectorEnv[Observations, "NDArray[np.int64]", Any]):
    """Equal to ``SyncVectorEnv`` over `DO1Env`: seeds, observations, rewards, ends and infos.

    A game that has ended is replaced in the next step, whatever the action there. Observations are
    arrays; for graphs use ``gymnasium.make_vec(..., vectorization_mode="sync")``.

    Args:
        num_envs: how many games, at least 1.
        source: of games; default: `RandomCircuits()`.
        strict: raise for illegal actions; no game is changed then.

    Raises:
        ArgumentError: an argument is none of these.
        LimitError: the arrays would be too large.

    Example:
        >>> envs = DO1VectorEnv(3)
        >>> _, infos = envs.reset(seed=0)
        >>> envs.step(envs.optimal_actions())[1]
        array([0., 0., 0.])
    """

    metadata: dict[str, Any] = {  # noqa: RUF012
        "render_modes": [],
        "autoreset_mode": gymnasium.vector.AutoresetMode.NEXT_STEP,
    }

    def __init__(
        self, num_envs: int = 1, source: Source | None = None, *, strict: bool = False
    ) -> None:
        self.num_envs = integer(num_envs, "num_envs", 1)
        self.source = RandomCircuits() if source is None else source
        self.layout = Layout.of(self.source)
        self._boards = Boards(self.layout, num_envs)
        self.strict = strict
        self.single_action_space = self.layout.action_space
        self.single_observation_space = self.layout.observation_space
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self._randoms: list[np.random.Generator] | None = None
        self._chosen = np.zeros((num_envs, self.layout.picks), bool)
        self._side = np.zeros(num_envs, np.int64)
        self._step = np.zeros(num_envs, np.int64)
        self._over = np.ones(num_envs, bool)

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[Observations, dict[str, Any]]:
        """Start all games.

        Args:
            seed: of the first game, counted up for the others; or one a game.
            options: ``{"game": game}`` plays that one everywhere.

        Raises:
            ArgumentError: seeds are no integers from 0 or not one a game, there is another option,
                or the game does not fit.
        """
        game = chosen_game(options, self.layout)
        seeds = self._seeds(seed)
        old = self._randoms or [seeding.np_random()[0] for _ in seeds]
        self._randoms = [
            was if one is None else seeding.np_random(one)[0]
            for was, one in zip(old, seeds, strict=True)
        ]
        for place, random in enumerate(self._randoms):
            self._boards.put(place, self.source.draw(random) if game is None else game)
        self._clear(np.ones(self.num_envs, bool))
        return self._observed(), self._infos(np.zeros(self.num_envs, bool))

    def step(self, actions: NDArray[np.int64]) -> Transition:
        """Take an action in each game.

        Args:
            actions: numbers, shape (num_envs,).

        Returns:
            Observations, rewards, whether episodes ended, False everywhere, infos.

        Raises:
            ArgumentError: an action is no number of one, there was no reset, or an action is not
                legal and the environment strict.
        """
        numbers = self._numbers(actions)
        if self._randoms is None:
            raise ArgumentError("there are no games yet: call reset() first")
        games, fresh = np.arange(self.num_envs), self._over.copy()
        legal = self.action_masks()[games, numbers] == 1
        illegal, moved = ~fresh & ~legal, ~fresh & legal
        if self.strict and illegal.any():
            place = int(np.argmax(illegal))
            raise ArgumentError(f"action {int(numbers[place])} is not legal in game {place}")
        picked = moved & (numbers < self.layout.picks)
        self._chosen[games[picked], numbers[picked]] = True
        side = np.where(numbers < self.layout.gates, CIRCUIT_SIDE, CHAIN_SIDE)
        self._side[picked] = side[picked]
        self._step[moved] += 1
        ended = moved & (self._step == self._boards.horizon)
        rewards = np.where(ended, self._worth(), 0).astype(np.float64)
        self._over = ended | illegal
        terminated = self._over.copy()
        for place in np.flatnonzero(fresh).tolist():
            self._boards.put(place, self.source.draw(self._randoms[place]))
        self._clear(fresh)
        no = np.zeros(self.num_envs, bool)
        return self._observed(), rewards, terminated, no, self._infos(illegal)

    def action_masks(self) -> Bits:
        """1 for each legal action: int8, shape (num_envs, actions); all 0 where a game is over."""
        in_circuit, side = np.arange(self.layout.picks) < self.layout.gates, self._side[:, None]
        removed = np.where(in_circuit, side == CHAIN_SIDE, side == CIRCUIT_SIDE)
        picks = self._boards.present & ~self._chosen & ~removed
        found = np.concatenate((picks, (self._side != NO_SIDE)[:, None]), axis=1)
        return (found & ~self._over[:, None]).astype(np.int8)

    def optimal_values(self) -> NDArray[np.int64]:
        """V* of each state: int64, shape (num_envs,)."""
        circuit, chain = self._best()
        worth, last = self._worth(), self._over
        best = np.where(self._side == CIRCUIT_SIDE, circuit, chain)
        found = np.where((worth == 0) | last, worth, best)
        found = np.where(self._side == NO_SIDE, np.maximum(circuit, chain), found)
        forfeited = last & (self._step < self._boards.horizon)
        return np.where(forfeited, 0, found)

    def optimal_actions(self) -> NDArray[np.int64]:
        """Actions of best play: int64, shape (num_envs,); to pass where a game is over."""
        circuit, chain = self._best()
        on_chain = (self._side == CHAIN_SIDE) | ((self._side == NO_SIDE) & (chain > circuit))
        here = np.arange(self.layout.picks) >= self.layout.gates
        wanted = self._boards.ones & (here == on_chain[:, None])
        deepest = np.argmax(np.where(wanted, self._boards.depth, 0), axis=1)
        done = (self.optimal_values() == self._worth()) & (self._side != NO_SIDE)
        return np.where(done | self._over, self.layout.picks, deepest)

    def _best(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The largest depths of ones, of the circuits and of the chains."""
        depth = np.where(self._boards.ones, self._boards.depth, 0)
        gates = self.layout.gates
        return depth[:, :gates].max(axis=1, initial=0), depth[:, gates:].max(axis=1)

    def _worth(self) -> NDArray[np.int64]:
        wrong = (self._chosen & ~self._boards.ones).any(axis=1)
        deepest = np.where(self._chosen, self._boards.depth, 0).max(axis=1)
        return np.where(wrong, 0, deepest)

    def _clear(self, games: NDArray[np.bool_]) -> None:
        self._chosen[games] = False
        self._side[games] = NO_SIDE
        self._step[games] = 0
        self._over[games] = False

    def _seeds(self, seed: object) -> list[int | None]:
        if not isinstance(seed, list | tuple):
            first = chosen_seed(seed)
            return [None if first is None else first + place for place in range(self.num_envs)]
        if len(seed) != self.num_envs:
            raise ArgumentError(f"seed must be one or {self.num_envs}, not {len(seed)}")
        return [chosen_seed(one) for one in seed]

    def _numbers(self, actions: object) -> NDArray[np.int64]:
        try:
            numbers = np.asarray(actions)
        except ValueError:  # rows of different lengths
            numbers = np.array([None])
        if numbers.shape != (self.num_envs,) or not np.issubdtype(numbers.dtype, np.integer):
            raise ArgumentError(
                f"actions must be {self.num_envs} integers, not {numbers.dtype} {numbers.shape}"
            )
        wrong = (numbers < 0) | (numbers > self.layout.picks)
        if wrong.any():
            raise ArgumentError(
                f"actions must be from 0 to {self.layout.picks}, not {numbers[wrong][0]}"
            )
        return numbers.astype(np.int64)

    def _observed(self) -> Observations:
        return self._boards.observe(self._chosen, self._side, self._step)

    def _infos(self, illegal: NDArray[np.bool_]) -> dict[str, Any]:
        all_ = np.ones(self.num_envs, bool)
        return {
            "action_mask": self.action_masks(),
            "_action_mask": all_,
            "illegal": illegal,
            "_illegal": all_.copy(),
        }


def from_cvp(
    num_envs: int = 1,
    count: int = 200,
    inputs: int = 3,
    gates: int = 3,
    seed: int = 0,
    **options: Any,  # noqa: ANN401
) -> DO1VectorEnv:
    """A `DO1VectorEnv` on `cvp_pool`; further arguments are those of `DO1VectorEnv`."""
    return DO1VectorEnv(num_envs, cvp_pool(count, inputs, gates, seed), **options)
