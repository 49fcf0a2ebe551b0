"""`tcsim family`: what circuits for many n cost, how that grows, and what it is evidence for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_text, warn
from tcsim.cli.progress import progress

if TYPE_CHECKING:
    from tcsim.family import Family

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def _memory(_: click.Context, __: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{1,15})([KMGT]?)B?", text.upper())
    if match is None:
        raise click.BadParameter(f"{text!r} is no amount of memory; write 800M or 4G")
    return int(match[1]) * _UNITS[match[2]]


def _pairs(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for text, (key, equal, value) in zip(texts, pairs, strict=True):
        if not (key.strip() and equal and value.strip()):
            raise click.BadParameter(f"{text!r} is no NAME=VALUE")
    return {key.strip(): value.strip() for key, _, value in pairs}


@click.command()
@click.argument("target")
@click.option(
    "--n",
    "points",
    default="4..512",
    show_default=True,
    metavar="N",
    help="Which n: 4..512 (doubling), 4..64:4 (steps), 4,8,16, or several of these: 2..16:1,32,64.",
)
@click.option("--claim", metavar="CLASS", help="The class claimed: TC0, AC0, NC1, P/poly, ...")
@click.option(
    "--formula",
    "formulas",
    multiple=True,
    callback=_pairs,
    metavar="NAME=F",
    help="Declare a measure; may be repeated: 'size=n+1', 'depth=O(1)', 'inputs=2*n'.",
)
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="A parameter of a construction of the library; may be repeated.",
)
@click.option(
    "--memory", callback=_memory, metavar="SIZE", help="Memory that building may take, such as 4G."
)
@json_option()
@click.option("--plot", metavar="FILE", help="Plot the measures against n: FILE.svg or FILE.png.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.")
@click.pass_context
def family(
    ctx: click.Context,
    /,
    target: str,
    *,
    points: str,
    claim: str | None,
    formulas: dict[str, str],
    parameters: dict[str, str],
    memory: int | None,
    as_json: bool,
    plot: str | None,
    output: str,
) -> None:
    """Measure a family of circuits at several n.

    TARGET is module:name, file.py:name, or a construction of the library. It names a function
    n -> Circuit or a tcsim.Family; its code is run. Depth, size, width and edges are measured at
    each n; a formula is fitted, and verified at larger n; what was declared or claimed is held
    against the measurements. The exit code is 1 if they contradict it.
    """
    chosen = find_family(target, parameters)
    if claim is not None:
        chosen = replace(chosen, claim=claim)
    if formulas:
        chosen = replace(chosen, formulas={**chosen.formulas, **formulas})
    with progress(f"family {chosen.name}") as advance:
        report = chosen.study(points, memory=memory, progress=advance)
    if as_json:
        emit(report.to_json().encode(), output)
    elif output != "-":
        emit(str(report).encode(), output)
    else:
        emit_text(str(report))
    if plot is not None:
        from tcsim.draw import plot_family

        plot_family(report, plot)
    for contradiction in report.contradictions:
        warn(contradiction)
    ctx.exit(CHECK_FAILED if report.contradictions else 0)


def find_family(target: str, parameters: dict[str, str]) -> Family:
    """The family that TARGET names.

    Raises:
        TcsimError: there is none.
        click.UsageError: parameters for what is no construction of the library.
    """
    if ":" not in target:
        from tcsim.cli.library_family import library_family

        return library_family(target, parameters)
    if parameters:
        raise click.UsageError("--parameter applies to constructions of the library alone")
    from tcsim.family import load_family

    return load_family(target)
