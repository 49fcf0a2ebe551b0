"""What SOURCE names, where it is a network that a report need not build."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.network_procedure import checked_procedure, run_as
from tcsim.cli.progress import progress
from tcsim.errors import ArgumentError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks import IntegerNetwork
    from tcsim.networks.importers.imported import Imported
    from tcsim.networks.importers.onnx.holes import Hole

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
    within: int | None = None
    calibration: str | None = None
    allow_bounds: bool = False


@dataclass(frozen=True)
class Opened:
    """A network to be reported.

    Attributes:
        network: in integers.
        facts: what is to be said of quantization and accuracy.
        procedure: how it is run.
        holes: what has no exact construction and is not in it.
        ends: numbers of its values that are outputs of the model, where there are holes.
    """

    network: IntegerNetwork
    facts: Mapping[str, str] = field(default_factory=dict)
    procedure: Mapping[str, Any] = field(default_factory=dict)
    holes: tuple[Hole, ...] = ()
    ends: tuple[int, ...] = ()


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

    if options.allow_bounds and not source.lower().endswith(".onnx"):
        raise click.UsageError("--allow-bounds applies to ONNX models")
    if options.within is not None and options.minimize not in ("size", "edges"):
        raise click.UsageError("--within is the depth budget of --minimize size or edges")
    checked_procedure(options.procedure)
    opened = _trained(source, options) if source in names() else _file(source, options)
    if options.minimize is None:
        return opened
    if opened.network.named_axes and options.seq is not None:
        axes = dict.fromkeys(opened.network.named_axes, options.seq)
        opened = replace(opened, network=opened.network.at(**axes))
    from tcsim.networks.rewriting.minimizing import minimize

    network = minimize(opened.network, options.minimize, max_depth=options.within)  # type: ignore[arg-type]
    budget = "" if options.within is None else f" within depth {options.within}"
    facts = {**opened.facts, "codes": f"for least {options.minimize}{budget}"}
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
        said = str(error) if source in str(error) else f"{source}: {error}"
        if options.calibration is None and "calibration" in said:
            said += "; here: --calibration FILE.npy"
        raise NetworkError(said) from None
    notes = "; ".join(one.rstrip(".") for one in imported.notes)
    facts = {"quantized": notes} if notes else {}
    ends = getattr(imported, "ends", ())
    if ends or getattr(imported, "holes", ()):
        if options.procedure is not None or options.minimize is not None:
            raise ArgumentError(
                f"{source} has parts that cannot be compiled: --procedure and --minimize need all"
            )
        return Opened(imported.network, facts, holes=imported.holes, ends=ends)  # type: ignore[attr-defined]
    network, procedure = run_as(imported.network, options.procedure, options.seq)
    return Opened(network, facts, procedure)


def _import(source: str, options: NetworkOptions) -> Imported:
    from tcsim import networks

    bits = options.bits or 8
    both: dict[str, Any] = {"weight_bits": bits, "activation_bits": bits}
    rows = _rows(options.calibration)
    if source.lower().endswith(".onnx"):
        made = networks.from_onnx(
            source,
            calibration=rows,
            length=options.seq,
            allow_bounds=options.allow_bounds,
            **both,
        )
        _check_axes(source, made, options)
        return made
    if source.lower().endswith(".tflite"):
        if options.bits is not None or options.seq is not None or rows is not None:
            raise click.UsageError(
                f"{source} is quantized already and its shapes are fixed: leave --bits, --seq and "
                "--calibration away"
            )
        return networks.from_tflite(source)
    if isinstance(rows, dict):
        if len(rows) != 1:
            raise ArgumentError(
                f"{options.calibration}: {len(rows)} arrays, where an encoder reads one of tokens"
            )
        (rows,) = rows.values()
    with progress("layers read") as advance:
        return networks.from_bert(source, n=options.seq, tokens=rows, progress=advance, **both)


def _check_axes(source: str, made: Imported, options: NetworkOptions) -> None:
    """Refuse a length that nothing has, and an axis that nothing gives a length."""
    names = made.network.named_axes
    if options.seq is not None and not names and not any("stay open" in one for one in made.notes):
        raise click.UsageError(f"--seq: no axis of {source} is open besides the batch's")
    chain = options.procedure is not None and options.procedure.startswith("cot:")
    if options.seq is None and names and not chain:
        raise ArgumentError(f"{source}: axis {names[0]!r} is open: --seq N gives it a number")


def _rows(path: str | None) -> Any:  # noqa: ANN401
    """Calibration rows: an array, or arrays by the name of their input.

    Raises:
        ArgumentError: no such file, or not one of NumPy's.
    """
    if path is None:
        return None
    import numpy as np

    from tcsim.networks.trained.loading import UNREADABLE

    try:
        # Opened here because NumPy leaves a file open that is no archive.
        with Path(path).open("rb") as stream:
            found = np.load(stream, allow_pickle=False)
            if isinstance(found, np.ndarray):
                return found
            with found:
                return {name: found[name] for name in found.files}
    except UNREADABLE as error:
        problem = getattr(error, "strerror", None) or "it is no array of numbers of numpy.save"
        raise ArgumentError(f"{path}: no calibration rows can be read: {problem}") from None


def _has_config(source: str) -> bool:
    return (Path(source).parent / "config.json").exists()
