"""The DO1 game as a gymnasium environment."""

from __future__ import annotations

from operator import index
from typing import Any, TypeAlias

import gymnasium
import numpy as np

from reductions.codec import integer, shown
from reductions.do1 import game as rules
from reductions.do1.game import START, Game
from reductions.rl import graphs, rendering
from reductions.rl.boards import SIDES, Bits, Boards, Layout
from reductions.rl.sources import RandomCircuits, Source, cvp_pool
from tcsim.errors import ArgumentError

Observation: TypeAlias = dict[str, Bits] | graphs.Graph

OBSERVATIONS = ("array", "graph")
RENDER_MODES = ("ansi", "svg")


class DO1Env(gymnasium.Env[Observation, int]):
    """A circuit against a chain: take a gate of one of them, then more gates of that side.

    The rules are those of `reductions.do1.game` (paper, Appendix G): the reward comes with the last
    of H = max(chain, gates) steps and is the largest depth of a gate that was taken, or 0 if one of
    them is 0. Each reset draws a game. Numbers of actions: `Layout`. Observations as arrays:
    `Boards.observe`; as graphs: `graphs.observe`.

    Infos hold ``action_mask``, int8, 1 for each legal action; ``illegal``, whether the last action
    was not; for graphs also ``node_actions``, the action that takes each node, -1 for inputs.

    The paper says nothing of illegal actions. Here one forfeits: the episode ends with reward 0, so
    that no optimal policy takes one and V* is what it was. With `strict` it is an error.

    Args:
        source: of games; default: `RandomCircuits()`.
        observation: ``"array"`` or ``"graph"``.
        strict: raise for illegal actions.
        render_mode: ``"ansi"``, ``"svg"`` or None.

    Raises:
        ArgumentError: an argument is none of these.
        LimitError: arrays for its largest circuit would be too large; graphs may not be.

    Example:
        >>> env = DO1Env(RandomCircuits(inputs=3, gates=4, chain=2))
        >>> _ = env.reset(seed=0)
        >>> reward, over = 0.0, False
        >>> best = env.optimal_value()
        >>> while not over:
        ...     _, reward, over, _, _ = env.step(env.optimal_action())
        >>> reward == best
        True
    """

    metadata: dict[str, Any] = {"render_modes": [*RENDER_MODES], "render_fps": 1}  # noqa: RUF012

    def __init__(
        self,
        source: Source | None = None,
        *,
        observation: str = "array",
        strict: bool = False,
        render_mode: str | None = None,
    ) -> None:
        if observation not in OBSERVATIONS:
            raise ArgumentError(f'observation must be "array" or "graph", not {shown(observation)}')
        if render_mode is not None and render_mode not in RENDER_MODES:
            raise ArgumentError(
                f'render_mode must be "ansi", "svg" or None, not {shown(render_mode)}'
            )
        self.source = RandomCircuits() if source is None else source
        self.layout = Layout.of(self.source)
        self.graphs = observation == "graph"
        self.strict = strict
        self.render_mode = render_mode
        self.action_space = self.layout.action_space  # type: ignore[assignment]
        arrays: gymnasium.Space[Any] = self.layout.observation_space
        self.observation_space = graphs.space() if self.graphs else arrays
        self._board = None if self.graphs else Boards(self.layout, 1)
        self._game: Game | None = None
        self._over = True
        self.state = START

    @property
    def game(self) -> Game:
        """The game of this episode.

        Raises:
            ArgumentError: there was no reset yet.
        """
        if self._game is None:
            raise ArgumentError("there is no game yet: call reset() first")
        return self._game

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Start an episode.

        Args:
            seed: of the games from now on.
            options: ``{"game": game}`` plays that one.

        Raises:
            ArgumentError: the seed is no integer from 0, there is another option, or the game does
                not fit.
        """
        game = chosen_game(options, self.layout)
        super().reset(seed=chosen_seed(seed))
        if game is None:
            game = self.source.draw(self.np_random)
            self.layout.require(game)
        if self._board is not None:
            self._board.put(0, game)
        self._game, self.state, self._over = game, START, False
        return self._observed(), self._info(illegal=False)

    def step(self, action: int) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Take an action.

        Returns:
            Observation, reward, whether the episode ended, False, info.

        Raises:
            ArgumentError: it is no number of an action, the episode is over, or the action is not
                legal and the environment strict.
        """
        number = self._number(action)
        game, state = self.game, self.state
        if self._over:
            raise ArgumentError("the episode is over: call reset()")
        taken = self.layout.action(number)
        illegal = not game.allows(state, taken)
        if illegal and self.strict:
            raise ArgumentError(
                f'action {number} is not legal here; info["action_mask"] says which ones are'
            )
        if not illegal:
            self.state = game.after(state, taken)
        self._over = illegal or self.state.step == game.horizon
        reward = 0 if illegal else game.reward(self.state)
        return self._observed(), float(reward), self._over, False, self._info(illegal=illegal)

    def action_masks(self) -> Bits:
        """1 for each legal action: int8, shape (actions,); all 0 once the episode is over.

        The name is the one that MaskablePPO of sb3-contrib asks for.
        """
        if self._over:
            return np.zeros(self.layout.picks + 1, np.int8)
        return self.layout.mask(self.game, self.state)

    def optimal_value(self) -> int:
        """V* of the state: what best play gets from here."""
        if self._forfeited:
            return 0
        return rules.optimal_value(self.game, self.state)

    def optimal_action(self) -> int:
        """The number of an action of best play.

        Raises:
            ArgumentError: the episode is over.
        """
        if self._over:
            raise ArgumentError("the episode is over: call reset()")
        return self.layout.number(rules.optimal_action(self.game, self.state))

    def render(self) -> str | None:
        """The state as text or as SVG, by the render mode; gates of value 1 are marked."""
        if self.render_mode is None:
            return None
        draw = rendering.text if self.render_mode == "ansi" else rendering.svg
        return draw(self.game, self.state, forfeited=self._forfeited)

    @property
    def _forfeited(self) -> bool:
        return self._over and self.state.step < self.game.horizon

    def _number(self, action: object) -> int:
        try:
            number = index(action)  # type: ignore[arg-type]
        except TypeError:
            number = -1
        if not 0 <= number <= self.layout.picks or isinstance(action, bool):
            raise ArgumentError(
                f"an action must be an integer from 0 to {self.layout.picks}, not {shown(action)}"
            )
        return number

    def _observed(self) -> Observation:
        if self._board is None:
            return graphs.observe(self.game, self.state)
        chosen = np.zeros((1, self.layout.picks), bool)
        first = self.layout.gates if self.state.side == rules.CHAIN else 0
        chosen[0, [first + gate for gate in self.state.chosen]] = True
        side, step = np.array([SIDES[self.state.side]]), np.array([self.state.step])
        return {name: part[0] for name, part in self._board.observe(chosen, side, step).items()}

    def _info(self, *, illegal: bool) -> dict[str, Any]:
        info = {"action_mask": self.action_masks(), "illegal": illegal}
        if self.graphs:
            info["node_actions"] = graphs.node_actions(self.layout, self.game, self.state)
        return info


def chosen_game(options: dict[str, Any] | None, layout: Layout) -> Game | None:
    """The game that the options of a reset name.

    Raises:
        ArgumentError: there are other options, it is none, or does not fit.
    """
    game = (options or {}).get("game")
    if set(options or {}) - {"game"} or not (game is None or isinstance(game, Game)):
        raise ArgumentError(f'options must be {{"game": a Game}} or nothing, not {shown(options)}')
    if game is not None:
        layout.require(game)
    return game


def chosen_seed(seed: object) -> int | None:
    """A seed, or None.

    Raises:
        ArgumentError: it is neither.
    """
    return None if seed is None else integer(seed, "seed", 0)


def from_cvp(
    count: int = 200,
    inputs: int = 3,
    gates: int = 3,
    seed: int = 0,
    **options: Any,  # noqa: ANN401
) -> DO1Env:
    """A `DO1Env` on `cvp_pool`; further arguments are those of `DO1Env`."""
    return DO1Env(cvp_pool(count, inputs, gates, seed), **options)
