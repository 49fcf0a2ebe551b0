"""The DO1 game as gymnasium environments; importing this package registers them.

``tcsim/DO1-v0`` plays on random alternating circuits, ``tcsim/DO1-CVP-v0`` on those that the chain
of reductions makes of circuit value problems. Both take any other source of games:

    >>> import gymnasium
    >>> from reductions.rl import RandomCircuits
    >>> env = gymnasium.make("reductions.rl:tcsim/DO1-v0", source=RandomCircuits(gates=6, chain=4))
    >>> observation, info = env.reset(seed=1)
    >>> action = env.unwrapped.optimal_action()
    >>> bool(info["action_mask"][action])
    True

The part before the colon is the module that gymnasium imports first; it is not needed where
``reductions.rl`` has been imported.
"""

from __future__ import annotations

from tcsim.errors import MissingExtraError

try:
    import gymnasium
except ImportError:
    raise MissingExtraError("gymnasium", "rl", "the DO1 environment") from None

from reductions.rl.boards import Layout
from reductions.rl.environment import DO1Env
from reductions.rl.sources import Pool, RandomCircuits, Source, random_cvp, reduced
from reductions.rl.vector import DO1VectorEnv

__all__ = [
    "DO1Env",
    "DO1VectorEnv",
    "Layout",
    "Pool",
    "RandomCircuits",
    "Source",
    "random_cvp",
    "reduced",
]

gymnasium.register(
    "tcsim/DO1-v0",
    entry_point="reductions.rl.environment:DO1Env",
    vector_entry_point="reductions.rl.vector:DO1VectorEnv",
)
gymnasium.register(
    "tcsim/DO1-CVP-v0",
    entry_point="reductions.rl.environment:from_cvp",
    vector_entry_point="reductions.rl.vector:from_cvp",
)
