"""`tcsim library`: the constructions: list, describe, build and check them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import format_option, json_option
from tcsim.cli.output import emit, emit_json, emit_text, warn
from tcsim.cli.progress import progress
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.library import Construction, Verdict

LIST_SCHEMA = "tcsim.library/1"
CHECK_SCHEMA = "tcsim.library.check/1"

MAX_SIZE = 2_000_000
"""Most gates and operands that are built from the command line."""


@click.command("library", context_settings={"ignore_unknown_options": True})
@click.argument(
    "words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME]... [--PARAMETER VALUE]..."
)
@click.option("-o", "--output", metavar="FILE", help="Where the circuit goes.  [default: stdout]")
@format_option("--to", "to", "FILE")
@click.option("--check", is_flag=True, help="Check formulas and functions, of NAME... or of all.")
@json_option()
@click.pass_context
def library(
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    output: str | None,
    to: str | None,
    check: bool,
    as_json: bool,
) -> None:
    """List the constructions, describe one, build one, or check them.

    \b
    tcsim library                        list all, with their formulas
    tcsim library addition               describe one
    tcsim library addition --n 8         write its circuit (-o FILE)
    tcsim library --check                compare formulas with measured circuits,
                                         and functions with oracles

    A circuit is written as built: nothing is shared or folded. With --check the exit code is 1 if
    a check fails.
    """  # noqa: D301 - click's mark for lines that it shall not fill
    from tcsim.library import get, names

    wanted, given = _split(words)
    writes = bool(given) or output is not None or to is not None
    if (check and writes) or (not check and len(wanted) > 1) or (writes and not wanted):
        raise click.UsageError("give one NAME with its parameters, or --check with any NAMEs")
    if writes and as_json:
        raise click.UsageError("--json is for lists and checks; a circuit as JSON: -o FILE.json")
    if check:
        verdicts = _check([get(name) for name in wanted or names()])
        if as_json:
            emit_json({"schema": CHECK_SCHEMA, "claims": [_claim(v) for v in verdicts]})
        else:
            emit_text(_table(verdicts))
        ctx.exit(0 if all(verdict.passed for verdict in verdicts) else CHECK_FAILED)
    if writes:
        _build(get(wanted[0]), given, output or "-", to)
    else:
        for name in wanted:
            get(name)  # an unknown one is an error, also with --json
        _show(wanted, as_json=as_json)


def _split(words: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """Names, and parameters as ``--name value`` or ``--name=value``."""
    names, given = [], {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            names.append(word)
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise click.UsageError(f"no such option: {word}; parameters are --NAME VALUE")
        if not equals:
            value = next(rest, "")
            if not value:
                raise click.UsageError(f"{word} needs a value, or is no option of this command")
        if name in given:
            raise click.UsageError(f"--{name} is given twice")
        given[name] = value
    return names, given


def _show(wanted: list[str], *, as_json: bool) -> None:
    from tcsim.library import describe, names
    from tcsim.library.listing import as_data, listing

    if as_json:
        entries = [as_data(name) for name in wanted or names()]
        emit_json({"schema": LIST_SCHEMA, "constructions": entries})
    else:
        emit_text(describe(wanted[0]) if wanted else listing())


def _build(record: Construction, given: dict[str, str], target: str, to: str | None) -> None:
    from tcsim.formats.registry import find, for_writing

    format_ = find(to or "tc") if to or target == "-" else for_writing(target)
    known = {parameter.name: parameter for parameter in record.parameters}
    values = record.values(
        **{
            name: known[name].parsed(text) if name in known else text
            for name, text in given.items()
        }
    )
    try:
        record.require_room(MAX_SIZE, **values)
    except LimitError as error:
        call = f'tcsim.library.get("{record.name}").circuit(...)'
        raise LimitError(f"{error}; larger circuits are built in Python: {call}") from None
    circuit = record.circuit(**values)
    emit(format_.write(circuit), target)
    if target != "-":
        measures = circuit.measures
        warn(
            f"{target} written: depth {measures.depth:,}, size {measures.size:,} (threshold basis)"
        )


def _check(records: list[Construction]) -> list[Verdict]:
    from tcsim.library import check

    verdicts = []
    with progress("checking") as advance:
        for done, record in enumerate(records, 1):
            verdicts += check(record)
            if advance is not None:
                advance(done, len(records))
    return verdicts


def _claim(verdict: Verdict) -> dict[str, Any]:
    return {
        "construction": verdict.construction,
        "claim": verdict.claim,
        "formula": verdict.formula,
        "points": verdict.points,
        "exhaustive_points": verdict.exhaustive,
        "vectors": verdict.vectors,
        "passed": verdict.passed,
        "failure": verdict.failure,
    }


def _table(verdicts: list[Verdict]) -> str:
    from tcsim.library.listing import WIDTH, label
    from tcsim.report.numbers import plural

    lines, before = [], ""
    for verdict in verdicts:
        if verdict.construction != before:
            before = verdict.construction
            lines.append(before)
        what = verdict.formula
        if verdict.claim == "function":
            what = (
                f"equals the oracle on {plural(verdict.vectors, 'input vector')}, "
                f"all there are at {plural(verdict.exhaustive, 'point')}"
            )
        head = f"  {'PASS' if verdict.passed else 'FAIL'}  {plural(verdict.points, 'point'):>11}  "
        text = f"{label(verdict.claim)}: {what}"
        indent = " " * len(head)
        lines += textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=indent + "  ")
        if verdict.failure is not None:
            lines += textwrap.wrap(
                verdict.failure, WIDTH, initial_indent=indent, subsequent_indent=indent
            )
    failed = sum(not verdict.passed for verdict in verdicts)
    lines += ["", f"{plural(len(verdicts), 'claim')} checked, {failed} failed"]
    return "\n".join(lines) + "\n"
