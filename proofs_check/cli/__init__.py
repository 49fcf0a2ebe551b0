"""`tcsim proofs`: list, show, run and report the claims of a ledger."""

from __future__ import annotations

import click

from tcsim.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("proofs_check.cli.listing:listing", "List the claims."),
    "report": ("proofs_check.cli.reporting:report", "Report every claim with its verdict."),
    "run": ("proofs_check.cli.run:run", "Run checks; exit 1 where an outcome is not as recorded."),
    "show": ("proofs_check.cli.listing:show", "Show all of a claim."),
}
"""Name -> where it is, and one line of help."""


@click.command(cls=LazyGroup, table=COMMANDS)
def proofs() -> None:
    """The claims of a paper as checks that run.

    Without --ledger the paper is "The Serial Scaling Hypothesis". Ledgers are trusted: their checks
    are Python, which is run.
    """


__all__ = ["proofs"]
