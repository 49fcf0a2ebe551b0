"""Train a stock learner on the DO1 environment, and compare it with random and with best play.

    python examples/train_do1.py                              # what needs no training
    python examples/train_do1.py --steps 400000               # MaskablePPO on 100 games
    python examples/train_do1.py --steps 400000 --games 0     # a new game in every episode

Training needs PyTorch and sb3-contrib (pip install 'tcsim[rl]' sb3-contrib), and minutes on a CPU.
A learner can memorize which gate is best in each of 100 games; in a game that it has not seen it
has to evaluate the circuit.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from reductions.rl import DO1Env, Pool, RandomCircuits

Player: TypeAlias = Callable[[DO1Env, Any], int]
"""From an environment and what it shows to the number of an action."""

CIRCUITS = RandomCircuits(inputs=3, gates=6, chain=2)


def pool(seed: int, count: int) -> Pool:
    random = np.random.default_rng(seed)
    return Pool(tuple(CIRCUITS.draw(random) for _ in range(count)))


def mean_return(player: Player, games: Pool) -> float:
    """The mean reward of one episode on each game."""
    env, total = DO1Env(CIRCUITS), 0.0
    for game in games.games:
        observation, _ = env.reset(options={"game": game})
        over = False
        while not over:
            observation, reward, over, _, _ = env.step(player(env, observation))
            total += reward
    return total / len(games.games)


def best(env: DO1Env, _: object) -> int:
    return env.optimal_action()


def random(seed: int) -> Player:
    """Any legal action, each as often."""
    generator = np.random.default_rng(seed)
    return lambda env, _: int(generator.choice(np.flatnonzero(env.action_masks())))


def always_chain(env: DO1Env, _: object) -> int:
    """The last gate of the chain, then nothing: takes no look at the circuit."""
    start = env.state.step == 0
    return env.layout.gates + env.game.chain - 1 if start else env.layout.picks


def trained(games: Pool | RandomCircuits, steps: int, seed: int) -> Player:
    """A player that MaskablePPO has trained on games of this source."""
    try:
        from sb3_contrib import MaskablePPO
        from stable_baselines3.common.vec_env import DummyVecEnv
    except ImportError:
        raise SystemExit("training needs sb3-contrib: pip install sb3-contrib") from None

    model = MaskablePPO(
        "MultiInputPolicy",
        DummyVecEnv([lambda: DO1Env(games)] * 16),
        learning_rate=1e-3,
        n_steps=256,
        batch_size=512,
        n_epochs=6,
        gamma=1.0,  # the reward comes at the end, and undiscounted
        gae_lambda=1.0,
        ent_coef=0.03,
        seed=seed,
        policy_kwargs={"net_arch": [128, 128]},
    )
    model.learn(steps)

    def player(env: DO1Env, observation: Any) -> int:  # noqa: ANN401
        masks = env.action_masks()
        return int(model.predict(observation, action_masks=masks, deterministic=True)[0])

    return player


def main() -> None:
    parser = argparse.ArgumentParser(description="Train MaskablePPO on the DO1 environment.")
    parser.add_argument("--steps", type=int, default=0, help="of training; 0: none")
    parser.add_argument("--games", type=int, default=100, help="trained on; 0: ever new ones")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()

    seen, new = pool(given.seed, given.games or 100), pool(given.seed + 1, 500)
    players = {"random": random(given.seed), "always the chain": always_chain, "best play": best}
    if given.steps:
        games = seen if given.games else CIRCUITS
        players["MaskablePPO"] = trained(games, given.steps, given.seed)
    print(f"mean return {len(seen.games):14} games   500 others")
    for name, player in players.items():
        print(f"{name:16} {mean_return(player, seen):15.3f} {mean_return(player, new):12.3f}")


if __name__ == "__main__":
    main()
