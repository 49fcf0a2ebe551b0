"""Check a reduction in all twelve points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.checks.answers import answers, density, mutants, second_route
from reductions.checks.cases import Cases, cases
from reductions.checks.costs import overhead, work_space
from reductions.checks.decoding import serialization, totality
from reductions.checks.outcome import POINTS, CheckReport, Outcome, failed
from reductions.checks.proofs import composition, invariant, record, witnesses
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.reduction import Reduction
    from tcsim.typing import Progress

CHECKS: dict[str, Callable[[Reduction[Any, Any, Any, Any], Cases], Outcome]] = {
    "totality": totality,
    "answers": answers,
    "density": density,
    "witnesses": witnesses,
    "overhead": overhead,
    "work space": work_space,
    "composition": composition,
    "second route": second_route,
    "invariant": invariant,
    "mutants": mutants,
    "serialization": serialization,
    "record": record,
}

EXAMPLES = 60


def check(
    rule: Reduction[Any, Any, Any, Any],
    *,
    reach: int | None = None,
    examples: int = EXAMPLES,
    points: tuple[str, ...] = tuple(POINTS),
    progress: Progress | None = None,
) -> CheckReport:
    """Check a reduction in all twelve points of `POINTS`, or in some.

    Args:
        rule: one of `reductions`, or your own.
        reach: up to which size all instances are taken; by default the source's `reach`.
        examples: number of random instances; the same on every call.
        points: names of the points.
        progress: called as ``progress(done, total)``.

    Returns:
        One outcome a point. A point that raises an error has failed.

    Raises:
        ArgumentError: there is no such point.

    Example:
        >>> from reductions import check, rule
        >>> report = check(rule("cvp_threshold_cvp"), reach=1, examples=20)
        >>> report.passed, report["work space"].status.value
        (True, 'pass')
    """
    for point in points:
        if point not in CHECKS:
            raise ArgumentError(f"there is no point {point!r}; there are {', '.join(POINTS)}")
    total = len(points) + 2
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    found = cases(rule, rule.source.reach if reach is None else reach, examples, advance)
    outcomes = []
    for point in points:
        try:
            outcomes.append(CHECKS[point](rule, found))
        except Exception as error:  # noqa: BLE001 - of whatever rule; it is an outcome
            outcomes.append(failed(point, f"it raises {type(error).__name__}: {error}"))
        advance()
    return CheckReport(rule.name, tuple(outcomes))
