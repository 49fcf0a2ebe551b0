"""Running checks: in order or side by side, remembered by content, an exception never a pass."""

from __future__ import annotations

import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofs_check.checks import perform
from proofs_check.outcome import Kind, Outcome
from proofs_check.result import Result, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from proofs_check.cache import Cache
    from proofs_check.checks import Check
    from proofs_check.claim import Claim
    from proofs_check.ledger import Ledger
    from tcsim.typing import Progress


def versions() -> dict[str, str]:
    """Of Python and of the packages that the methods use."""
    names = ("tcsim", "numpy", "sympy", "mpmath", "hypothesis")
    found = {"python": sys.version.split()[0]}
    for name in names:
        try:
            found[name] = version(name)
        except ImportError:  # run from a tree that was never installed
            found[name] = "unknown"
    return found


def run(
    ledger: Ledger,
    claims: Iterable[Claim] | None = None,
    *,
    full: bool = False,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Run:
    """Run the checks of claims.

    Args:
        ledger: of the claims.
        claims: all unless given.
        full: also the checks that take long.
        cache: where outcomes are remembered by content; None for nowhere.
        executor: where the checks are run; here, one by one, unless given.
        progress: called as ``progress(done, total)``, in checks.

    Returns:
        The outcomes. A check that raises is an error in them; nothing is raised here.
    """
    chosen = list(ledger.claims.values() if claims is None else claims)
    wanted = list(dict.fromkeys(name for claim in chosen for name in claim.all_checks))
    skipped = {name for name in wanted if not full and ledger.checks[name].cost == "full"}
    chosen_checks = [name for name in wanted if name not in skipped]
    outcomes: dict[str, Outcome] = {}
    seconds: dict[str, float] = {}
    if cache is not None:
        for name in chosen_checks:
            found = cache.get(ledger.checks[name])
            if found is not None:
                outcomes[name], seconds[name] = found, 0.0
    cached = frozenset(outcomes)
    fresh = [ledger.checks[name] for name in chosen_checks if name not in outcomes]

    def done(name: str, timed: tuple[Outcome, float]) -> None:
        outcomes[name], seconds[name] = timed
        if cache is not None and timed[0].kind not in {Kind.ERROR, Kind.UNCHECKED}:
            cache.put(ledger.checks[name], timed[0])
        if progress is not None:
            progress(len(outcomes), len(chosen_checks))

    _perform(fresh, ledger.path.parent, executor, done)
    results = []
    for claim in chosen:
        own = {name: outcomes[name] for name in claim.all_checks if name in outcomes}
        left = tuple(name for name in claim.all_checks if name in skipped)
        results.append(Result(claim, own, left, tuple(name for name in own if name in cached)))
    return Run(ledger, results, seconds, versions())


def _perform(
    checks: Sequence[Check],
    folder: Path,
    executor: Executor | None,
    done: Callable[[str, tuple[Outcome, float]], None],
) -> None:
    from concurrent.futures import as_completed

    call = partial(perform_by_name, str(folder))
    if executor is None:
        for check in checks:
            done(check.name, call(check.module, check.name))
        return
    waiting = {executor.submit(call, check.module, check.name): check.name for check in checks}
    for future in as_completed(waiting):
        try:
            timed = future.result()
        except Exception as error:  # noqa: BLE001 - a worker that died is not a pass
            what = f"{type(error).__name__}: {error}"
            timed = Outcome(Kind.ERROR, f"the worker failed: {what}", {"error": what}), 0.0
        done(waiting[future], timed)


def perform_by_name(
    folder: str, module: str, name: str, arguments: Mapping[str, Any] | None = None
) -> tuple[Outcome, float]:
    """Import a check and call it, in whatever process this is; with it the seconds it took."""
    import time

    from proofs_check.checks import checks_of
    from proofs_check.loading import import_checks

    one = {c.name: c for c in checks_of(import_checks(module, Path(folder)), module)}[name]
    start = time.perf_counter()
    outcome = perform(one, arguments)
    return outcome, time.perf_counter() - start


def run_flips(
    ledger: Ledger,
    claims: Iterable[Claim] | None = None,
    *,
    full: bool = False,
    progress: Progress | None = None,
) -> list[str]:
    """Bend every claim, and see whether the checks notice.

    Args:
        ledger: of the claims.
        claims: all unless given.
        full: also checks that take long.
        progress: called as ``progress(done, total)``, in checks.

    Returns:
        What was not noticed, in a line each; nothing, if all is well.
    """
    chosen = list(ledger.claims.values() if claims is None else claims)
    names = list(dict.fromkeys(name for claim in chosen for name in claim.all_checks))
    checks = [ledger.checks[name] for name in names if full or ledger.checks[name].cost == "quick"]
    failures = []
    for number, check in enumerate(checks):
        for label, arguments in check.flips.items():
            outcome = perform(check, arguments)
            if outcome.kind is not Kind.REFUTED:
                failures.append(f"{check.name}, flipped ({label}): {outcome}")
        for label, arguments in check.repairs.items():
            outcome = perform(check, arguments)
            if not outcome.positive:
                failures.append(f"{check.name}, repaired ({label}): {outcome}")
        if progress is not None:
            progress(number + 1, len(checks))
    return failures
