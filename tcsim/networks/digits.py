"""The built-in network ``digits``: handwritten digits of 8x8 pixels, 17 gray levels."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from tcsim.networks.quantizing.floats import from_layers
from tcsim.networks.shipped import BuiltIn


def load() -> BuiltIn:
    """Weights, calibration rows and held-out digits, as ``examples/train_digits.py`` wrote them."""
    with (files("tcsim.networks") / "data" / "digits.npz").open("rb") as stream:
        stored = np.load(stream, allow_pickle=False)
        arrays = {name: stored[name] for name in stored.files}
    network = from_layers(
        [
            (arrays["weights1"], arrays["bias1"], "relu"),
            (arrays["weights2"], arrays["bias2"], "identity"),
        ],
        labels=list(range(10)),
    )
    return BuiltIn(
        name="digits",
        description="perceptron 64-32-10 (ReLU), trained on scikit-learn's handwritten digits",
        float_network=network,
        calibration=arrays["calibration"],
        rows=arrays["rows"],
        labels=arrays["labels"],
        options={"input_range": (0, 16), "input_name": "pixel"},
    )
