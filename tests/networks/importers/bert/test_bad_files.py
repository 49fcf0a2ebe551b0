"""Files that are no encoder, or a damaged one: a named error, before long work."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import MissingExtraError, NetworkError
from tests.networks.importers.bert.models import CONFIG, save, tensors


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model_type": "gpt2"}, "model_type is 'gpt2'"),
        ({"position_embedding_type": "relative_key"}, "position_embedding_type"),
        ({"is_decoder": True}, "is_decoder is True"),
        ({"hidden_act": "mish"}, "hidden_act is 'mish'; supported are gelu"),
        ({"hidden_act": ["gelu"]}, "hidden_act"),
        ({"num_attention_heads": 3}, "no multiple of num_attention_heads 3"),
        ({"hidden_size": None}, "hidden_size must be an integer"),
        ({"num_hidden_layers": True}, "num_hidden_layers must be an integer"),
        ({"vocab_size": 10**12}, "vocab_size must be an integer"),
        ({"vocab_size": 1}, "vocab_size is 1"),
        ({"layer_norm_eps": 0}, "layer_norm_eps"),
        ({"layer_norm_eps": float("nan")}, "layer_norm_eps"),
        ({"intermediate_size": 13}, r"shape \(12, 8\).*\(13, 8\)"),
        ({"num_hidden_layers": 3}, r"encoder\.layer\.2\.attention\.self\.query\.weight is missing"),
    ],
)
def test_configs(tmp_path: Path, change: dict, message: str) -> None:
    save(tmp_path, CONFIG, tensors(CONFIG))
    (tmp_path / "config.json").write_text(json.dumps(CONFIG | change))
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_bert(tmp_path)


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 100_000, "\x00"])
def test_configs_that_are_none(tmp_path: Path, text: str) -> None:
    save(tmp_path, CONFIG, tensors(CONFIG))
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(NetworkError, match=r"config\.json"):
        tc.networks.from_bert(tmp_path)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("encoder.layer.1.output.LayerNorm.bias", None, "layer.1.output.LayerNorm.bias is missing"),
        ("encoder.layer.0.output.dense.bias", np.zeros(7, np.float32), r"shape \(7,\)"),
        ("encoder.layer.0.output.dense.bias", np.full(8, np.nan, np.float32), "not finite"),
        ("embeddings.LayerNorm.bias", np.full(8, np.inf, np.float32), "not finite"),
        ("encoder.layer.0.output.dense.bias", np.zeros(8, np.int8), "is I8"),
        ("embeddings.word_embeddings.weight", None, "no encoder of the shape of BERT"),
    ],
)
def test_tensors(tmp_path: Path, name: str, values: np.ndarray | None, message: str) -> None:
    weights = tensors(CONFIG)
    del weights[name]
    save(tmp_path, CONFIG, weights if values is None else weights | {name: values})
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_bert(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n must be an integer in 1..6"),
        ({"n": 7}, "n must be an integer in 1..6"),
        ({"n": 2.0}, "n must be an integer"),
        ({"tokens": [[0, 11]]}, "in 0..10"),
        ({"tokens": [[0.5, 1.0]]}, "integers"),
        ({"tokens": [0, 1]}, r"shape \(rows, n\)"),
        ({"tokens": [[0, 1]], "n": 3}, r"shape \(rows, 3\)"),
        ({"tokens": [[0] * 7]}, "the model has 6 positions"),
        ({"tokens": np.zeros((0, 3), int)}, "shape"),
        ({"weight_bits": 1}, "weight_bits"),
        ({"pooling": "max"}, "pooling is one of none, mean, first"),
        ({"parts_code": "one_hot"}, "parts_code is one of thermometer, binary"),
        ({"token_code": 2}, "token_code is one of"),
    ],
)
def test_arguments(tmp_path: Path, arguments: dict, message: str) -> None:
    save(tmp_path, CONFIG, tensors(CONFIG))
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_bert(tmp_path, **arguments)


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match=r"no file .*config\.json"):
        tc.networks.from_bert(tmp_path)
    with pytest.raises(NetworkError, match="path is a folder"):
        tc.networks.from_bert(3)  # type: ignore[arg-type]
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    with pytest.raises(NetworkError, match=r"no file .*model\.safetensors"):
        tc.networks.from_bert(tmp_path)


SMALL = CONFIG | {"num_hidden_layers": 1, "hidden_size": 2, "num_attention_heads": 1}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_are_named(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = save(tmp_path_factory.mktemp("model"), SMALL, tensors(SMALL))
    target = folder / data.draw(st.sampled_from(["config.json", "model.safetensors"]))
    content = bytearray(target.read_bytes())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        # The header is where damage shows; weights are numbers whatever their bits.
        where = data.draw(st.integers(0, min(len(content), 1500) - 1))
        content[where] = data.draw(st.integers(0, 255))
    target.write_bytes(content)
    with contextlib.suppress(NetworkError):  # a changed digit may leave it well-formed
        tc.networks.from_bert(folder, n=2, activation_bits=2)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = save(tmp_path, CONFIG, tensors(CONFIG))
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[safetensors\]'"):
        tc.networks.from_bert(folder)
