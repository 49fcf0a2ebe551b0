"""`tcsim derandomize`: from a randomized decider to one circuit, by vote."""

from __future__ import annotations

import click

from tcsim.cli.lazy import LazyGroup

COMMANDS = {
    "bounds": ("reductions.cli.derandomize_bounds:bounds", "How many seeds suffice on all inputs."),
    "check": ("reductions.cli.derandomize_check:check", "Verify a certificate anew."),
    "methods": ("reductions.cli.derandomize_methods:methods", "What each search for seeds finds."),
    "odds": ("reductions.cli.derandomize_bounds:odds", "Exact odds of majority and plurality."),
    "vote": ("reductions.cli.derandomize_vote:vote", "The vote, and its certificate (default)."),
}
"""Name -> where it is, and one line of help."""


@click.command(cls=LazyGroup, table=COMMANDS, default="vote")
def derandomize() -> None:
    """Derandomize a decider: k fixed seeds vote, and the vote is verified on every input.

    tcsim derandomize F --answers G ... is short for tcsim derandomize vote F --answers G ...; a
    file called like a command is ./bounds and so on.
    """


__all__ = ["derandomize"]
