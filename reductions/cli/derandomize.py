"""`tcsim derandomize`: from a randomized decider to one circuit, by vote."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "bounds": ("reductions.cli.derandomize_bounds:bounds", "How many seeds suffice on all inputs."),
    "check": ("reductions.cli.derandomize_check:check", "Verify a certificate anew."),
    "methods": ("reductions.cli.derandomize_methods:methods", "What each search for seeds finds."),
    "odds": ("reductions.cli.derandomize_bounds:odds", "Exact odds of majority and plurality."),
    "vote": ("reductions.cli.derandomize_vote:vote", "The vote, and its certificate (default)."),
}
"""Name -> where it is, and one line of help."""


class Commands(click.Group):
    """The group: commands are loaded on use, and what is no command goes to `vote`."""

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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `vote` before what names no command."""
        if args and args[0] not in COMMANDS and args[0] not in ctx.help_option_names:
            args = ["vote", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.command(cls=Commands)
def derandomize() -> None:
    """Derandomize a decider: k fixed seeds vote, and the vote is verified on every input.

    tcsim derandomize F --answers G ... is short for tcsim derandomize vote F --answers G ...; a
    file called like a command is ./bounds and so on.
    """


__all__ = ["derandomize"]
