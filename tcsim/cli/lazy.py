"""LazyGroup: a group of commands whose modules are loaded when a command is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group whose commands are import strings: asking for help loads none of them.

    Args:
        table: name -> (``"module:command"``, one line of help).
        default: the command that words which name none go to; None for none.
        **options: of `click.Group`.
    """

    def __init__(
        self,
        *,
        table: Mapping[str, tuple[str, str]],
        default: str | None = None,
        **options: Any,  # noqa: ANN401 - passed on
    ) -> None:
        super().__init__(**options)
        self.table = table
        self.default = default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted({*super().list_commands(ctx), *self.table})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.table:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.table[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before what names none."""
        named = args and (args[0] in self.table or args[0] in ctx.help_option_names)
        if self.default is not None and args and not named:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, self.summary(ctx, name)) for name in self.list_commands(ctx)]
            )

    def summary(self, ctx: click.Context, name: str) -> str:
        """A line about a command."""
        if name in self.table:
            return self.table[name][1]
        command = self.get_command(ctx, name)
        return "" if command is None else command.get_short_help_str(limit=200)
