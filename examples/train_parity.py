"""Train models of the parity of bits.

    python examples/train_parity.py                  # what ships, and how often it is right
    python examples/train_parity.py parity_rnn       # trains it, writes tcsim/networks/trained/
    python examples/train_parity.py all --out DIR    # trains all of them, writes DIR

The answer at each position is the parity of the bits so far. Training needs PyTorch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from training.command import main, measure

from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

TASK = task("parity")
LENGTH = 32
COMMON = {"task": "parity", "procedure": "single_pass", "letters": 2, "vocabulary": 2, "classes": 2}
COMMON |= {"eps": 1e-5, "seed": 0, "trained_length": LENGTH, "batch": 128}
TRANSFORMER = {
    **COMMON,
    "architecture": "transformer",
    "width": 32,
    "heads": 2,
    "hidden": 64,
    "blocks": 1,
    "length": LENGTH,
    "activation": "gelu",
    "norm": "layer",
    "norm_placement": "post",
    "learning_rate": 2e-3,
}
RECIPES: dict[str, dict[str, Any]] = {
    "parity_transformer": {
        **TRANSFORMER,
        "description": "decoder of 1 block (post-LayerNorm, GELU), parity in one pass",
        "steps": 2000,
    },
    "parity_chain": {
        **TRANSFORMER,
        "description": "decoder of 1 block (post-LayerNorm, GELU), parity by a chain of thought, "
        "one prefix a token",
        "procedure": "chain_of_thought",
        "vocabulary": 2 + 2,
        "steps": 1000,
    },
    "parity_rnn": {
        **COMMON,
        "description": "Elman network (tanh), parity, one bit a step",
        "architecture": "rnn",
        "width": 16,
        "window": 8,
        "noise": [0.1, 0.2],
        "restart": 0.02,
        "learning_rate": 4e-3,
        "steps": 3000,
    },
    "parity_ssm": {
        **COMMON,
        "description": "selective diagonal state space model of 1 block, parity",
        "architecture": "ssm",
        "width": 16,
        "inner": 16,
        "state": 4,
        "blocks": 1,
        "norm": "rms",
        "learning_rate": 3e-3,
        "steps": 1000,
    },
}


def fit(model: nn.Module, config: dict[str, Any]) -> None:
    import numpy as np
    from training.loops import fit_carried, fit_words

    if config["architecture"] == "rnn":
        fit_carried(model, np.array([[0, 1], [1, 0]]), config)  # type: ignore[arg-type]
    else:
        fit_words(model, TASK, config)


def check_inputs(config: dict[str, Any]) -> np.ndarray:
    import numpy as np

    bits, parities = TASK.sample(3, 10, seed=3)
    if config["procedure"] == "single_pass":
        return bits
    return np.column_stack((bits, np.full(3, 2), 2 + parities[:, :4]))


if __name__ == "__main__":
    main(RECIPES, fit, measure, check_inputs)
