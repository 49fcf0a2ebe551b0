"""Options that several of the commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from proofs_check.claim import Claim
    from proofs_check.ledger import Ledger
    from proofs_check.result import Run

F = TypeVar("F", bound=Callable[..., Any])


def ledger_option(command: F) -> F:
    """``--ledger FILE.toml``."""
    return click.option(
        "--ledger", "path", metavar="FILE.toml", help="A ledger.  [default: the paper's]"
    )(command)


def selecting(command: F) -> F:
    """``--grade``, ``--kind`` and ``--cost``."""
    for option in (
        click.option(
            "--cost", "costs", multiple=True, help="Claims with a check of this cost: quick, full."
        ),
        click.option("--kind", "kinds", multiple=True, help="Claims of this kind alone."),
        click.option(
            "--grade", "--verdict", "grades", multiple=True, help="Claims of this grade alone."
        ),
    ):
        command = option(command)
    return command


def running(command: F) -> F:
    """``--all``, ``--jobs``, ``--no-cache``, ``--cache``."""
    for option in (
        click.option("--cache", metavar="FOLDER", help="Where outcomes are remembered."),
        click.option("--no-cache", is_flag=True, help="Run checks even if remembered."),
        click.option(
            "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes."
        ),
        click.option("--all", "full", is_flag=True, help="Also the checks that take long."),
    ):
        command = option(command)
    return command


def open_ledger(path: str | None) -> Ledger:
    """The ledger of ``--ledger``."""
    from proofs_check.ledger import Ledger

    return Ledger.paper() if path is None else Ledger.load(path)


def perform(
    ledger: Ledger,
    claims: list[Claim],
    *,
    full: bool,
    jobs: int,
    cache: str | None,
    no_cache: bool,
) -> Run:
    """A run, with a bar on a terminal."""
    from proofs_check.cache import Cache
    from proofs_check.running import run
    from tcsim.cli.progress import progress

    store = None if no_cache else Cache(cache)
    executor: Executor | None = None
    if jobs > 1:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Threads may have been started by now; a fork would inherit their locks.
        executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        with progress("checks") as advance:
            return run(ledger, claims, full=full, cache=store, executor=executor, progress=advance)
    finally:
        if executor is not None:
            executor.shutdown(cancel_futures=True)
