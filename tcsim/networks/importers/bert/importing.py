"""from_bert: an encoder from its files."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code, Kind, integers_within
from tcsim.networks.importers.bert.config import Config
from tcsim.networks.importers.bert.encoder import Encoder
from tcsim.networks.importers.bert.weights import read_weights
from tcsim.networks.importers.imported import Grid, Imported
from tcsim.networks.quantizing.quantizer import Quantizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.typing import Integers, Progress, StrPath

Pooling: TypeAlias = Literal["none", "mean", "first"]
"""What is given of the last layer: every position, their average, or the first one."""

_ROWS = 8
"""Random calibration rows."""


def from_bert(
    path: StrPath,
    *,
    n: int | None = None,
    tokens: object = None,
    weight_bits: int = 8,
    activation_bits: int = 8,
    pooling: Pooling = "none",
    normalize: bool = False,
    token_code: Kind = "one_hot",  # noqa: S107 - no secret
    parts_code: Kind = "binary",
    progress: Progress | None = None,
) -> Imported:
    """An encoder of the shape of BERT, such as MiniLM, as integers.

    Embeddings (word, position and the first segment), then layers of softmax attention and of a
    feed-forward network, each added to what it read, rounded once and normalized. Weights are
    rounded; activations are rounded to grids that suit calibration rows.

    Args:
        path: a folder with ``config.json`` and ``model.safetensors``, or a .safetensors file with
            ``config.json`` beside it.
        n: how many tokens it reads; those of the calibration rows unless said, else 128 or the most
            that the model can.
        tokens: calibration rows, integers below the size of the vocabulary, shape (rows, n), real
            text if the integers are to be close to the model; random ones unless given.
        weight_bits: 2..16 per weight, sign included.
        activation_bits: 2..12 per value that is rounded.
        pooling: ``"none"``: every position; ``"mean"``: their average; ``"first"``: the first one.
        normalize: whether the result is divided by its Euclidean norm; one level.
        token_code: how tokens stand on wires; in binary code, fewer wires and a level more.
        parts_code: how queries, keys and values stand on wires: in binary code a level more a
            layer, and far fewer gates.
        progress: called as ``progress(done, total)`` in layers.

    Raises:
        NetworkError: names the file, and the entry or tensor that is missing, wrong or not finite;
            or the argument.
        MissingExtraError: the package safetensors is not installed.
    """
    _check_names(pooling, token_code, parts_code)
    quantizer = Quantizer(weight_bits=weight_bits, activation_bits=activation_bits)
    config_path, tensors_path = _files(path)
    config = Config.read(config_path)
    rows = _calibration(tokens, n, config)
    weights = read_weights(tensors_path, config)
    encoder = Encoder(config, weights, quantizer, parts_code)
    scope, layers = quantizer.sketch.scope, config.num_hidden_layers
    x = quantizer.integers("token", rows, Code(0, config.vocab_size - 1, token_code))
    with _named(tensors_path, "embeddings"), scope("embeddings"):
        x = encoder.embeddings(x)
    for number in range(layers):
        if progress is not None:
            progress(number + 1, layers + 1)
        with _named(tensors_path, f"encoder.layer.{number}"), scope(f"layer{number + 1}"):
            x = encoder.block(number, x)
    with _named(tensors_path, "pooling"), scope("pooling"):
        x = {"none": lambda y: y, "mean": encoder.mean, "first": encoder.first}[pooling](x)
        x = encoder.unit_length(x) if normalize else x
    if progress is not None:
        progress(layers + 1, layers + 1)
    network = quantizer.sketch.network(x.edge, output_scale=x.step)
    return Imported(network, _notes(quantizer, random=tokens is None), (Grid(),), (Grid(x.step),))


@contextmanager
def _named(path: Path, layer: str) -> Iterator[None]:
    """Errors say of which file and layer they are."""
    try:
        yield
    except NetworkError as error:
        raise NetworkError(f"{path}: {layer}: {error}") from None


def _check_names(pooling: object, token_code: object, parts_code: object) -> None:
    for name, value, known in (
        ("pooling", pooling, get_args(Pooling)),
        ("token_code", token_code, get_args(Kind)),
        ("parts_code", parts_code, ("thermometer", "binary")),
    ):
        if value not in known:
            raise NetworkError(f"{name} is one of {', '.join(known)}, not {value!r}")


def _files(path: StrPath) -> tuple[Path, Path]:
    """The config and the tensors."""
    try:
        given = Path(path)
        folder = given if given.is_dir() else given.parent
        tensors = folder / "model.safetensors" if given.is_dir() else given
        found = {one: one.is_file() for one in (folder / "config.json", tensors)}
    except TypeError:
        raise NetworkError(f"path is a folder or a .safetensors file, not {path!r}") from None
    except OSError as error:
        raise NetworkError(f"{path} cannot be read: {error.strerror}") from None
    for one, there in found.items():
        if not there:
            raise NetworkError(
                f"there is no file {one}: an encoder is a folder with config.json and "
                "model.safetensors"
            )
    return folder / "config.json", tensors


def _calibration(tokens: object, n: int | None, config: Config) -> Integers:
    most, words = config.max_position_embeddings, config.vocab_size
    if n is not None and (not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= most):
        raise NetworkError(f"n must be an integer in 1..{most}, the model's positions, not {n!r}")
    if tokens is None:
        shape = (_ROWS, min(128, most) if n is None else n)
        return np.random.default_rng(0).integers(0, words, shape)
    try:
        rows = integers_within(tokens, 0, words - 1, "tokens")
    except ValueError as error:
        raise NetworkError(f"calibration: {error}") from None
    if rows.ndim != 2 or not rows.size or rows.shape[1] != (rows.shape[1] if n is None else n):
        expected = "n" if n is None else n
        raise NetworkError(f"tokens must have shape (rows, {expected}), not {rows.shape}")
    if rows.shape[1] > most:
        raise NetworkError(f"{rows.shape[1]} tokens, and the model has {most} positions")
    return rows


def _notes(quantizer: Quantizer, *, random: bool) -> tuple[str, ...]:
    calibrated = (
        f"Scales suit {_ROWS} rows of random tokens: give rows of real text (tokens=..., or "
        "--calibration FILE.npy) before trusting the values; depth and size do not depend on them."
        if random
        else "Scales suit the given rows of tokens."
    )
    return (
        (
            f"Weights are rounded to {quantizer.weight_bits} bits, activations to "
            f"{quantizer.activation_bits}; each residual sum is rounded once, before its norm."
        ),
        calibrated,
        "Every token belongs to the first segment, and every position is read: no padding.",
    )
