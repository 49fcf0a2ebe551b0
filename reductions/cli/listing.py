"""`tcsim reductions list`, `show`, `path`, `graph`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_json, emit_text, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reductions.chain import Chain
    from reductions.overhead import Overhead
    from reductions.problem import Problem
    from reductions.reduction import Reduction

LIST_SCHEMA = "reductions.list/1"
PROBLEM_SCHEMA = "reductions.problem/1"
RULE_SCHEMA = "reductions.rule/1"
PATH_SCHEMA = "reductions.path/1"
GRAPH_SCHEMA = "reductions.graph/1"
CONTROLS_SCHEMA = "reductions.controls/1"

WIDTH = 80
"""Of lines of text."""


@click.command("list")
@click.option(
    "--controls", is_flag=True, help="List what looks serial and is easy, or not known to be hard."
)
@json_option()
def listing(*, controls: bool, as_json: bool) -> None:
    """List the problems and the rules."""
    from reductions.registry import problem, problem_table, rule, rule_table

    if controls:
        _list_controls(as_json=as_json)
        return
    problems = [problem(name) for name in sorted(problem_table())]
    rules = [rule(name) for name in sorted(rule_table())]
    if as_json:
        emit_json(
            {
                "schema": LIST_SCHEMA,
                "problems": [{"name": one.name, "question": one.question} for one in problems],
                "rules": [_ends(one) for one in rules],
            }
        )
        return
    lines = ["Problems", *_entries((one.name, one.question) for one in problems)]
    lines += ["Rules", *_entries((one.name, one.summary) for one in rules)]
    emit_text("\n".join(lines) + "\n")


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each name, and lines of what it is."""
    for name, text in entries:
        yield f"  {name}"
        yield from _wrapped(text, "      ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )


def _list_controls(*, as_json: bool) -> None:
    from reductions.problems.controls import CONTROLS

    every = CONTROLS.values()
    if as_json:
        said = ("name", "question", "complexity", "in_nc", "assumption", "reference")
        rows = [{key: getattr(one, key) for key in said} for one in every]
        emit_json({"schema": CONTROLS_SCHEMA, "controls": rows})
        return
    lines: list[str] = []
    for one in every:
        where, why = one.verdict.split(": ", 1)
        lines += [where, *_wrapped(one.question, "  "), *_wrapped(why, "  ")]
    emit_text("\n".join(lines) + "\n")


@click.command()
@click.argument("name")
@click.option(
    "--picture", metavar="FILE.svg", help="Also draw an instance beside what the rule makes of it."
)
@click.option(
    "--instance", metavar="FILE", help="What to draw.  [default: the source's smallest sample]"
)
@json_option()
def show(name: str, *, picture: str | None, instance: str | None, as_json: bool) -> None:
    """Describe the problem or rule NAME: sizes, overhead, resources, reference.

    In a picture each element of the target has the color of the one that it was made from.
    """
    from reductions.registry import problem, problem_table, rule

    if instance is not None and picture is None:
        raise click.UsageError("--instance is what --picture draws")
    if name in problem_table():
        if picture is not None:
            raise click.UsageError(f"{name} is a problem; --picture draws a rule")
        data = _problem(problem(name))
    else:
        one = rule(name)
        data = _rule(one)
        if picture is not None:
            _draw_rule(one, picture, instance)
    if as_json:
        emit_json(data)
        return
    lines = [name]
    for key, value in data.items():
        if isinstance(value, dict):
            lines.append(f"  {key}:")
            for field, text in value.items():
                lines += _hung(f"{field}: {_plain(text)}", 4)
        elif key not in {"schema", "name"} and value is not None:
            lines += _shown(key, value)
    emit_text("\n".join(lines) + "\n")


def _shown(key: str, value: object) -> list[str]:
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return _hung(f"{key}: {text}", 2)


def _draw_rule(one: Reduction[Any, Any, Any, Any], picture: str, instance: str | None) -> None:
    from reductions.cli.chains import document
    from reductions.pictures import draw_rule

    given = None if instance is None else one.source.decode(*document(instance))
    draw_rule(one, given).save(picture)
    warn(f"{picture} written")


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return f"{'=' if value['exact'] else '<='} {value['formula']}"
    return str(value)


def _problem(one: Problem[Any, Any]) -> dict[str, Any]:
    return {
        "schema": PROBLEM_SCHEMA,
        "name": one.name,
        "question": one.question,
        "sizes": dict(one.fields),
        "witness": one.witnesses and one.witnesses.meaning,
        "promise": one.promise is not None,
        "hardness": one.hardness,
        "reference": one.reference,
    }


def _ends(one: Reduction[Any, Any, Any, Any]) -> dict[str, Any]:
    return {"name": one.name, "source": one.source.name, "target": one.target.name}


def _rule(one: Reduction[Any, Any, Any, Any]) -> dict[str, Any]:
    return {
        "schema": RULE_SCHEMA,
        **_ends(one),
        "summary": one.summary,
        "overhead": _formulas(one.overhead),
        "resources": one.resources,
        "why": one.why,
        "metered": one.metered is not None,
        "witnesses": one.back is not None,
        "invariant": one.invariant and one.invariant.statement,
        "reference": one.reference,
    }


def _formulas(overhead: Overhead) -> dict[str, Any]:
    return {
        field: {"formula": str(bound.formula), "exact": bound.exact}
        for field, bound in overhead.bounds.items()
    }


@click.command("path")
@click.argument("source")
@click.argument("target")
@click.option("--all", "every", is_flag=True, help="All chains, not only the smallest.")
@json_option()
def between(source: str, target: str, *, every: bool, as_json: bool) -> None:
    """The chain of rules from SOURCE to TARGET whose last instance is smallest."""
    from reductions.registry import chains, path

    best = path(source, target)
    found = chains(source, target) if every else [best]
    if as_json:
        emit_json({"schema": PATH_SCHEMA, "chains": [_chain(one) for one in found]})
        return
    emit_text("\n".join(_chain_text(one) for one in found))


def _chain(one: Chain) -> dict[str, Any]:
    return {"rules": [step.name for step in one.steps], "overhead": _formulas(one.overhead)}


def _chain_text(one: Chain) -> str:
    rules = ", ".join(step.name for step in one.steps)
    bounds = (f"{field} {bound}" for field, bound in one.overhead.bounds.items())
    lines = _hung(str(one), 0)
    for text in (f"rules: {rules}", *bounds):
        lines += _hung(text, 2)
    return "\n".join(lines) + "\n"


def _hung(text: str, indent: int) -> list[str]:
    """Lines of at most `WIDTH`, those behind the first indented by two more."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


@click.command("graph")
@click.option("--dot", is_flag=True, help="In the language of Graphviz.")
@click.option("-o", "--output", metavar="FILE", help="FILE.svg, a picture, or FILE.dot.")
@json_option()
def draw(*, dot: bool, output: str | None, as_json: bool) -> None:
    """The graph of problems and rules, and what it lacks.

    It lacks rules of isolated problems, and chains from Turing machines to unreachable ones; a
    dominated rule is one that a chain of others replaces.
    """
    from reductions.registry import diagnostics, graph

    if as_json and (dot or output is not None):
        raise click.UsageError("--json prints the graph: leave out --dot and -o")
    if output is not None:
        _draw_graph(output)
        return
    if dot:
        from reductions.pictures import to_dot

        emit_text(to_dot())
        return
    every = graph()
    edges = sorted((a, b, name) for a, b, name in every.edges(keys=True))
    lacks = diagnostics()
    if as_json:
        rows = [{"source": a, "target": b, "rule": name} for a, b, name in edges]
        data = {"problems": sorted(every), "rules": rows, "diagnostics": lacks}
        emit_json({"schema": GRAPH_SCHEMA, **data})
    else:
        lines = [f"{a} -> {b}  ({name})" for a, b, name in edges]
        lines += [f"{kind}: {', '.join(names) or 'none'}" for kind, names in lacks.items()]
        emit_text("\n".join(lines) + "\n")


def _draw_graph(output: str) -> None:
    from reductions.pictures import draw_graph, to_dot

    if output.lower().endswith((".dot", ".gv")):
        emit(to_dot().encode(), output)
    else:
        draw_graph().save(output)
    warn(f"{output} written")
