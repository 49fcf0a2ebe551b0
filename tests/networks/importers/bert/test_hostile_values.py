"""Encoders whose numbers are out of range: refused by name, and NumPy warns of nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tests.networks.importers.bert.models import CONFIG, save, tensors


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("embeddings.word_embeddings.weight", np.full((11, 8), 1e-45, np.float32), "2\\*\\*62"),
        ("embeddings.word_embeddings.weight", np.full((11, 8), 1e300), "leave floating point"),
        ("encoder.layer.1.output.dense.bias", np.full(8, 1e300), r"encoder\.layer\.1.*1e\+300"),
        ("encoder.layer.0.output.LayerNorm.weight", np.full(8, 1e300), r"encoder\.layer\.0: "),
    ],
)
def test_values_beyond_floating_point(
    tmp_path: Path, name: str, values: np.ndarray, message: str
) -> None:
    folder = save(tmp_path, CONFIG, tensors(CONFIG) | {name: values})
    with pytest.raises(NetworkError, match=message) as caught:
        tc.networks.from_bert(folder)
    assert "model.safetensors" in str(caught.value)


@pytest.mark.parametrize("layers", [4097, 2**24])
def test_a_config_of_too_many_layers(tmp_path: Path, layers: int) -> None:
    folder = save(tmp_path, CONFIG, tensors(CONFIG))
    (folder / "config.json").write_text(json.dumps(CONFIG | {"num_hidden_layers": layers}))
    with pytest.raises(NetworkError, match=rf"num_hidden_layers is {layers}: at most 4096"):
        tc.networks.from_bert(folder)


def test_long_values_are_shortened(tmp_path: Path) -> None:
    folder = save(tmp_path, CONFIG, tensors(CONFIG))
    for key in ("hidden_act", "model_type", "hidden_size", "layer_norm_eps"):
        (folder / "config.json").write_text(json.dumps(CONFIG | {key: "x" * 10**5}))
        with pytest.raises(NetworkError, match=key) as caught:
            tc.networks.from_bert(folder)
        assert len(str(caught.value)) < 500


def test_a_path_that_is_too_long() -> None:
    with pytest.raises(NetworkError, match="cannot be read: File name too long"):
        tc.networks.from_bert("a" * 5000)
