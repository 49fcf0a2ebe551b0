"""`tcsim report` of a network that is measured by formulas and not built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tcsim.cli.network_source import NetworkOptions, open_network
from tcsim.cli.output import block, emit, emit_text
from tcsim.cli.progress import progress

if TYPE_CHECKING:
    from tcsim.report.network import NetworkReport
    from tcsim.report.network_bounds import BoundsReport

F = TypeVar("F", bound=Callable[..., Any])


def large_network_options(command: F) -> F:
    """How a network that is measured by formulas is read, run and checked."""
    for option in (
        click.option(
            "--check",
            "check_parts",
            is_flag=False,
            flag_value=2_000_000,
            type=click.IntRange(min=1),
            metavar="[N]",
            help="Build each layer of at most N gates and terms (2,000,000) and compare it with "
            "its formula.",
        ),
        click.option(
            "--allow-bounds",
            is_flag=True,
            help="Report what is around operators of an ONNX model that have no exact circuit.",
        ),
        click.option(
            "--minimize",
            type=click.Choice(["depth", "size", "edges"]),
            help="Choose the code of every value by exact cost.",
        ),
        click.option(
            "--within",
            type=click.IntRange(min=1),
            metavar="DEPTH",
            help="The depth budget of --minimize size or edges.",
        ),
        click.option(
            "--calibration",
            metavar="FILE",
            help="Rows to choose scales on: FILE.npy, or FILE.npz with an array per input.",
        ),
        click.option(
            "--procedure",
            metavar="NAME[:N]",
            help="Run it as chain of thought (cot:256), looped (looped:8), recurrent "
            "(recurrent:16), by a vote (vote:5) or in a single pass.",
        ),
        click.option("--seq", type=click.IntRange(min=1), help="Length of the sequence."),
        click.option(
            "--bits", type=click.IntRange(2, 12), help="Bits of weights and rounded values."
        ),
    ):
        command = option(command)
    return command


def report_network(
    source: str,
    options: NetworkOptions,
    *,
    check: int | None,
    as_json: bool,
    html: str | None,
    output: str,
    limited: bool = False,
) -> tuple[NetworkReport | BoundsReport, list[str]]:
    """Measure and write; the report, and what failed, limits that holes leave open among it."""
    from tcsim.report.html import render_sections as to_html
    from tcsim.report.network import of_network
    from tcsim.report.network_bounds import of_holes
    from tcsim.report.network_bounds_content import bounds_sections
    from tcsim.report.network_content import network_sections
    from tcsim.report.text import render_sections as to_text

    opened = open_network(source, options)
    axes = {} if options.seq is None else dict.fromkeys(opened.network.named_axes, options.seq)
    report: NetworkReport | BoundsReport
    with progress("measured") as advance:
        said: dict[str, Any] = {
            "source": source,
            "axes": axes,
            "facts": opened.facts,
            "check": check,
            "progress": advance,
        }
        if opened.holes or opened.ends:
            report = of_holes(opened.network, opened.holes, opened.ends, **said)
            content = bounds_sections(report)
        else:
            report = of_network(opened.network, procedure=opened.procedure, **said)
            content = network_sections(report)
    if html is not None:
        emit(to_html(content).encode(), html)
    if html != "-" or output != "-":
        if as_json:
            emit(report.to_json().encode(), output)
        elif output != "-":
            emit(to_text(content).encode(errors="backslashreplace"), output)
        else:
            emit_text(to_text(content, block=block()))
    failures = [
        f"layer {one.layer}: {one.evidence}" for one in report.checks if one.verdict == "FAIL"
    ]
    if limited and opened.holes:
        failures.append(
            f"limits are not decided: {len(opened.holes)} parts of {source} have unknown depth"
        )
    return report, failures
