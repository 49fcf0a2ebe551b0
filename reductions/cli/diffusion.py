"""`tcsim diffusion`: from a diffusion model to one circuit, and the numbers of Theorem F.1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress

DEMO_SCHEMA = "reductions.diffusion.demo/1"
NUMBERS_SCHEMA = "reductions.diffusion.numbers/1"
CONVERGENCE_SCHEMA = "reductions.diffusion.convergence/1"


@click.group()
def diffusion() -> None:
    """Diffusion models: samplers with fixed seeds as circuits, and votes over seeds.

    Theorem 4.1/F.1 of the paper as a pipeline that runs.
    """


@diffusion.command()
@click.option(
    "--pool",
    type=click.IntRange(1, 4096),
    default=256,
    show_default=True,
    help="How many seeds to choose from.",
)
@click.option("-k", "k", type=click.IntRange(1), help="How many vote.  [default: as few as found]")
@click.option(
    "--method",
    type=click.Choice(["random", "greedy", "weights", "exact"]),
    default="greedy",
    show_default=True,
    help="How seeds are found.",
)
@click.option("--save", metavar="DIR", help="Write vote.tc and a certificate to a folder.")
@json_option()
def demo(*, pool: int, k: int | None, method: Any, save: str | None, as_json: bool) -> None:  # noqa: ANN401
    """The trained model that ships: sample, vote, verify all 3^10 prefixes, report.

    Nothing is trained. A score network reads 10 tokens and denoises a point of the line in 16
    steps; the right token is the most frequent one.
    """
    from reductions.derandomize.diffusion.demonstration import demonstrate
    from reductions.derandomize.diffusion.report import facts, text
    from reductions.derandomize.diffusion.shipped import pool as seeds_of_pool
    from reductions.derandomize.diffusion.shipped import right_tokens, shipped
    from tcsim.errors import ArgumentError

    if save is not None and not Path(save).is_dir():
        raise ArgumentError(f"cannot write to {save}: there is no such folder")
    with progress("diffusion") as advance:
        found = demonstrate(
            shipped(), right_tokens, pool=seeds_of_pool(pool), k=k, method=method, progress=advance
        )
    if save is not None:
        found.save(Path(save) / "vote.tc", Path(save) / "certificate.json")
    shown = facts(found)
    if as_json:
        emit_json({"schema": DEMO_SCHEMA, "saved": save, **shown})
    else:
        emit_text(text(shown))


@diffusion.command()
@json_option()
@click.pass_context
def numbers(ctx: click.Context, *, as_json: bool) -> None:
    """Compute the numbers behind Theorem F.1 anew; the exit code is 1 if one differs.

    Numbers of seeds and their counterexamples, odds of majority and plurality, constants of eps'
    and c', and total variation from atoms.
    """
    from reductions.derandomize.diffusion.numbers import numbers as compute

    with progress("numbers") as advance:
        found = compute(advance)
    if as_json:
        rows = [{**vars(one), "agrees": one.agrees} for one in found]
        emit_json({"schema": NUMBERS_SCHEMA, "numbers": rows})
    else:
        about, lines = "", []
        for one in found:
            if one.about != about:
                lines.append(one.about)
                about = one.about
            sign = "" if one.agrees else "   DIFFERS"
            lines.append(f"  {one.what:<52}{one.stated:>16.9g}{one.computed:>16.9g}{sign}")
        emit_text("\n".join(lines) + "\n")
    ctx.exit(0 if all(one.agrees for one in found) else CHECK_FAILED)


@diffusion.command()
@click.option("--steps", default="16,32,64,128", show_default=True, metavar="T,T,...")
@json_option()
def convergence(*, steps: str, as_json: bool) -> None:
    """Total variation between sampler and noised law against T, in 1, 2 and 3 dimensions.

    The score is exact and densities are integrated numerically. Coordinates are independent
    mixtures of two Gaussians. The theorem cited by the paper says O(d/T), up to logarithms.
    """
    from reductions.derandomize.diffusion.densities import EXAMPLE
    from reductions.derandomize.diffusion.densities import convergence as measure
    from tcsim.errors import ArgumentError

    try:
        counts = tuple(int(part) for part in steps.split(","))
    except ValueError:
        raise ArgumentError(f"--steps is numbers such as 16,32,64, not {steps!r}") from None
    with progress("densities") as advance:
        found = measure(EXAMPLE, counts, progress=advance)
    if as_json:
        rows = [
            {**vars(one), "slope": one.slope, "slope_of_logarithm": one.against_logarithm}
            for one in found
        ]
        emit_json({"schema": CONVERGENCE_SCHEMA, "convergence": rows})
        return
    head = "    T" + "".join(f"{f'd = {one.dimensions}':>12}" for one in found)
    lines = [head]
    for place, count in enumerate(counts):
        lines.append(f"{count:>5}" + "".join(f"{one.distances[place]:>12.5f}" for one in found))
    lines.append("slope" + "".join(f"{one.slope:>12.3f}" for one in found) + "   of ln TV on ln T")
    lines.append(
        "     "
        + "".join(f"{one.against_logarithm:>12.3f}" for one in found)
        + "   of ln TV on ln(T / ln T)"
    )
    emit_text("\n".join(lines) + "\n")
