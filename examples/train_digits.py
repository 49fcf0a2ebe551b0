"""Train the built-in network ``digits`` and write its weights and held-out data.

    python examples/train_digits.py            # writes tcsim/networks/data/digits.npz
    python examples/train_digits.py OUT.npz

Data: scikit-learn's copy of the test part of "Optical Recognition of Handwritten Digits"
(E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, CC BY 4.0): 1,797 images of 8x8 pixels
in 0..16.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

SEED = 0
HELD_OUT = 500
CALIBRATION = 200
TARGET = Path(__file__).parents[1] / "tcsim" / "networks" / "data" / "digits.npz"


def train() -> dict[str, Any]:
    """The arrays of the file: weights, calibration rows, held-out rows and their labels."""
    images, digits = load_digits(return_X_y=True)
    rows, held_out, labels, held_out_labels = train_test_split(
        images, digits, test_size=HELD_OUT, stratify=digits, random_state=SEED
    )
    # Strong regularization: the weights are small and alike in size, which suits few bits.
    model = MLPClassifier(
        hidden_layer_sizes=(32,), activation="relu", alpha=1.0, max_iter=1000, random_state=SEED
    )
    model.fit(rows, labels)
    print(f"{model.n_iter_} epochs, training accuracy {model.score(rows, labels):.4f}")
    print(f"held-out accuracy {model.score(held_out, held_out_labels):.4f} on {HELD_OUT} digits")
    (weights1, weights2), (bias1, bias2) = model.coefs_, model.intercepts_
    return {
        "weights1": weights1.astype(np.float32),
        "bias1": bias1.astype(np.float32),
        "weights2": weights2.astype(np.float32),
        "bias2": bias2.astype(np.float32),
        "calibration": rows[:CALIBRATION].astype(np.uint8),
        "rows": held_out.astype(np.uint8),
        "labels": held_out_labels.astype(np.uint8),
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    np.savez_compressed(target, **train())
    print(f"wrote {target}: {target.stat().st_size:,} bytes")
