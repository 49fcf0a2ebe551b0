"""`tcsim proofs report`."""

from __future__ import annotations

import click

from proofs_check.cli.options import ledger_option, open_ledger, perform, running
from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_json, emit_text, warn


@click.command()
@ledger_option
@running
@click.option("--html", "page", metavar="FILE.html", help="Also write one self-contained page.")
@click.option("--graph", metavar="FILE.svg", help="Also draw what rests on what.")
@json_option()
@click.pass_context
def report(
    ctx: click.Context,
    path: str | None,
    *,
    full: bool,
    jobs: int,
    no_cache: bool,
    cache: str | None,
    page: str | None,
    graph: str | None,
    as_json: bool,
) -> None:
    """Report every claim with its verdict, as Markdown."""
    from proofs_check.rendering.data import claim_data, run_data
    from proofs_check.rendering.markdown import markdown

    ledger = open_ledger(path)
    claims = ledger.select()
    done = perform(ledger, claims, full=full, jobs=jobs, cache=cache, no_cache=no_cache)
    if page is not None:
        from proofs_check.rendering.html import html

        emit(html(done).encode(), page)
        warn(f"{page} written")
    if graph is not None:
        from proofs_check.rendering.graph import draw

        draw(done).save(graph)
        warn(f"{graph} written")
    if as_json:
        emit_json({**run_data(done), "claims": [claim_data(claim, ledger) for claim in claims]})
    else:
        emit_text(markdown(done))
    ctx.exit(0 if done.as_recorded else CHECK_FAILED)
