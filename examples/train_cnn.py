"""Train a small convolutional network on scikit-learn's handwritten digits.

    python examples/train_cnn.py                     # what ships, and how often it is right
    python examples/train_cnn.py all                 # trains it, writes tcsim/networks/trained/
    python examples/train_cnn.py all --out DIR       # trains it, writes DIR

Rows are split as in ``train_digits.py``, so the held-out images are those of the built-in network
``digits``. Training needs PyTorch and scikit-learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from training.command import main

from tcsim.networks.shipped import builtin
from tcsim.networks.trained.procedures import answers

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor, nn

    from tcsim.networks.trained import Trained

PIXELS = 64
RECIPES: dict[str, dict[str, Any]] = {
    "digits_cnn": {
        "description": "convolution, ReLU, max pooling, convolution, ReLU, linear (8 and 16 "
        "channels), handwritten digits of 8x8 pixels",
        "task": "digits",
        "procedure": "single_pass",
        "architecture": "cnn",
        "side": 8,
        "levels": 17,
        "channels": [8, 16],
        "kernel": 3,
        "padding": [1, 0],
        "pool": 2,
        "classes": 10,
        "batch": 64,
        "learning_rate": 5e-3,
        "steps": 1500,
        "seed": 0,
    },
}


def fit(model: nn.Module, config: dict[str, Any]) -> None:
    import torch
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split
    from torch.nn.functional import cross_entropy
    from training.loops import descend

    images, digits = load_digits(return_X_y=True)
    rows, _, labels, _ = train_test_split(
        images, digits, test_size=500, stratify=digits, random_state=0
    )
    pixels, right = torch.from_numpy(rows), torch.from_numpy(labels)

    def loss(_: int) -> tuple[Tensor, str]:
        chosen = torch.randint(len(pixels), (config["batch"],))
        found = model(pixels[chosen])
        share = (found.argmax(-1) == right[chosen]).float().mean()
        return cross_entropy(found, right[chosen]), f"right {share:.3f}"

    descend(list(model.parameters()), config, loss)


def measure(model: Trained) -> dict[str, Any]:
    held_out = builtin("digits")
    share = float((answers(model, held_out.rows) == held_out.labels).mean())
    return {"accuracy": {PIXELS: share}}


def check_inputs(_: dict[str, Any]) -> np.ndarray:
    return builtin("digits").rows[:3].astype("int64")


if __name__ == "__main__":
    main(RECIPES, fit, measure, check_inputs)
