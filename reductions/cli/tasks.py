"""`tcsim tasks list`, `show`, `generate`: serial tasks for benchmarks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text

if TYPE_CHECKING:
    from reductions.tasks import Family, Spec
    from tcsim.typing import Progress

LIST_SCHEMA = "tcsim.tasks.list/1"
SHOW_SCHEMA = "tcsim.tasks.family/1"
GENERATE_SCHEMA = "tcsim.tasks.generate/1"

_SHOWN = (
    "question",
    "input",
    "answer",
    "depth",
    "width",
    "unit",
    "symmetries",
    "hardness",
    "assumption",
    "reference",
    "generator",
)


@click.group()
def tasks() -> None:
    """Serial tasks for benchmarks: rows with an answer, as deep and wide as asked for."""


@tasks.command("list")
@json_option()
def listing(*, as_json: bool) -> None:
    """List the families of tasks."""
    from reductions.tasks import FAMILIES, family

    every = [family(name) for name in sorted(FAMILIES)]
    if as_json:
        emit_json({"schema": LIST_SCHEMA, "tasks": [_described(one) for one in every]})
        return
    width = max(map(len, FAMILIES))
    emit_text("".join(f"{one.name.ljust(width)}  {one.question}\n" for one in every))


@tasks.command()
@click.argument("name")
@json_option()
def show(name: str, *, as_json: bool) -> None:
    """Describe the family NAME: what is asked, what depth and width count, how hard it is."""
    from reductions.tasks import family

    one = _described(family(name))
    if as_json:
        emit_json({"schema": SHOW_SCHEMA, **one})
        return
    lines = [name, *(f"  {key}: {one[key]}" for key in _SHOWN)]
    emit_text("\n".join(lines) + "\n")


def _described(one: Family) -> dict[str, object]:
    least = dict(zip(("depth", "width"), one.least, strict=True))
    return {"name": one.name, **{key: getattr(one, key) for key in _SHOWN}, "least": least}


@tasks.command()
@click.argument("name")
@click.option("--depth", type=int, required=True, help="Depth of each instance.")
@click.option("--width", type=int, required=True, help="Width of each instance.")
@click.option("--count", type=click.IntRange(min=0), default=1000, show_default=True, help="Rows.")
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="JSON lines; Parquet if it ends in .parquet; a data set for Hugging Face if it ends in / "
    "or is a folder.  [default: standard output]",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the sequence.")
@click.option("--start", type=click.IntRange(min=0), default=0, help="Rows to leave out first.")
@click.option("--copies", type=int, default=1, show_default=True, help="Instances a row.")
@click.option("--wide", is_flag=True, help="The same total work as many instances of least depth.")
@click.option("--split", default="test", show_default=True, help="Name of a data set's rows.")
@json_option()
def generate(
    name: str,
    *,
    depth: int,
    width: int,
    count: int,
    output: str,
    seed: int,
    start: int,
    copies: int,
    wide: bool,
    split: str,
    as_json: bool,
) -> None:
    """Write rows of the family NAME.

    The rows of a seed are a sequence: fewer are the first of more, and with --start it can be
    written in parts. No two rows are the same up to the problem's symmetries, and all answers are
    equally frequent. With --json a summary is printed, and the rows go to a FILE.
    """
    from reductions import tasks as made
    from tcsim.cli.progress import progress

    if as_json and output == "-":
        raise click.UsageError("--json prints a summary: give a FILE for the rows with -o")
    spec = made.Spec(name, depth, width, copies, seed)
    if wide:
        spec = made.wide(spec)
    with progress(f"{name}: rows") as told:
        _write(spec, count, start, output, split, told)
    if as_json:
        emit_json(
            {
                "schema": GENERATE_SCHEMA,
                "output": output,
                "rows": count,
                "start": start,
                "task": name,
                "depth": spec.depth,
                "width": spec.width,
                "copies": spec.copies,
                "seed": seed,
                "dependency_depth": spec.depth,
                "total_work": spec.total_work,
                "assumption": made.family(name).assumption,
                "generator": made.family(name).generator,
            }
        )


def _write(
    spec: Spec, count: int, start: int, output: str, split: str, told: Progress | None
) -> None:
    from reductions import tasks as made

    rows = made.rows(spec, count, start)
    if output == "-":
        made.write_jsonl(rows, sys.stdout.buffer, count, told)
        sys.stdout.buffer.flush()
    elif output.endswith("/") or Path(output).is_dir():
        made.write_dataset(rows, output, spec, count, split=split, progress=told)
    elif output.endswith(".parquet"):
        made.write_parquet(rows, output, count, told)
    else:
        made.write_jsonl(rows, output, count, told)
