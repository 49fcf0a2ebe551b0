"""`tcsim reductions verify`: rules in twelve points."""

from __future__ import annotations

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress

SCHEMA = "reductions.verify/1"


@click.command()
@click.argument("names", nargs=-1, metavar="[RULE]...")
@click.option("--all", "every", is_flag=True, help="All rules that there are.")
@click.option("--reach", type=click.IntRange(0), help="Up to which size all instances are taken.")
@click.option(
    "--examples",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    help="Random instances of each rule.",
)
@click.option("--table", is_flag=True, help="One line a rule, as a table in Markdown.")
@json_option()
@click.pass_context
def verify(
    ctx: click.Context,
    names: tuple[str, ...],
    *,
    every: bool,
    reach: int | None,
    examples: int,
    table: bool,
    as_json: bool,
) -> None:
    """Check rules in twelve points; the exit code is 1 if one fails.

    A RULE is a name, module:name or file.py:name. A point that a rule brings nothing for is
    MISSING: it is stated and not tested.
    """
    from reductions.checks import check
    from reductions.checks.table import markdown
    from reductions.registry import rule, rule_table

    if every == bool(names):
        raise click.UsageError("give RULEs, or --all")
    rules = [rule(name) for name in (sorted(rule_table()) if every else names)]
    reports = []
    for one in rules:
        with progress(f"verify {one.name}") as advance:
            reports.append(check(one, reach=reach, examples=examples, progress=advance))
        if not (as_json or table):
            emit_text(str(reports[-1]))
    if as_json:
        emit_json({"schema": SCHEMA, "rules": [report.to_dict() for report in reports]})
    elif table:
        emit_text(markdown(reports))
    ctx.exit(0 if all(report.passed for report in reports) else CHECK_FAILED)
