"""`tcsim reductions`: list, run, trace back and check reductions between problems."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tcsim.cli.lazy import LazyGroup

COMMANDS = {
    "extract": ("reductions.cli.mapping:extract", "Map a witness back to the first problem."),
    "graph": ("reductions.cli.listing:draw", "The graph of problems and rules; what it lacks."),
    "list": ("reductions.cli.listing:listing", "List the problems and the rules."),
    "path": ("reductions.cli.listing:between", "Chains between two problems, and their overhead."),
    "run": ("reductions.cli.mapping:run", "Map an instance."),
    "show": ("reductions.cli.listing:show", "Describe a problem or a rule."),
    "verify": ("reductions.cli.verifying:verify", "Check rules in twelve points."),
}
"""Name -> where it is, and one line of help."""


@click.command(cls=LazyGroup, table=COMMANDS)
def reductions() -> None:
    """Reductions between decision problems, as programs.

    An instance or witness is a JSON document; - is standard input. A RULE is a name, or the place
    of your own as module:name or file.py:name; where a chain will do, also RULE,RULE,... or
    FROM..TO, for the chain between two problems whose last instance is smallest.
    """
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))  # where module:name is looked for


__all__ = ["reductions"]
