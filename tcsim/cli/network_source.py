"""What SOURCE names, where it is a network that a report need not build."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks import IntegerNetwork

FILES = (".onnx", ".tflite", ".safetensors")
"""Suffixes of files of networks."""


@dataclass(frozen=True)
class NetworkOptions:
    """How a network is read and run; None is the default of what it is."""

    bits: int | None = None
    seq: int | None = None
    procedure: str | None = None
    minimize: str | None = None
    calibration: str | None = None
    allow_bounds: bool = False


@dataclass(frozen=True)
class Opened:
    """A network to be reported.

    Attributes:
        network: in integers.
        facts: what is to be said of quantization and accuracy.
        procedure: how it is run.
    """

    network: IntegerNetwork
    facts: Mapping[str, str] = field(default_factory=dict)
    procedure: Mapping[str, Any] = field(default_factory=dict)


def names_network(source: str) -> bool:
    """Whether SOURCE is a trained model that ships, or a file of a network."""
    if Path(source).suffix.lower() in FILES:
        return source.lower().endswith((".onnx", ".tflite")) or _has_config(source)
    if Path(source).is_dir():
        return (Path(source) / "config.json").exists()
    from tcsim.networks.trained import names

    return source in names()


def open_network(source: str, options: NetworkOptions) -> Opened:
    """The network that SOURCE names, quantized, its codes chosen, its procedure applied.

    Raises:
        TcsimError: it cannot be read, or options that do not fit it.
    """
    from tcsim.networks.trained import names

    opened = _trained(source, options) if source in names() else _file(source, options)
    if options.minimize is None:
        return opened
    from tcsim.networks.minimizing import minimize

    network = minimize(opened.network, options.minimize)  # type: ignore[arg-type]
    facts = {**opened.facts, "codes": f"for least {options.minimize}"}
    return Opened(network, facts, opened.procedure)


def _trained(source: str, options: NetworkOptions) -> Opened:
    from tcsim.networks.trained import load
    from tcsim.networks.trained.reporting import facts

    if options.procedure is not None or options.calibration is not None:
        raise click.UsageError(
            f"{source} is a trained model that brings its procedure and its calibration"
        )
    model = load(source)
    bits, length = options.bits or 8, options.seq or 8
    made = facts(model, length, weight_bits=bits, activation_bits=bits)
    said = {
        "model": model.description,
        "bits": f"{bits} per weight and per rounded value",
        "accuracy": f"{made.accuracy['real']:.1%} as trained, {made.accuracy['integer']:.1%} in "
        f"integers, the same answer on {made.accuracy['agreement']:.1%} of {made.rows} rows",
    }
    return Opened(made.network, said, made.procedure)


def _file(source: str, options: NetworkOptions) -> Opened:
    raise NotImplementedError(source, options)


def _has_config(source: str) -> bool:
    return (Path(source).parent / "config.json").exists()
