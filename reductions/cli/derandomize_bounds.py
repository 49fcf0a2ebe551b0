"""`tcsim derandomize bounds` and `odds`: numbers of seeds and probabilities, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text

if TYPE_CHECKING:
    from reductions.derandomize.bounds import Bound

BOUNDS_SCHEMA = "reductions.derandomize.bounds/1"
ODDS_SCHEMA = "reductions.derandomize.odds/1"


@click.command()
@click.option("--tokens", type=int, default=2, show_default=True, help="M, tokens of an input.")
@click.option("--length", type=int, required=True, help="n, places of an input.")
@click.option("--error", metavar="P", help="Error of a random seed at most, such as 1/4.")
@click.option("--gap", metavar="EPS", help="By how much the right token leads at least.")
@json_option()
def bounds(*, tokens: int, length: int, error: str | None, gap: str | None, as_json: bool) -> None:
    """How many seeds suffice for a vote to be right on all M^n inputs.

    With --error: the formula that the paper prints, which lacks the factor n; the corrected one;
    the same with the exact binomial tail; and how many seeds some decider needs. With --gap: a
    plurality.
    """
    from reductions.derandomize import bounds as known

    if error is None and gap is None:
        raise click.UsageError("give --error, --gap or both")
    rows: list[Bound] = []
    if error is not None:
        rows += [
            known.paper(tokens, error),
            known.corrected(tokens, length, error),
            known.exact(tokens, length, error),
            known.necessary(tokens, length, error),
        ]
    if gap is not None:
        rows += [
            known.plurality(tokens, length, gap),
            known.plurality(tokens, length, gap, moved=True),
        ]
    listed = [_row(one) for one in rows]
    if as_json:
        facts = {"tokens": tokens, "length": length, "error": error, "gap": gap}
        emit_json({"schema": BOUNDS_SCHEMA, **facts, "bounds": listed})
        return
    text = f"{'bound':<28}{'k':>8}{'value':>12}  formula\n"
    for row in listed:
        text += f"{row['name']:<28}{row['k']:>8,}{row['value']:>12.6g}  {row['formula']}\n"
        text += f"{'':<28}{'':>20}  {row['remark']}\n"
    emit_text(text)


def _row(one: Bound) -> dict[str, Any]:
    return {
        "name": one.name,
        "k": one.k,
        "value": float(one.formula),
        "formula": str(one.formula),
        "sound": one.sound,
        "remark": one.remark,
    }


@click.command()
@click.argument("probabilities", nargs=-1, required=True, metavar="P...")
@click.option("-k", "k", type=int, required=True, help="How many seeds vote.")
@json_option()
def odds(*, probabilities: tuple[str, ...], k: int, as_json: bool) -> None:
    """Probability that the vote of k random seeds is right on an input.

    A seed says token t with the probability of place t; the first one is the right token.
    """
    from reductions.derandomize.odds import odds as exact_odds

    found = exact_odds(probabilities, k)
    values = {"majority": float(found.majority), "plurality": float(found.plurality)}
    if as_json:
        exact = {name: str(getattr(found, name)) for name in values}
        facts = {"probabilities": probabilities, "k": k}
        emit_json({"schema": ODDS_SCHEMA, **facts, **values, "exact": exact})
        return
    emit_text("".join(f"{name:<10} right with probability {p:.6g}\n" for name, p in values.items()))
