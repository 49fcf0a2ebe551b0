"""`tcsim proofs list` and `show`."""

from __future__ import annotations

import click

from proofs_check.cli.options import ledger_option, open_ledger, selecting
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text

LIST_SCHEMA = "proofs_check.list/1"
CLAIM_SCHEMA = "proofs_check.claim/1"


@click.command("list")
@ledger_option
@selecting
@json_option()
def listing(
    path: str | None,
    grades: tuple[str, ...],
    kinds: tuple[str, ...],
    costs: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """List the claims, in the order of the paper."""
    from proofs_check.rendering.data import claim_data
    from proofs_check.rendering.text import listing as as_text

    ledger = open_ledger(path)
    claims = ledger.select(grades=grades, kinds=kinds, costs=costs)
    if as_json:
        data = [claim_data(claim, ledger) for claim in claims]
        emit_json({"schema": LIST_SCHEMA, "title": ledger.title, "claims": data})
    else:
        emit_text(as_text(claims))


@click.command()
@click.argument("id_", metavar="ID")
@ledger_option
@json_option()
def show(id_: str, path: str | None, *, as_json: bool) -> None:
    """Show the claim ID: statement, grade, what holds instead, and its checks."""
    from proofs_check.rendering.data import claim_data
    from proofs_check.rendering.text import claim_text

    ledger = open_ledger(path)
    claim = ledger[id_]
    if as_json:
        emit_json({"schema": CLAIM_SCHEMA, **claim_data(claim, ledger)})
    else:
        emit_text(claim_text(claim, ledger))
