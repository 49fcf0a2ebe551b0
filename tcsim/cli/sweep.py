"""`tcsim sweep`: a circuit, or two, on all input vectors or on many random ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import format_option, json_option, seed_option
from tcsim.cli.output import block, emit_json, emit_text
from tcsim.cli.progress import progress
from tcsim.cli.source import read_circuit

if TYPE_CHECKING:
    from tcsim.campaign import Result

SCHEMA = "tcsim.sweep/1"
_MOST_ROWS = 40
_BAR = 30


@click.command()
@click.argument("source")
@json_option()
@click.option(
    "--random",
    "vectors",
    type=click.IntRange(min=1),
    metavar="N",
    help="N random vectors instead of all 2^inputs.",
)
@seed_option()
@click.option("--count", "mode", flag_value="count", help="On how many vectors is each output 1?")
@click.option("--find", metavar="OUTPUT", help="The first vector on which this output is 1.")
@click.option("--histogram", metavar="BUS", help="How often these outputs code each integer.")
@click.option("--ones", "mode", flag_value="ones", help="How often are so many outputs 1?")
@click.option("--against", metavar="OTHER", help="Count, find, ... where OTHER's outputs differ.")
@click.option("--checkpoint", metavar="FILE", help="Keep what is done here; go on from there.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), default=1, show_default=True, help="Threads."
)
@format_option("--format", "format_", "SOURCE")
@format_option("--format-other", "format_other", "OTHER")
@click.pass_context
def sweep(
    ctx: click.Context,
    source: str,
    *,
    as_json: bool,
    vectors: int | None,
    seed: int,
    mode: str | None,
    find: str | None,
    histogram: str | None,
    against: str | None,
    checkpoint: str | None,
    workers: int,
    format_: str | None,
    format_other: str | None,
) -> None:
    """Run a circuit on all input vectors, or on many random ones.

    In vector r of all, input i is bit i of r; at most 40 inputs. OUTPUT and BUS name one output, or
    a bus name[0], name[1], ..., the lowest bit first. By default: --count; with --against the
    number of differences and the first. The exit code is 1 if the circuits differ.

    With --checkpoint, a sweep that was interrupted goes on where it ended when the same command is
    given again.
    """
    if sum(value is not None for value in (mode, find, histogram)) > 1:
        raise click.UsageError("give one of --count, --find, --histogram and --ones")
    if source == against == "-":
        raise click.UsageError("SOURCE and OTHER cannot both be standard input")
    if against is None and format_other is not None:
        raise click.UsageError("--format-other is the format of --against")
    circuit = read_circuit(source, format_)
    other = None if against is None else read_circuit(against, format_other)
    from tcsim import campaign

    default = "count" if other is None else "compare"
    chosen = "find" if find else "histogram" if histogram else mode or default
    tasks: dict[str, campaign.Task[Any]] = {
        "compare": campaign.Compare(),
        "count": campaign.Count(),
        "find": campaign.Find(),
        "histogram": campaign.Histogram(),
        "ones": campaign.Ones(),
    }
    task = tasks[chosen]
    with progress("vectors") as advance:
        options: dict[str, Any] = {
            "against": other,
            "outputs": find or histogram,
            "checkpoint": checkpoint,
            "workers": workers,
            "progress": advance,
        }
        result = (
            campaign.exhaustive(circuit, task, **options)
            if vectors is None
            else campaign.random(circuit, task, vectors, seed=seed, **options)
        )
    facts = _facts(chosen, result, circuit.input_names)
    if as_json:
        which: dict[str, object] = {"vectors": result.vectors, "exhaustive": vectors is None}
        which |= {} if vectors is None else {"seed": seed}
        names = {"source": source, "against": against}
        emit_json({"schema": SCHEMA, **names, "task": chosen, **which, **facts})
    else:
        count = f"{result.vectors:,}"
        head = f"all {count} vectors" if vectors is None else f"{count} random vectors, seed {seed}"
        emit_text(_words(chosen, facts, head, result, pair=other is not None))
    ctx.exit(CHECK_FAILED if other is not None and _differ(chosen, result.value) else 0)


def _differ(chosen: str, value: Any) -> bool:  # noqa: ANN401 - as many types as tasks
    """Whether the value of a task on two circuits says that they differ."""
    if chosen == "compare":
        return not value.equal
    if chosen == "find":
        return value is not None
    return any(value) if chosen == "count" else set(value) != {0}


def _facts(chosen: str, result: Result[Any], inputs: tuple[str, ...]) -> dict[str, Any]:
    """What ``--json`` prints of the result."""
    value = result.value
    if chosen == "count":
        return {"output_names": result.outputs, "counts": value}
    if chosen in {"histogram", "ones"}:
        return {
            "output_names": result.outputs,
            "histogram": [{"value": v, "count": c} for v, c in value.items()],
        }
    number = value if chosen == "find" else value.first
    found = None
    if number is not None:
        bits = "".join(map(str, result.vector(number).tolist()))
        found = {"number": number, "inputs": bits, "input_names": inputs}
    if chosen == "find":
        return {"output_names": result.outputs, "found": found}
    return {
        "equal": value.equal,
        "differences": value.differences,
        "first": found,
        "output_names": result.outputs,
        "counts": value.by_output,
    }


def _words(
    chosen: str, facts: dict[str, Any], head: str, result: Result[Any], *, pair: bool
) -> str:
    """The result for people."""
    verb = "differs" if pair else "is 1"
    if chosen == "find":
        found = facts["found"]
        one = len(result.outputs) == 1
        what = f"{result.outputs[0]} {verb}" if one else f"an output {verb}"
        if found is None:
            return f"on no vector: {what}\n  tried: {head}\n"
        return f"vector {found['number']:,}: {what}\n  inputs  {found['inputs']}\n"
    if chosen == "compare":
        if facts["equal"]:
            proof = "" if head.startswith("all ") else ": not a proof"
            return f"no difference on {head}{proof}\n"
        text = f"different on {facts['differences']:,} of {head}\n"
        text += f"  first: vector {facts['first']['number']:,}\n"
        text += f"  inputs  {facts['first']['inputs']}\n\n"
        rows = [
            (name, count)
            for name, count in zip(result.outputs, facts["counts"], strict=True)
            if count
        ]
        return text + _table("output differs", rows, result.vectors)
    if chosen == "count":
        rows = list(zip(result.outputs, facts["counts"], strict=True))
        return f"{head}\n\n{_table(f'output {verb}', rows, result.vectors)}"
    what = "outputs that differ" if pair else "ones" if chosen == "ones" else "value"
    rows = [(f"{item['value']:,}", item["count"]) for item in facts["histogram"]]
    return f"{head}\n\n{_table(what, rows, result.vectors)}"


def _table(title: str, rows: list[tuple[str, int]], total: int) -> str:
    """Rows of a name, a number of vectors, its share, and a bar; within 80 columns."""
    shown = rows[:_MOST_ROWS]
    left = min(max([len(title), *(len(name) for name, _ in shown)]), 24)
    right = max(len("vectors"), *(len(f"{count:,}") for _, count in shown), 0)
    most = max((count for _, count in shown), default=0)
    lines = [f"{title:<{left}}  {'vectors':>{right}}"]
    for name, count in shown:
        fits = name if len(name) <= left else f"{name[: left - 3]}..."
        bar = block() * round(min(_BAR, 68 - left - right) * count / most) if most else ""
        lines.append(f"{fits:<{left}}  {count:>{right},}  {count / total:7.2%}  {bar}".rstrip())
    if len(rows) > len(shown):
        lines.append(f"... and {len(rows) - len(shown):,} more: --json prints all")
    return "\n".join(f"  {line}" for line in lines) + "\n"
