"""Reading the files of trained models."""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.trained.validation import weight_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.tables.activations import Floats
    from tcsim.networks.trained.layers import Weights
    from tcsim.typing import Integers, StrPath

_HERE = "tcsim.networks.trained"
_BESIDE = ("config", "check_inputs", "check_logits")
"""Entries of a file that are not weights."""


UNREADABLE = (
    AttributeError,  # an array by itself: no archive
    EOFError,
    MemoryError,  # a header that claims too large an array
    NotImplementedError,
    OSError,
    RuntimeError,  # an encrypted entry
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What NumPy and the libraries below it raise on a file that is damaged or something else."""


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained model. What it computes is in `tcsim.networks.trained.reference`.

    Attributes:
        name: its name in `names`.
        description: one line: what it is and what it was trained to do.
        config: architecture, task, dimensions, activation, norm, eps, seed, version of PyTorch and
            what was measured; a JSON object.
        weights: PyTorch's name of a parameter -> float64, read-only; every value is one of float16.
        accuracy: n -> share of random words of n letters that get the right answer (of a CNN:
            pixels -> share of held-out images).
        check_inputs: a few inputs, int64, shape (rows, n).
        check_logits: what PyTorch computed for them, float64, shape (rows, n, classes).
    """

    name: str
    description: str
    config: Mapping[str, Any]
    weights: Weights
    accuracy: Mapping[int, float]
    check_inputs: Integers
    check_logits: Floats

    @property
    def parameters(self) -> int:
        """How many numbers the weights are."""
        return sum(values.size for values in self.weights.values())

    def __repr__(self) -> str:
        return f"<Trained {self.name}: {self.parameters:,} parameters; {self.description}>"


def names() -> tuple[str, ...]:
    """The models that ship with the package, in alphabetical order."""
    found = (entry.name for entry in files(_HERE).iterdir())
    return tuple(sorted(name[: -len(".npz")] for name in found if name.endswith(".npz")))


def load(name: str) -> Trained:
    """A model that ships with the package.

    Raises:
        NetworkError: there is none of that name, or its file is damaged.

    Example:
        >>> from tcsim.networks import trained
        >>> trained.load("parity_rnn").weights["rnn.weight_hh_l0"].shape
        (16, 16)
    """
    if name not in names():
        raise NetworkError(f"no trained model {name!r}; there are: {', '.join(names())}")
    with as_file(files(_HERE) / f"{name}.npz") as path:
        return read(path)


def read(path: StrPath) -> Trained:
    """A model from a file that a script in ``examples/`` wrote.

    Args:
        path: a NumPy archive of the weights under their PyTorch names, of the JSON text ``config``
            and of the arrays ``check_inputs`` and ``check_logits``.

    Raises:
        NetworkError: the file cannot be read, or does not hold what its config describes.
    """
    try:
        # Opened here because NumPy leaves a file open that is no archive.
        with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except UNREADABLE as error:
        problem = getattr(error, "strerror", None) or error
        raise NetworkError(f"{path} is no archive of a trained model: {problem}") from None
    try:
        return _model(arrays)
    except NetworkError as error:
        raise NetworkError(f"{path}: {error}") from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise NetworkError(f"{path}: the config cannot be read: {error!r}") from None


def _model(arrays: dict[str, np.ndarray]) -> Trained:
    for name in _BESIDE:
        if name not in arrays:
            raise NetworkError(f"entry {name!r} is missing")
    config = json.loads(str(arrays["config"]))
    expected = weight_shapes(config)
    stored = {name: array for name, array in arrays.items() if name not in _BESIDE}
    if missing := sorted(expected.keys() - stored.keys()):
        raise NetworkError(f"weights {missing[0]!r} are missing")
    if unknown := sorted(stored.keys() - expected.keys()):
        raise NetworkError(f"{unknown[0]!r} is no weight of a {config['architecture']}")
    return Trained(
        name=str(config["name"]),
        description=str(config["description"]),
        config=MappingProxyType(config),
        weights=MappingProxyType(
            {name: _real(stored[name], name, shape) for name, shape in expected.items()}
        ),
        accuracy=MappingProxyType({int(n): float(a) for n, a in config["accuracy"].items()}),
        check_inputs=_integers(arrays["check_inputs"], "check_inputs"),
        check_logits=_real(arrays["check_logits"], "check_logits", arrays["check_logits"].shape),
    )


def _real(array: np.ndarray, name: str, shape: tuple[int, ...]) -> Floats:
    if array.shape != shape or array.dtype.kind != "f":
        raise NetworkError(
            f"{name!r} must be real numbers of shape {shape}, not {array.dtype} of {array.shape}"
        )
    values: Floats = _frozen(array.astype(np.float64))
    if not np.isfinite(values).all():
        raise NetworkError(f"{name!r} holds a value that is not finite")
    return values


def _integers(array: np.ndarray, name: str) -> Integers:
    if array.ndim != 2 or array.dtype.kind not in "ui":
        raise NetworkError(
            f"{name!r} must be integers with 2 axes, not {array.dtype} of {array.shape}"
        )
    return _frozen(array.astype(np.int64))


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
