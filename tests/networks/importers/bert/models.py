"""Small random encoders on disk, and what they compute, in plain NumPy."""

from __future__ import annotations

import json
from math import erf
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

CONFIG = {
    "model_type": "bert",
    "vocab_size": 11,
    "hidden_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 12,
    "max_position_embeddings": 6,
    "type_vocab_size": 2,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-6,
}

_erf = np.vectorize(erf)

ACTIVATIONS = {
    "gelu": lambda z: z * (1 + _erf(z / 2**0.5)) / 2,
    "gelu_new": lambda z: z * (1 + np.tanh((2 / np.pi) ** 0.5 * (z + 0.044715 * z**3))) / 2,
    "relu": lambda z: np.where(z > 0, z, 0),
    "silu": lambda z: z / (1 + np.exp(-z)),
}


def tensors(config: dict, seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights; names written out here once more, as PyTorch has them."""
    random = np.random.default_rng(seed)
    d, inner = config["hidden_size"], config["intermediate_size"]

    def dense(name: str, outputs: int, inputs: int) -> dict[str, np.ndarray]:
        weights = random.normal(size=(outputs, inputs)) / inputs**0.5
        return {f"{name}.weight": weights, f"{name}.bias": random.normal(size=outputs) / 4}

    def norm(name: str) -> dict[str, np.ndarray]:
        return {
            f"{name}.LayerNorm.weight": random.uniform(0.5, 1.5, d),
            f"{name}.LayerNorm.bias": random.normal(size=d) / 4,
        }

    made = {
        f"embeddings.{name}_embeddings.weight": random.normal(size=(config[key], d))
        for name, key in (
            ("word", "vocab_size"),
            ("position", "max_position_embeddings"),
            ("token_type", "type_vocab_size"),
        )
    }
    made |= norm("embeddings")
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        for part in ("query", "key", "value"):
            made |= dense(f"{layer}.attention.self.{part}", d, d)
        made |= dense(f"{layer}.attention.output.dense", d, d)
        made |= norm(f"{layer}.attention.output")
        made |= dense(f"{layer}.intermediate.dense", inner, d)
        made |= dense(f"{layer}.output.dense", d, inner)
        made |= norm(f"{layer}.output")
    return {name: values.astype(np.float32) for name, values in made.items()}


def save(folder: Path, config: dict, weights: dict[str, np.ndarray]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config))
    save_file(
        {name: np.ascontiguousarray(a) for name, a in weights.items()}, folder / "model.safetensors"
    )
    return folder


def forward(config: dict, weights: dict[str, np.ndarray], tokens: np.ndarray) -> np.ndarray:
    """The last layer, shape (rows, n, d)."""
    w = {name: a.astype(np.float64) for name, a in weights.items()}
    n, heads = tokens.shape[1], config["num_attention_heads"]

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        z = x - x.mean(-1, keepdims=True)
        z = z / np.sqrt((z * z).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return z * w[f"{name}.LayerNorm.weight"] + w[f"{name}.LayerNorm.bias"]

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    x = w["embeddings.word_embeddings.weight"][tokens]
    x = x + w["embeddings.position_embeddings.weight"][:n]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings")
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        q, k, v = (
            dense(x, f"{layer}.attention.self.{part}").reshape(len(x), n, heads, -1).swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        weights_of_keys = np.exp(q @ k.swapaxes(-1, -2) / q.shape[-1] ** 0.5)
        weights_of_keys /= weights_of_keys.sum(-1, keepdims=True)
        mixed = (weights_of_keys @ v).swapaxes(1, 2).reshape(x.shape)
        out = f"{layer}.attention.output"
        x = norm(x + dense(mixed, f"{out}.dense"), out)
        bent = ACTIVATIONS[config["hidden_act"]](dense(x, f"{layer}.intermediate.dense"))
        x = norm(x + dense(bent, f"{layer}.output.dense"), f"{layer}.output")
    return x
