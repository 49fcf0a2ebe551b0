"""The tensors of an encoder, read from a safetensors file and checked first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import MissingExtraError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tcsim.networks.importers.bert.config import Config

_PREFIXES = ("", "bert.", "model.", "0.auto_model.")
"""What stands before the names of an encoder inside a larger model."""

_FLOATS = ("F16", "F32", "F64")


def read_weights(path: Path, config: Config) -> Mapping[str, np.ndarray]:
    """The tensors that a config calls for; others are left alone.

    Names and shapes are checked before any tensor is read.

    Raises:
        NetworkError: the file is damaged; a tensor is missing, has another shape or dtype, or holds
            a value that is not finite.
        MissingExtraError: the package safetensors is not installed.
    """
    try:
        from safetensors import SafetensorError, safe_open
    except ImportError as error:
        raise MissingExtraError("safetensors", "safetensors", "a .safetensors file") from error
    try:
        with safe_open(path, "numpy") as stored:
            names = _names(stored, config, path)
            found = {name: stored.get_tensor(at) for name, at in names.items()}
    except (SafetensorError, OSError, ValueError, TypeError, OverflowError, MemoryError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(f"{path} cannot be read as safetensors: {error}") from None
    for name, values in found.items():
        if not np.isfinite(values).all():
            raise NetworkError(f"{path}: {name} holds a value that is not finite")
    return found


def _names(stored: Any, config: Config, path: Path) -> dict[str, str]:  # noqa: ANN401
    """Where each tensor is in the file."""
    there = set(stored.keys())
    expected = config.shapes()
    first = next(iter(expected))
    prefix = next((one for one in _PREFIXES if one + first in there), None)
    if prefix is None:
        raise NetworkError(f"{path} has no tensor {first}: it is no encoder of the shape of BERT")
    for name, shape in expected.items():
        if prefix + name not in there:
            raise NetworkError(f"{path}: tensor {name} is missing")
        part = stored.get_slice(prefix + name)
        if tuple(part.get_shape()) != shape:
            raise NetworkError(
                f"{path}: {name} has shape {tuple(part.get_shape())}, "
                f"and the config calls for {shape}"
            )
        if part.get_dtype() not in _FLOATS:
            raise NetworkError(
                f"{path}: {name} is {part.get_dtype()}; supported are {', '.join(_FLOATS)}"
            )
    return {name: prefix + name for name in expected}
