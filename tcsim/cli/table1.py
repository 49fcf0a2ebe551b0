"""`tcsim table1`: the table of architectures, measured, and the trained models beside it."""

from __future__ import annotations

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import check_targets, emit, emit_json, emit_text, warn
from tcsim.cli.progress import progress


@click.command()
@click.option(
    "--n",
    "points",
    metavar="N",
    help="Numbers of tokens: 4,8,16 or 4..32 (doubling).  [default: 4,8,16,32; with --trained "
    "4,8,16]",
)
@click.option(
    "--flat",
    type=click.IntRange(0),
    metavar="N",
    help="Build circuits of at most N gates and terms to measure them.  [default: 200,000]",
)
@click.option(
    "--trained",
    is_flag=True,
    help="Measure the trained models instead: right answers beside serial depth.",
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    metavar="N",
    help="With --trained: random words of each length.  [default: 200]",
)
@json_option()
@click.option(
    "--plot", "picture", metavar="FILE", help="Also plot depth against n: FILE.svg or FILE.png."
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.")
@click.pass_context
def table1(
    ctx: click.Context,
    /,
    *,
    points: str | None,
    flat: int | None,
    trained: bool,
    rows: int | None,
    as_json: bool,
    picture: str | None,
    output: str,
) -> None:
    """Measure architectures: serial depth against n, beside what is proved.

    MLP, CNN, transformers, state space models, RNN, LSTM, looped transformer, chain of thought and
    diffusion, as small integer networks with weights from a seed. Formulas are derived from parts;
    the exit code is 1 if a measurement differs from one, or contradicts what is proved.
    """
    from tcsim.family.points import parse_points

    _check_options(trained=trained, flat=flat, rows=rows, picture=picture)
    wanted = None if points is None else parse_points(points)
    check_targets(output, picture)
    if trained:
        _write_trained(wanted, rows, as_json=as_json, output=output)
        return
    from tcsim.networks.table1 import table, to_json
    from tcsim.networks.table1.measuring import DEFAULT_N, FLAT
    from tcsim.networks.table1.text import to_text

    if picture is not None:
        from tcsim.draw.table1 import check_picture

        check_picture(picture)
    with progress("networks") as advance:
        found = table(
            DEFAULT_N if wanted is None else wanted,
            flat=FLAT if flat is None else flat,
            progress=advance,
        )
    if picture is not None:
        from tcsim.draw.table1 import plot_table1

        plot_table1(found, picture)
    if as_json:
        emit_json(to_json(found), output)
    else:
        _write(to_text(found), output)
    failures = [f"{row.name}: {failure}" for row in found for failure in row.failures]
    failures += [
        f"{row.name}: not consistent" for row in found if row.agreement == "not consistent"
    ]
    for failure in failures:
        warn(failure)
    ctx.exit(CHECK_FAILED if failures else 0)


def _check_options(
    *, trained: bool, flat: int | None, rows: int | None, picture: str | None
) -> None:
    if trained and (flat is not None or picture is not None):
        raise click.UsageError("--flat and --plot do not go with --trained")
    if rows is not None and not trained:
        raise click.UsageError("--rows goes with --trained")


def _write_trained(
    wanted: tuple[int, ...] | None, rows: int | None, *, as_json: bool, output: str
) -> None:
    from tcsim.networks.table1.experiment import LENGTHS, ROWS, experiment
    from tcsim.networks.table1.experiment_text import to_text

    with progress("trained models") as advance:
        found = experiment(
            LENGTHS if wanted is None else wanted,
            rows=ROWS if rows is None else rows,
            progress=advance,
        )
    if as_json:
        emit_json(found.to_dict(), output)
    else:
        _write(to_text(found), output)


def _write(text: str, output: str) -> None:
    if output != "-":
        emit(text.encode(), output)
    else:
        emit_text(text)
