"""What SOURCE names, where it is a network that a report need not build."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.progress import progress
from tcsim.errors import ArgumentError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks import IntegerNetwork
    from tcsim.networks.importers.imported import Imported

FILES = (".onnx", ".tflite", ".safetensors")
"""Suffixes of files of networks."""


FAITHFUL = 0.9
"""Share of equal answers below which integers do not stand for the trained model."""


@dataclass(frozen=True)
class NetworkOptions:
    """How a network is read and run; None is the default of what it is."""

    bits: int | None = None
    seq: int | None = None
    procedure: str | None = None
    minimize: str | None = None
    calibration: str | None = None


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
    # What was said of the levels of a step was said of the codes before.
    procedure = {
        name: said
        for name, said in opened.procedure.items()
        if name not in ("depth", "levels per step", "levels per loop")
    }
    return Opened(network, facts, procedure)


def _trained(source: str, options: NetworkOptions) -> Opened:
    from tcsim.networks.trained import load
    from tcsim.networks.trained.reporting import facts

    if options.procedure is not None or options.calibration is not None:
        raise click.UsageError(
            f"{source} is a trained model that brings its procedure and its calibration: leave "
            "--procedure and --calibration away"
        )
    model = load(source)
    if options.seq is not None and model.config["architecture"] == "cnn":
        raise click.UsageError(f"--seq: {source} reads no sequence")
    bits, length = options.bits or 8, options.seq or 8
    with progress("tokens, then rows") as advance:
        made = facts(model, length, weight_bits=bits, activation_bits=bits, progress=advance)
    low = made.accuracy["agreement"] < FAITHFUL
    said = {
        "model": model.description,
        "bits": f"{bits} per weight and per rounded value",
        "accuracy": f"{made.accuracy['real']:.1%} as trained, {made.accuracy['integer']:.1%} in "
        f"integers, the same answer on {made.accuracy['agreement']:.1%} of {made.rows} rows"
        + (": no longer the trained function, try more --bits" if low else ""),
    }
    return Opened(made.network, said, made.procedure)


def _file(source: str, options: NetworkOptions) -> Opened:
    try:
        imported = _import(source, options)
    except NetworkError as error:
        if options.calibration is not None or "calibration" not in str(error):
            raise
        raise NetworkError(f"{error}; here: --calibration FILE.npy") from None
    facts = {"quantized": "; ".join(imported.notes)} if imported.notes else {}
    network, procedure = _run(imported.network, options.procedure)
    return Opened(network, facts, procedure)


def _import(source: str, options: NetworkOptions) -> Imported:
    from tcsim import networks

    bits = options.bits or 8
    both: dict[str, Any] = {"weight_bits": bits, "activation_bits": bits}
    rows = _rows(options.calibration)
    if source.lower().endswith(".onnx"):
        from tcsim.networks.importers.onnx.axes import open_axes

        axes = {} if options.seq is None else dict.fromkeys(open_axes(source), options.seq)
        if options.seq is not None and not axes:
            raise click.UsageError(f"--seq: no axis of {source} is open besides the batch's")
        return networks.from_onnx(source, calibration=rows, axes=axes, **both)
    if source.lower().endswith(".tflite"):
        return networks.from_tflite(source)
    with progress("layers read") as advance:
        return networks.from_bert(source, n=options.seq, tokens=rows, progress=advance, **both)


def _rows(path: str | None) -> Any:  # noqa: ANN401
    """Calibration rows: an array, or arrays by the name of their input.

    Raises:
        ArgumentError: no such file, or not one of NumPy's.
    """
    if path is None:
        return None
    import numpy as np

    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise ArgumentError(f"{path}: no calibration rows can be read: {error}") from None
    if isinstance(found, np.ndarray):
        return found
    with found:
        return {name: found[name] for name in found.files}


def _run(network: IntegerNetwork, procedure: str | None) -> tuple[IntegerNetwork, dict[str, Any]]:
    """A network under a procedure such as ``"looped:8"``, and what is to be said of it."""
    if procedure in (None, "single_pass"):
        return network, {"name": "single pass"}
    name, _, number = procedure.partition(":")
    if name not in ("looped", "recurrent", "cot") or not number.isdigit() or not int(number):
        raise click.UsageError(
            f"--procedure {procedure}: there are single_pass, looped:N, recurrent:N and cot:N"
        )
    steps = int(number)
    from tcsim.networks import procedures

    if name == "looped":
        made = procedures.looped(network, steps)
        slope = procedures.levels_per_step(network, len(network.sources))
        return made, {"name": f"looped {steps} times", "levels per loop": str(slope)}
    if name == "recurrent":
        made = procedures.recurrent(network, steps)
        loop = procedures.step_loop(network)
        return made, {
            "name": f"recurrent over {steps} steps",
            "levels per step": str(loop.slope),
            "depth": f"{loop.depth().formula()} for T steps",
        }
    prompt = network.inputs.axes[0]
    if isinstance(prompt, int):
        raise ArgumentError(
            "chain of thought reads ever more tokens: the network's axis of tokens has to stay open"
        )
    made = procedures.chain_of_thought(network, steps, prompt=1)
    return made, {"name": f"chain of thought of {steps} tokens"}


def _has_config(source: str) -> bool:
    return (Path(source).parent / "config.json").exists()
