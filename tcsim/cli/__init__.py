"""The command `tcsim`; one sub-command a file, loaded when it is used.

Data goes to standard output, words to standard error. Exit codes: 0 ok, 1 a check failed or a bound
was exceeded, 2 usage, 3 unreadable or invalid input, 130 interrupted.
"""

from __future__ import annotations

import click

from tcsim import __version__
from tcsim.cli.commands import Commands


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit codes: 0 ok, 1 a check failed or a bound was exceeded, 2 wrong usage, "
    "3 unreadable or invalid input.",
)
@click.version_option(__version__, prog_name="tcsim", message="%(prog)s %(version)s")
def main() -> None:
    """Exact serial depth of threshold circuits and of trained networks.

    A circuit is named by its file (.tc, .npz, .aig and others), by - for standard input, or by a
    network that ships with tcsim: digits.
    """


__all__ = ["main"]
