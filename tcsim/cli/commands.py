"""The sub-commands: a static table of import strings, and what installed packages add."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tcsim.cli.failures import answer_in_json, guarded
from tcsim.cli.lazy import LazyGroup
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

COMMANDS = {
    "compare": ("tcsim.cli.compare:compare", "Are two circuits equivalent? If not: where?"),
    "convert": ("tcsim.cli.convert:convert", "Convert a circuit to another format."),
    "derandomize": (
        "reductions.cli.derandomize:derandomize",
        "One circuit from a randomized decider, by vote; certificates.",
    ),
    "diffusion": (
        "reductions.cli.diffusion:diffusion",
        "Diffusion: samplers as circuits, votes over seeds.",
    ),
    "draw": ("tcsim.cli.draw:draw", "Draw a circuit, or a page to step through it."),
    "eval": ("tcsim.cli.eval:evaluate", "Evaluate a circuit on input vectors."),
    "family": ("tcsim.cli.family:family", "Measure a family of circuits; evidence for a class."),
    "formats": ("tcsim.cli.formats:formats", "List the file formats."),
    "library": ("tcsim.cli.library:library", "Constructions: list, build and check them."),
    "proofs": ("proofs_check.cli:proofs", "Claims of the paper: list, check and report them."),
    "reductions": ("reductions.cli:reductions", "Reductions: run, trace back and check them."),
    "report": ("tcsim.cli.report:report", "Report depth, width and size of a circuit."),
    "selftest": ("tcsim.cli.selftest:selftest", "Compare the engines on random circuits."),
    "sweep": ("tcsim.cli.sweep:sweep", "All input vectors, or many: count, find, compare."),
    "table1": ("tcsim.cli.table1:table1", "Architectures: depth against n, and what is proved."),
    "tasks": ("reductions.cli.tasks:tasks", "Serial tasks for benchmarks: list and generate."),
    "transform": ("tcsim.cli.transform:transform", "Another basis, simpler, shallower, unrolled."),
    "uniformity": (
        "tcsim.cli.uniformity:uniformity",
        "Work space of machines that write circuits.",
    ),
}
"""Name -> where it is, and one line of help. Asking for help loads none of them."""

ENTRY_POINTS = "tcsim.commands"
"""The group in which other packages offer `click` commands."""


class Commands(LazyGroup):
    """The command `tcsim`: those of other packages too; errors of the project become exit codes."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(table=COMMANDS, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, those of other packages included."""
        return sorted({*super().list_commands(ctx), *added()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; one of another package that cannot be loaded says why when it runs."""
        if cmd_name in added():
            return _load(added()[cmd_name])
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Words that make no sense are answered in JSON too, where that is asked for."""
        if "--json" in args:
            answer_in_json(ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run a command; errors of the project, of files and interrupts become exit codes."""
        with guarded(ctx):
            return super().invoke(ctx)


@cache
def added() -> dict[str, EntryPoint]:
    """Commands of installed packages, by name. Ours keep their names."""
    from importlib.metadata import entry_points

    return {
        point.name: point
        for point in entry_points(group=ENTRY_POINTS)
        if point.name not in COMMANDS
    }


def _load(point: EntryPoint) -> click.Command:
    try:
        command = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever another package does
        return _unavailable(point, f"{type(error).__name__}: {error}")
    if not isinstance(command, click.Command):
        return _unavailable(point, f"{point.value} is no click command")
    return command


def _unavailable(point: EntryPoint, reason: str) -> click.Command:
    package = "another package" if point.dist is None else point.dist.name

    def fail(**_: object) -> NoReturn:
        raise TcsimError(f"the command {point.name}, of {package}, cannot be loaded: {reason}")

    return click.Command(
        point.name,
        callback=fail,
        short_help=f"(unavailable: {reason})",
        params=[click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED)],
        context_settings={"ignore_unknown_options": True},
        add_help_option=False,
    )
