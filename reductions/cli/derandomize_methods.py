"""`tcsim derandomize methods`: what each search for seeds finds, beside the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reductions.cli.derandomize_options import METHODS, decider_options, k_option, options, source
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress

if TYPE_CHECKING:
    from reductions.derandomize import Problem
    from reductions.derandomize.bounds import Bound

SCHEMA = "reductions.derandomize.methods/1"


@click.command()
@decider_options
@k_option
@click.option(
    "--method", "names", multiple=True, type=click.Choice(METHODS), help="May be repeated; all."
)
@json_option()
def methods(*, k: int | None, names: tuple[str, ...], as_json: bool, **given: Any) -> None:  # noqa: ANN401
    """What each search for seeds of F finds, beside the bounds."""
    from reductions.derandomize import pose
    from reductions.derandomize.seeds import compare

    posed = pose(*source(given), **options(given))
    with progress("searching") as advance:
        margins = posed.margins(advance)
        rows = compare(margins, names or METHODS, k, seed=given["seed"], progress=advance)
    known = _bounds(posed, margins.error, margins.gap)
    facts: dict[str, Any] = {"pool": margins.seeds, "points": margins.points}
    facts |= {"error": str(margins.error), "gap": str(margins.gap)}
    if as_json:
        listed = [{"name": one.name, "k": one.k, "sound": one.sound} for one in known]
        emit_json(
            {
                "schema": SCHEMA,
                **facts,
                "methods": [row._asdict() for row in rows],
                "bounds": listed,
            }
        )
        return
    text = f"{facts['pool']:,} seeds, {facts['points']:,} points, error at most {margins.error}, "
    text += f"gap {margins.gap}\n\n  {'method':<26}{'k':>6}{'steps':>8}{'seconds':>9}\n"
    for row in rows:
        if row.k is None:
            text += f"  {row.method:<26}{'-':>6}  {row.failure}\n"
        else:
            proof = "  no fewer do: proven" if row.least == row.k else ""
            text += f"  {row.method:<26}{row.k:>6}{row.steps:>8}{row.seconds:>9.2f}{proof}\n"
    for one in known:
        text += f"  {'bound: ' + one.name:<26}{one.k:>6}  {one.remark}\n"
    emit_text(text)


def _bounds(posed: Problem, error: Any, gap: Any) -> list[Bound]:  # noqa: ANN401
    """The bounds that hold for the measured error and gap."""
    from reductions.derandomize import bounds

    tokens, length = len(posed.domain.alphabet), posed.domain.length
    if posed.alphabet is not None:
        return [bounds.plurality(tokens, length, gap)] if gap > 0 else []
    if 2 * error >= 1:
        return []
    return [
        bounds.paper(tokens, error),
        bounds.corrected(tokens, length, error),
        bounds.exact(tokens, length, error),
    ]
