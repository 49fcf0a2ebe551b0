"""`tcsim proofs`: list, show, run and report the claims of a ledger."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "list": ("proofs_check.cli.listing:listing", "List the claims."),
    "report": ("proofs_check.cli.reporting:report", "Report every claim with its verdict."),
    "run": ("proofs_check.cli.run:run", "Run checks; exit 1 where an outcome is not as recorded."),
    "show": ("proofs_check.cli.listing:show", "Show all of a claim."),
}
"""Name -> where it is, and one line of help."""


class Commands(click.Group):
    """The group: commands are loaded on use."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _colon, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.command(cls=Commands)
def proofs() -> None:
    """The claims of a paper as checks that run.

    Without --ledger the paper is "The Serial Scaling Hypothesis". Ledgers are trusted: their checks
    are Python, which is run.
    """


__all__ = ["proofs"]
