"""Config: the dimensions of an encoder, and the tensors that they call for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from pathlib import Path

ACTIVATIONS = ("gelu", "gelu_new", "gelu_pytorch_tanh", "relu", "silu", "swish")
"""Functions between the two matrices of a feed-forward layer, as configs name them."""

_LARGEST = 2**24
"""Of a dimension: what is larger is no dimension."""

_DEEPEST = 2**12
"""Layers: the tensors of each are looked up before anything is read."""

_FIXED = {
    "model_type": "bert",
    "position_embedding_type": "absolute",
    "is_decoder": False,
    "add_cross_attention": False,
}
"""What a config must say where it says anything."""


@dataclass(frozen=True)
class Config:
    """The dimensions of an encoder, named as in its config.json."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int
    hidden_act: str
    layer_norm_eps: float

    @classmethod
    def read(cls, path: Path) -> Config:
        """The config of a file.

        Raises:
            NetworkError: names the entry that is missing, wrong or of another architecture.
        """
        try:
            found = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise NetworkError(f"{path} cannot be read as JSON: {error}") from None
        if not isinstance(found, dict):
            raise NetworkError(f"{path} holds no JSON object")
        try:
            return cls._of(found)
        except NetworkError as error:
            raise NetworkError(f"{path}: {error}") from None

    @classmethod
    def _of(cls, found: dict[str, Any]) -> Config:
        for key, only in _FIXED.items():
            if found.get(key, only) != only:
                raise NetworkError(f"{key} is {shortened(found[key])}; supported is {only!r} alone")
        made = cls(
            **{key: _dimension(found, key) for key in cls.__annotations__ if key not in _OTHERS},
            type_vocab_size=_dimension({"type_vocab_size": 2, **found}, "type_vocab_size"),
            hidden_act=found.get("hidden_act", "gelu"),
            layer_norm_eps=_eps(found.get("layer_norm_eps", 1e-12)),
        )
        if made.hidden_act not in ACTIVATIONS:
            raise NetworkError(
                f"hidden_act is {shortened(made.hidden_act)}; "
                f"supported are {', '.join(ACTIVATIONS)}"
            )
        if made.hidden_size % made.num_attention_heads:
            raise NetworkError(
                f"hidden_size {made.hidden_size} is no multiple of num_attention_heads "
                f"{made.num_attention_heads}"
            )
        if made.num_hidden_layers > _DEEPEST:
            raise NetworkError(
                f"num_hidden_layers is {made.num_hidden_layers}: at most {_DEEPEST} are read"
            )
        if made.vocab_size == 1:
            raise NetworkError("vocab_size is 1: there is nothing to read")
        return made

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The tensors by name, as a checkpoint of PyTorch holds them."""
        d, inner = self.hidden_size, self.intermediate_size
        found: dict[str, tuple[int, ...]] = {
            "embeddings.word_embeddings.weight": (self.vocab_size, d),
            "embeddings.position_embeddings.weight": (self.max_position_embeddings, d),
            "embeddings.token_type_embeddings.weight": (self.type_vocab_size, d),
            **_norm("embeddings", d),
        }
        for number in range(self.num_hidden_layers):
            layer = f"encoder.layer.{number}"
            for part in ("query", "key", "value"):
                found |= _dense(f"{layer}.attention.self.{part}", d, d)
            found |= _dense(f"{layer}.attention.output.dense", d, d)
            found |= _norm(f"{layer}.attention.output", d)
            found |= _dense(f"{layer}.intermediate.dense", inner, d)
            found |= _dense(f"{layer}.output.dense", d, inner)
            found |= _norm(f"{layer}.output", d)
        return found


_OTHERS = ("type_vocab_size", "hidden_act", "layer_norm_eps")


def _dense(name: str, outputs: int, inputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.LayerNorm.weight": (width,), f"{name}.LayerNorm.bias": (width,)}


def _dimension(found: dict[str, Any], key: str) -> int:
    value = found.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST:
        raise NetworkError(f"{key} must be an integer in 1..2**24, not {shortened(value)}")
    return value


def _eps(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1:
        raise NetworkError(
            f"layer_norm_eps must be a number between 0 and 1, not {shortened(value)}"
        )
    return float(value)
