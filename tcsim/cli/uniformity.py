"""`tcsim uniformity`: how much work space a machine needs that writes the circuits of a family."""

from __future__ import annotations

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_text, warn
from tcsim.cli.progress import progress


@click.command()
@click.argument("name", required=False)
@click.option(
    "--n",
    "points",
    metavar="N",
    help="Which n: 8..512 (doubling), 4..64:4 (steps), 4,8,16; by default what takes seconds.",
)
@click.option(
    "--steps",
    type=click.IntRange(1),
    default=50_000_000,
    show_default=True,
    help="Most steps of one run of the machine.",
)
@json_option()
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.")
@click.pass_context
def uniformity(
    ctx: click.Context,
    /,
    name: str | None,
    *,
    points: str | None,
    steps: int,
    as_json: bool,
    output: str,
) -> None:
    """Measure the uniformity of a family of circuits.

    NAME is one of the families that are there as programs; without it they are listed. A machine
    with a read-only input, a write-only output and registers writes the circuits; its work space is
    held against lg n. The direct connection language, and the extended one of paths, are compared
    with a circuit, query by query. The exit code is 1 if they differ or the space grows faster.
    """
    from tcsim.uniformity.families import FAMILIES, uniform_family

    if name is None:
        width = max(map(len, FAMILIES))
        for family in FAMILIES.values():
            click.echo(f"{family.name.ljust(width)}  {family.meaning}")
        return
    from tcsim.errors import LimitError
    from tcsim.family import parse_points
    from tcsim.uniformity.study import study_uniformity

    chosen = uniform_family(name)
    with progress(f"uniformity {name}") as advance:
        try:
            report = study_uniformity(
                chosen,
                None if points is None else parse_points(points),
                steps_limit=steps,
                progress=advance,
            )
        except LimitError as error:
            raise LimitError(f"{name}: {error}; here: --steps, or smaller n with --n") from None
    if as_json:
        emit(report.to_json().encode(), output)
    elif output != "-":
        emit(str(report).encode(), output)
    else:
        emit_text(str(report))
    for failure in report.failures:
        warn(failure)
    ctx.exit(CHECK_FAILED if report.failures else 0)
