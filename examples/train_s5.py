"""Train models of the word problem of S5, which is complete for NC1.

    python examples/train_s5.py                     # what ships, and how often it is right
    python examples/train_s5.py s5_rnn s5_chain     # trains these, writes tcsim/networks/trained/
    python examples/train_s5.py all --out DIR       # trains all of them, writes DIR

Letters are three permutations of five points: the identity, a transposition and a 5-cycle. The
answer at each position is the product so far, one of 120. Training needs PyTorch.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from training.command import main, measure

from tcsim.networks.symmetric_group import word_problem_table
from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

TASK = task("s5")
LENGTH = 32
COMMON = {"task": "s5", "procedure": "single_pass", "letters": 3, "vocabulary": 3, "classes": 120}
COMMON |= {"eps": 1e-5, "seed": 0, "trained_length": LENGTH, "batch": 128}
TRANSFORMER = {
    **COMMON,
    "architecture": "transformer",
    "width": 48,
    "heads": 2,
    "hidden": 128,
    "blocks": 1,
    "length": LENGTH,
    "activation": "relu",
    "norm": "rms",
    "norm_placement": "pre",
    "learning_rate": 3e-3,
    "steps": 2500,
}
RECIPES: dict[str, dict[str, Any]] = {
    "s5_transformer": {
        **TRANSFORMER,
        "description": "decoder of 1 block (pre-RMSNorm, ReLU), word problem of S5 in one pass",
    },
    "s5_transformer_2": {
        **TRANSFORMER,
        "description": "decoder of 2 blocks (pre-RMSNorm, ReLU), word problem of S5 in one pass",
        "blocks": 2,
        "hidden": 80,
    },
    "s5_chain": {
        **TRANSFORMER,
        "description": "decoder of 1 block (pre-RMSNorm, ReLU), word problem of S5 by a chain of "
        "thought, one product a token",
        "procedure": "chain_of_thought",
        "vocabulary": 3 + 120,
        "steps": 900,
    },
    "s5_rnn": {
        **COMMON,
        "description": "Elman network (tanh), word problem of S5, one letter a step",
        "architecture": "rnn",
        "width": 128,
        "batch": 192,
        "window": 8,
        "noise": [0.05, 0.15],
        "restart": 0.02,
        "learning_rate": 4e-3,
        "steps": 7000,
    },
    "s5_ssm": {
        **COMMON,
        "description": "selective diagonal state space model of 2 blocks, word problem of S5",
        "architecture": "ssm",
        "width": 32,
        "inner": 48,
        "state": 8,
        "blocks": 2,
        "norm": "rms",
        "learning_rate": 3e-3,
        "steps": 1500,
    },
}


def fit(model: nn.Module, config: dict[str, Any]) -> None:
    import torch
    from training.loops import fit_carried, fit_words

    if config["architecture"] == "rnn":
        images = torch.tensor(list(permutations(range(5))))
        fit_carried(model, word_problem_table(5), config, parts=images)  # type: ignore[arg-type]
    else:
        fit_words(model, TASK, config)


def check_inputs(config: dict[str, Any]) -> np.ndarray:
    import numpy as np

    letters, products = TASK.sample(3, 4, seed=3)
    if config["procedure"] == "single_pass":
        return letters
    return np.column_stack((letters, np.full(3, 3), 3 + products[:, :2]))


if __name__ == "__main__":
    main(RECIPES, fit, measure, check_inputs)
