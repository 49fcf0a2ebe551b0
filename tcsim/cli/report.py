"""`tcsim report`: what a circuit file or a built-in network costs in depth, width and size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.network_report import large_network_options, report_network
from tcsim.cli.network_source import NetworkOptions, names_network
from tcsim.cli.options import basis_option, format_option, json_option, network_options
from tcsim.cli.output import block, check_targets, emit, emit_text, warn
from tcsim.cli.progress import progress
from tcsim.cli.source import Options, compile_network, is_network, read_circuit

if TYPE_CHECKING:
    from tcsim.measure import Measures
    from tcsim.networks.measuring.cost import Cost
    from tcsim.report import Report
    from tcsim.report.network_bounds import Least

LARGE = ("bits", "seq", "procedure", "minimize", "within", "calibration", "allow_bounds")
"""Options of networks that are measured by formulas."""


@click.command()
@click.argument("source")
@json_option()
@click.option("--html", metavar="FILE", help="Write the report as one HTML page as well.")
@click.option("--plot", metavar="FILE", help="Plot gates by level: FILE.svg or FILE.png.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.")
@click.option("--max-depth", type=click.IntRange(min=0), metavar="N", help="Fail above this depth.")
@click.option("--max-width", type=click.IntRange(min=0), metavar="N", help="Fail above this width.")
@click.option("--max-size", type=click.IntRange(min=0), metavar="N", help="Fail above this size.")
@click.option(
    "--processors",
    type=click.IntRange(min=1),
    metavar="P",
    help="Schedule on P processors as well.",
)
@basis_option()
@format_option("--format", "format_", "SOURCE")
@network_options
@large_network_options
@click.pass_context
def report(
    ctx: click.Context,
    /,
    source: str,
    *,
    as_json: bool,
    html: str | None,
    plot: str | None,
    output: str,
    bases: tuple[str, ...],
    processors: int | None,
    format_: str | None,
    **limits_and_options: Any,  # noqa: ANN401
) -> None:
    """Report depth, width and size of a circuit.

    SOURCE is a circuit file, - for standard input, or a network. The built-in network digits is
    quantized, compiled and run on every held-out row: accuracy before and after, and whether
    circuit and integer network agree on all rows, are part of the report. Trained models that ship
    (such as s5_transformer) and files of networks (.onnx, .tflite, a directory with config.json and
    model.safetensors) are quantized and measured by formulas, whatever their size; --check builds
    the layers that fit.

    Bounds hold for the threshold basis; the exit code is 1 if one is exceeded, or if circuit and
    network disagree.
    """
    for target in (output, html, plot):
        for read in _read_from(source, limits_and_options["calibration"]):
            if target not in (None, "-") and _same_file(read, target):
                said = "SOURCE itself" if read == source else "read by this command"
                raise click.UsageError(f"{target} is {said}: it would be overwritten")
    check_targets(output, html, plot)
    limits = {name: limits_and_options.pop(f"max_{name}") for name in ("depth", "width", "size")}
    parts = limits_and_options.pop("check_parts")
    large = NetworkOptions(**{name: limits_and_options.pop(name) for name in LARGE})
    if format_ is None and names_network(source):
        if plot is not None or processors is not None or bases:
            raise click.UsageError(
                "--plot, --processors and --basis need a circuit: this network is not built"
            )
        if any(value is not None for value in limits_and_options.values()):
            raise click.UsageError(f"{source} takes --bits, not options of the network digits")
        network_report, failures = report_network(
            source,
            large,
            check=parts,
            as_json=as_json,
            html=html,
            output=output,
            limited=any(limit is not None for limit in limits.values()),
        )
        failures += _exceeded(network_report.total, limits)
        for failure in failures:
            warn(failure)
        ctx.exit(CHECK_FAILED if failures else 0)
    if large != NetworkOptions() or parts is not None:
        raise click.UsageError(
            "--bits, --seq, --procedure, --minimize, --within, --calibration, --allow-bounds and "
            "--check apply to networks that are measured by formulas"
        )
    options = Options(**limits_and_options)
    facts = None
    if is_network(source) and format_ is None:
        compiled = compile_network(source, options)
        circuit = compiled.circuit
        with progress("held-out rows") as advance:
            facts = compiled.check(advance)
    else:
        circuit = read_circuit(source, format_, options)
    from tcsim.report import STANDARD_BASES, of_circuit

    name = "standard input" if source == "-" else source
    result = of_circuit(
        circuit,
        source=name,
        bases=bases or STANDARD_BASES,
        processors=processors,
        network=facts,
        tables=_tables(source, format_),
    )
    if plot is not None:
        from tcsim.draw import plot_levels

        plot_levels(circuit, plot)
    _write(result, as_json=as_json, output=output, html=html)
    failures = _exceeded(result.threshold, limits)
    if circuit.size and not circuit.n_outputs:
        none = "the circuit has no outputs, so its depth is 0 whatever its gates: designate one"
        if limits["depth"] is None:
            warn(none)
        else:
            failures.append(none)
    if facts is not None and not facts["agree"]:
        wrong = facts["rows"] - facts["agreeing_rows"]
        failures.append(f"circuit and integer network differ on {wrong} of {facts['rows']} rows")
    for failure in failures:
        warn(failure)
    ctx.exit(CHECK_FAILED if failures else 0)


def _read_from(source: str, calibration: str | None) -> list[str]:
    """Files that the command reads: a network may be several."""
    folder = Path(source) if Path(source).is_dir() else Path(source).parent
    beside = [str(folder / name) for name in ("config.json", "model.safetensors")]
    model = Path(source).is_dir() or source.lower().endswith(".safetensors")
    return [source, *(beside if model else []), *([] if calibration is None else [calibration])]


def _same_file(source: str, target: str) -> bool:
    return Path(source).exists() and Path(target).exists() and Path(source).samefile(target)


def _tables(source: str, format_: str | None) -> dict[str, int] | None:
    """Measures of the look-up tables of a BLIF file, as they stand there."""
    if source == "-" or not (format_ == "blif" or source.lower().endswith(".blif")):
        return None
    from tcsim.formats.blif import lut_levels

    found = lut_levels(source)
    return {"size": found.size, "depth": found.depth, "largest": found.largest}


def _write(result: Report, *, as_json: bool, output: str, html: str | None) -> None:
    from tcsim.report import to_html, to_text

    if html is not None:
        emit(to_html(result).encode(), html)
    if html == "-" and output == "-":
        return
    if as_json:
        emit(result.to_json().encode(), output)
    elif output != "-":
        emit(to_text(result).encode(errors="backslashreplace"), output)
    else:
        emit_text(to_text(result, block=block()))


def _exceeded(total: Measures | Cost | Least, limits: dict[str, int | None]) -> list[str]:
    """Which bounds do not hold, and by how much."""
    return [
        f"{name} {value:,} exceeds --max-{name} {limit:,} by {value - limit:,} (threshold basis)"
        for name, limit in limits.items()
        if limit is not None and (value := int(getattr(total, name))) > limit
    ]
