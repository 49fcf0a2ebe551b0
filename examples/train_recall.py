"""Train a selective state space model to recall the symbol that was marked last.

    python examples/train_recall.py                     # what ships, and how often it is right
    python examples/train_recall.py all                 # trains it, writes tcsim/networks/trained/
    python examples/train_recall.py all --out DIR       # trains it, writes DIR

It has to keep one symbol through any number of others, which a state whose decay depends on the
input can do. Training needs PyTorch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from training.command import main, measure

from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

TASK = task("recall")
LENGTH = 32
RECIPES: dict[str, dict[str, Any]] = {
    "recall_ssm": {
        "description": "selective diagonal state space model of 1 block, the symbol marked last",
        "task": "recall",
        "procedure": "single_pass",
        "architecture": "ssm",
        "letters": TASK.letters,
        "vocabulary": TASK.letters,
        "classes": TASK.classes,
        "width": 16,
        "inner": 16,
        "state": 4,
        "blocks": 1,
        "norm": "rms",
        "eps": 1e-5,
        "trained_length": LENGTH,
        "batch": 128,
        "noise": 0.1,
        "learning_rate": 4e-3,
        "steps": 1000,
        "seed": 0,
    },
}


def fit(model: nn.Module, config: dict[str, Any]) -> None:
    from training.loops import fit_words

    fit_words(model, TASK, config)


def check_inputs(_: dict[str, Any]) -> np.ndarray:
    return TASK.sample(3, 10, seed=3)[0]


if __name__ == "__main__":
    main(RECIPES, fit, measure, check_inputs)
