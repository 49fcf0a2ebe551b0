"""`tcsim derandomize vote`: find seeds, build the vote, verify and certify it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reductions.cli.derandomize_options import METHODS, decider_options, k_option, options, source
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress

if TYPE_CHECKING:
    from reductions.derandomize import Derandomized

SCHEMA = "reductions.derandomize.vote/1"


@click.command()
@decider_options
@k_option
@click.option(
    "--method",
    type=click.Choice(["auto", *METHODS]),
    default="auto",
    show_default=True,
    help="How seeds are found.",
)
@click.option("--error", metavar="P", help="Error of a seed at most: draw as many as that needs.")
@click.option("-o", "--output", metavar="FILE", help="Write the voting circuit, .tc.")
@click.option("--certificate", metavar="FILE", help="Write a certificate, .json; needs -o.")
@click.option(
    "--sampled",
    type=click.IntRange(min=1),
    metavar="N",
    help="Verify on N random inputs: a statistical statement.  [default: all, up to 2^30]",
)
@click.option("--confidence", default="0.99", show_default=True, help="Of that statement.")
@click.option("--search", metavar="FILE", help="Keep the search for seeds here; go on from there.")
@click.option("--checkpoint", metavar="FILE", help="Keep the verification here, likewise.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), default=1, show_default=True, help="Threads."
)
@json_option()
def vote(
    *,
    k: int | None,
    method: str,
    error: str | None,
    output: str | None,
    certificate: str | None,
    sampled: int | None,
    confidence: str,
    search: str | None,
    checkpoint: str | None,
    workers: int,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - see decider_options
) -> None:
    """Fix seeds of F whose vote equals G on every input.

    F is a circuit some inputs of which are random bits. Random seeds suffice where it is right with
    probability above 1/2 on every input. The vote is built, compared with G on every input (or,
    beyond 2^30, on random ones), and written with a certificate that names all files by digest.
    """
    from reductions.derandomize import bounds, derandomize

    if certificate is not None and output is None:
        raise click.UsageError("--certificate speaks of a file: name it with -o")
    decider, answers = source(given)
    chosen = options(given)
    if sampled is not None:
        chosen |= {"scope": "sampled", "samples": sampled}
    with progress("derandomize") as advance:
        made = derandomize(
            decider,
            answers,
            **chosen,
            k=k,
            method=method,  # type: ignore[arg-type]
            error=error,
            confidence=bounds.fraction(confidence, "confidence"),
            checkpoint=checkpoint,
            search=search,
            workers=workers,
            progress=advance,
        )
    if certificate is not None and output is not None:
        made.save(output, certificate)
    elif output is not None:
        from tcsim.formats import write

        write(made.circuit, output)
    facts = _facts(made)
    if as_json:
        emit_json({"schema": SCHEMA, "output": output, "certificate": certificate, **facts})
    else:
        emit_text(_words(facts))


def _facts(made: Derandomized) -> dict[str, Any]:
    """What ``--json`` prints."""
    from dataclasses import asdict

    checked, margins, found = made.verification, made.margins, made.found
    return {
        "k": len(made.seeds),
        "seeds": ["".join(map(str, seed)) for seed in made.seeds],
        "rule": "majority" if made.alphabet is None else "plurality",
        "size": made.circuit.size,
        "depth": asdict(made.depths),
        "method": "random" if found is None else found.method,
        "pool": len(made.decider.seeds),
        "error": None if margins is None else str(margins.error),
        "gap": None if margins is None else str(margins.gap),
        "scope": checked.scope,
        "strings": checked.strings,
        "upper": None if checked.upper is None else str(checked.upper),
        "statement": checked.statement,
    }


def _words(facts: dict[str, Any]) -> str:
    """The result for people."""
    depth = facts["depth"]
    text = f"{facts['statement']}\n"
    text += f"  vote     {facts['rule']} of {facts['k']} seeds, found by {facts['method']}"
    text += f" in a pool of {facts['pool']:,}\n"
    text += f"  depth    {depth['total']}: copies {depth['copies']}, the vote at most "
    text += f"{depth['vote']} more; size {facts['size']:,}\n"
    if facts["error"] is not None:
        text += f"  one seed is wrong on an input with probability at most {facts['error']}"
        text += f" (gap {facts['gap']}), over the pool\n"
    return text
