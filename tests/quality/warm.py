"""Runs of pytest that begin where an interpreter has loaded everything but what is tested.

Starting Python and importing pytest, Hypothesis, NumPy and the like takes longer than most tests
that a planted bug fails. So one process loads them, and each run is a fork of it. The packages
under test and the tests themselves are imported after the fork, from what is in the folder then.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Self

LOADED = ("hypothesis.strategies", "networkx", "numba", "pytest")
LOADED += ("click.testing", "rich.progress", "sympy.tensor.tensor")  # sympy's sums load the last
SECONDS = 240
"""A run that takes longer is ended: it neither passed nor failed."""


class Run(NamedTuple):
    """The exit code of pytest (minus the signal that ended it), and what it printed."""

    code: int
    output: str


class Forks:
    """Forks of one process that run tests in a folder.

    Args:
        folder: the working directory; its packages are tested.
        environment: the variables of the process.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._printed = folder / "printed.txt"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.quality.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            # Plugins of pytest and Hypothesis would import the packages before the fork.
            env={
                **environment,
                "PYTHONPATH": str(folder),
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                "HYPOTHESIS_NO_PLUGINS": "1",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, arguments: Sequence[str]) -> Run:
        """Run pytest in a fork and wait for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(self._printed), *arguments]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Run(code, self._printed.read_text(errors="replace"))


def _test(printed: str, arguments: list[str]) -> int:
    """Run pytest in this process, which is a fork."""
    signal.alarm(SECONDS)
    file = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(file, 1)
    os.dup2(file, 2)
    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    import_module("hypothesis.entry_points").run()
    return int(import_module("pytest").main(["-p", "_hypothesis_pytestplugin", *arguments]))


def main() -> None:
    """Read runs from standard input, one a line; write the exit code of each."""
    for name in LOADED:
        import_module(name)
    early = sorted({"tcsim", "reductions", "proofs_check"} & sys.modules.keys())
    assert not early, f"imported before the fork: {early}"
    gc.collect()
    gc.freeze()  # pytest collects garbage after each run
    with suppress(KeyboardInterrupt):
        for line in sys.stdin:
            printed, *arguments = json.loads(line)
            child = os.fork()
            if not child:
                sys.exit(_test(printed, arguments))
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
