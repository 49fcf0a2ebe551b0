"""Work space of rules as metered programs, up to a million items written.

``python -m benchmarks.work_space [--items N] [RULE]...`` fits a line over the logarithm of the
input's length up to 30,000 items and holds it against N of them, by default 1,000,000. An item is a
gate, or another record, of the target. All four rules take minutes.
"""

from __future__ import annotations

import argparse
import sys
from math import isqrt
from time import perf_counter
from typing import TYPE_CHECKING, Any

import reductions
from reductions.problems.turing_machine import Acceptance
from tcsim.uniformity import SpaceCurve, space_curve
from tcsim.uniformity.turing import parity

if TYPE_CHECKING:
    from collections.abc import Sequence

FITTED = (1_000, 3_000, 10_000, 30_000)
"""Items of the targets that the line is fitted to."""

STEPS = 10**10
"""More than any run here takes."""

PER_STEP = {
    "turing_machine_cvp": 53,
    "cvp_monotone_cvp": 8,
    "monotone_cvp_alternating_cvp": 9,
    "alternating_cvp_do1_gap": 12,
}
"""Flagship rules, with gates of the target: for a step of one cell, or a step of the ladder."""


def instance(name: str, items: int) -> Any:  # noqa: ANN401
    """An instance of the source whose target has about so many items."""
    if name == "turing_machine_cvp":
        length = isqrt(items // PER_STEP[name])
        return Acceptance(parity(), ("10" * length)[:length], length + 1)
    return reductions.rule(name).source.ladder(max(1, items // PER_STEP[name]))


def measure(name: str, items: Sequence[int]) -> SpaceCurve:
    """Work space of a rule's program where it writes so many items."""
    metered = reductions.rule(name).metered
    assert metered is not None
    _, program = metered.run(instance(name, items[0]))
    return space_curve(
        program, items, make=lambda n: metered.run(instance(name, n))[0], steps_limit=STEPS
    )


def main() -> None:
    """Measure, and print one line a rule; the exit code is 1 if a line is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*", default=list(PER_STEP))
    parser.add_argument("--items", type=int, default=1_000_000)
    given = parser.parse_args()
    exceeded = False
    for name in given.rules:
        start = perf_counter()
        curve = measure(name, (*FITTED, given.items))
        steps = curve.points[-1].steps
        print(f"{name}, {given.items:,} items: {curve}")
        print(f"  {steps:,} steps; {perf_counter() - start:.0f} s in all", flush=True)
        exceeded |= not curve.is_logarithmic
    sys.exit(exceeded)


if __name__ == "__main__":
    main()
