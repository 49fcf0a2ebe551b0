"""What an architecture expects: the names and shapes of its weights, and its inputs."""

from __future__ import annotations

from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.typing import Integers

    Shapes = dict[str, tuple[int, ...]]


_DIMENSIONS = (
    "width",
    "hidden",
    "inner",
    "state",
    "vocabulary",
    "letters",
    "classes",
    "length",
    "blocks",
    "heads",
    "side",
    "levels",
    "kernel",
    "pool",
)
"""Positive integers, of the architectures that have them."""

_LARGEST = 2**16
"""Of a dimension."""

_CHOICES = {
    "procedure": ("single_pass", "chain_of_thought"),
    "activation": ("relu", "gelu"),
    "norm": ("rms", "layer"),
    "norm_placement": ("pre", "post"),
}
"""Entries that are one of some words, of the architectures that have them."""

_NEEDED = {
    "transformer": (
        "letters",
        "vocabulary",
        "classes",
        "width",
        "heads",
        "hidden",
        "blocks",
        "length",
        "activation",
        "norm",
        "norm_placement",
        "eps",
    ),
    "rnn": ("letters", "vocabulary", "classes", "width"),
    "ssm": ("letters", "vocabulary", "classes", "width", "inner", "state", "blocks", "norm", "eps"),
    "cnn": ("side", "levels", "channels", "kernel", "padding", "pool", "classes"),
}
"""What a config of each architecture says, beside its name, task and procedure."""


def check_config(config: Mapping[str, Any]) -> None:
    """Refuse a config that lacks an entry, or has one of another kind.

    Raises:
        NetworkError: names the entry.
        KeyError, TypeError: the config is no object, or has no architecture that is known.
    """
    for key in ("name", "description", "task", "procedure", *_NEEDED[config["architecture"]]):
        if key not in config:
            raise NetworkError(f"the config has no entry {key!r}")
        value = config[key]
        if key == "task" and not isinstance(value, str):
            raise NetworkError(f"task is a word, not {shortened(value)}")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise NetworkError(
                f"{key} is one of {', '.join(_CHOICES[key])}, not {shortened(value)}"
            )
        if key in _DIMENSIONS and (
            not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST
        ):
            raise NetworkError(f"{key} is an integer in 1..{_LARGEST}, not {shortened(value)}")
        if key == "eps" and (not isinstance(value, float) or not 0 < value < 1):
            raise NetworkError(f"eps is a number between 0 and 1, not {shortened(value)}")
    if config["architecture"] == "transformer" and config["width"] % config["heads"]:
        raise NetworkError(f"width {config['width']} is no multiple of heads {config['heads']}")


def weight_shapes(config: Mapping[str, Any]) -> Shapes:
    """The parameters of the PyTorch module that a config describes: name -> shape.

    Raises:
        NetworkError: the config names no known architecture.
        KeyError, TypeError, ValueError: it lacks a dimension, or one is not a number.
    """
    name = config["architecture"]
    if not isinstance(name, str) or name not in _SHAPES:
        raise NetworkError(f"architecture {shortened(name)} is none of {', '.join(_SHAPES)}")
    check_config(config)
    return _SHAPES[name](config)


def _linear(name: str, inputs: int, outputs: int) -> Shapes:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, c: Mapping[str, Any]) -> Shapes:
    bias: Shapes = {f"{name}.bias": (c["width"],)} if c["norm"] == "layer" else {}
    return {f"{name}.weight": (c["width"],), **bias}


def _transformer(c: Mapping[str, Any]) -> Shapes:
    width, hidden = c["width"], c["hidden"]
    shapes: Shapes = {
        "embedding.weight": (c["vocabulary"], width),
        "position.weight": (c["length"], width),
    }
    for block in (f"blocks.{i}" for i in range(c["blocks"])):
        shapes |= _norm(f"{block}.norm1", c) | _norm(f"{block}.norm2", c)
        for part in "qkvo":
            shapes |= _linear(f"{block}.attention.{part}", width, width)
        shapes |= _linear(f"{block}.up", width, hidden) | _linear(f"{block}.down", hidden, width)
    last = _norm("norm", c) if c["norm_placement"] == "pre" else {}
    return shapes | last | _linear("head", width, c["classes"])


def _rnn(c: Mapping[str, Any]) -> Shapes:
    width = c["width"]
    return {
        "rnn.weight_ih_l0": (width, c["vocabulary"]),
        "rnn.weight_hh_l0": (width, width),
        "rnn.bias_ih_l0": (width,),
        "rnn.bias_hh_l0": (width,),
        **_linear("head", width, c["classes"]),
    }


def _ssm(c: Mapping[str, Any]) -> Shapes:
    width, inner, state = c["width"], c["inner"], c["state"]
    shapes: Shapes = {"embedding.weight": (c["vocabulary"], width)}
    for block in (f"blocks.{i}" for i in range(c["blocks"])):
        shapes |= _norm(f"{block}.norm", c) | {f"{block}.a_log": (inner, state)}
        for part in ("value", "gate", "delta"):
            shapes |= _linear(f"{block}.{part}", width, inner)
        shapes |= _linear(f"{block}.b", width, state) | _linear(f"{block}.c", width, state)
        shapes |= _linear(f"{block}.out", inner, width)
    return shapes | _norm("norm", c) | _linear("head", width, c["classes"])


def _cnn(c: Mapping[str, Any]) -> Shapes:
    (first, second), (before, after) = c["channels"], c["padding"]
    kernel = c["kernel"]
    pooled = (c["side"] + 2 * before - kernel + 1) // c["pool"]
    left = pooled + 2 * after - kernel + 1
    return {
        "conv1.weight": (first, 1, kernel, kernel),
        "conv1.bias": (first,),
        "conv2.weight": (second, first, kernel, kernel),
        "conv2.bias": (second,),
        **_linear("head", second * left**2, c["classes"]),
    }


_SHAPES = {"transformer": _transformer, "rnn": _rnn, "ssm": _ssm, "cnn": _cnn}


def positions(tokens: Integers, letters: int) -> Integers:
    """The position that each token is encoded with: how many tokens of its kind stand before it.

    Kinds are the letters of the word (tokens below `letters`), and what a chain of thought adds.
    """
    own = tokens >= letters
    return np.where(own, own.cumsum(axis=1), (~own).cumsum(axis=1)) - 1


def integer_rows(values: object, what: str) -> Integers:
    """At least one row of at least one integer, as int64, shape (rows, n).

    Raises:
        ArgumentError: they are something else; the argument is named.
    """
    try:
        given = np.asarray(values)
    except ValueError as error:
        raise ArgumentError(f"{what} must be an array of integers: {error}") from None
    if given.ndim != 2 or given.dtype.kind not in "bui" or not given.size:
        raise ArgumentError(
            f"{what} must be integers of shape (rows, n), at least one of each, "
            f"not {given.dtype} of shape {given.shape}"
        )
    if given.dtype == np.uint64:
        given = np.minimum(given, np.uint64(2**63 - 1))  # it stays out of every range
    rows: Integers = given.astype(np.int64)
    return rows


def checked_inputs(inputs: object, config: Mapping[str, Any]) -> Integers:
    """Inputs of a model as int64, shape (rows, n); see `tcsim.networks.trained.reference`.

    Raises:
        ArgumentError: they are not what the config of the model asks for.
    """
    tokens = integer_rows(inputs, "inputs")
    cnn = config["architecture"] == "cnn"
    most = config["levels"] if cnn else config["vocabulary"]
    if tokens.min() < 0 or tokens.max() >= most:
        row, place = (int(i) for i in np.argwhere((tokens < 0) | (tokens >= most))[0])
        raise ArgumentError(f"inputs[{row}, {place}] is {tokens[row, place]}, not in 0..{most - 1}")
    if cnn and tokens.shape[1] != config["side"] ** 2:
        raise ArgumentError(f"inputs must have {config['side'] ** 2} pixels, not {tokens.shape[1]}")
    if (
        "length" in config
        and (used := int(positions(tokens, config["letters"]).max()) + 1) > (config["length"])
    ):
        raise ArgumentError(
            f"inputs have {used} positions of one kind; the model encodes {config['length']}"
        )
    return tokens
