"""`tcsim derandomize check`: a certificate, verified anew from its files."""

from __future__ import annotations

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress

SCHEMA = "reductions.derandomize.check/1"


@click.command()
@click.argument("certificate")
@click.option("--checkpoint", metavar="FILE", help="Keep what is done here; go on from there.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), default=1, show_default=True, help="Threads."
)
@json_option()
@click.pass_context
def check(
    ctx: click.Context, certificate: str, *, checkpoint: str | None, workers: int, as_json: bool
) -> None:
    """Verify all that CERTIFICATE says; the exit code is 1 if the vote is wrong on an input.

    The files are those that it speaks of, the circuit equals the answers on as many inputs as it
    says, and it is the vote of the seeds that it names.
    """
    from reductions.derandomize import VoteDefeatedError, check_certificate

    found = failure = None
    with progress("checking") as advance:
        try:
            found = check_certificate(
                certificate, checkpoint=checkpoint, workers=workers, progress=advance
            )
        except VoteDefeatedError as error:
            failure = error
    statement = str(failure) if found is None else found.statement
    if as_json:
        facts = {"certificate": certificate, "holds": failure is None, "statement": statement}
        emit_json({"schema": SCHEMA, **facts})
    else:
        emit_text(f"{'holds' if failure is None else 'DOES NOT HOLD'}: {statement}\n")
    ctx.exit(0 if failure is None else CHECK_FAILED)
