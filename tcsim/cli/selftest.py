"""`tcsim selftest`: do the engines agree on this machine?"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text, warn
from tcsim.cli.progress import progress

if TYPE_CHECKING:
    from tcsim.simulate.differential import Trial

SCHEMA = "tcsim.selftest/1"


@click.command()
@json_option()
@click.option(
    "--circuits",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    metavar="N",
    help="How many circuits.",
)
@click.option(
    "--first",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="NUMBER",
    help="Number of the first circuit: to go on, or to share a run out.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Seed of the circuits and vectors.",
)
@click.option(
    "--write",
    "target",
    default="selftest.tc",
    show_default=True,
    metavar="PATH",
    help="Where to write a circuit on which engines disagree.",
)
@click.pass_context
def selftest(
    ctx: click.Context, *, as_json: bool, circuits: int, first: int, seed: int, target: str
) -> None:
    """Compare all engines with the reference.

    Random circuits of every kind, with weights beyond 64 bits, are evaluated on random vectors. At
    the first circuit on which an engine fails or disagrees, the circuit is written to a file, and
    the exit code is 1.
    """
    tally, start = _Tally(), time.perf_counter()
    try:
        failed = _run(seed, first, circuits, tally)
    except KeyboardInterrupt:
        warn(
            f"{tally.circuits:,} circuits agreed; to go on: tcsim selftest --seed {seed} "
            f"--first {first + tally.circuits} --circuits {circuits - tally.circuits}"
        )
        raise
    seconds = time.perf_counter() - start
    found: dict[str, Any] = {}
    if failed is not None:
        from tcsim.formats import write

        write(failed.circuit, target)
        found = {
            "number": first + tally.circuits,
            "kind": failed.kind,
            "way": failed.way,
            "vectors": failed.vectors,
            "engines": failed.failures,
            "path": target,
        }
    if as_json:
        numbers = {"seed": seed, "first": first, "seconds": seconds, **vars(tally)}
        emit_json({"schema": SCHEMA, **numbers, "failure": found or None})
    else:
        emit_text(tally.text(seconds))
    if found:
        how = "; ".join(f"{engine}: {why}" for engine, why in found["engines"].items())
        warn(
            f"circuit {found['number']} of seed {seed} ({found['kind']}, {found['way']} on "
            f"{found['vectors']} vectors), written to {target}: {how}"
        )
        ctx.exit(CHECK_FAILED)


@dataclass
class _Tally:
    """What agreed."""

    circuits: int = 0
    gates: int = 0
    vectors: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)

    def add(self, trial: Trial) -> None:
        self.circuits += 1
        self.gates += trial.circuit.size
        self.vectors += trial.vectors
        self.kinds[trial.kind] += 1
        self.ways[trial.way] += 1

    def text(self, seconds: float) -> str:
        text = (
            f"{self.circuits:,} circuits on which all engines agree: {self.gates:,} gates, "
            f"{self.vectors:,} vectors, {seconds:.1f} s\n"
        )
        for title, counts in (("kinds", self.kinds), ("ways", self.ways)):
            parts = ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))
            text += f"  {title:5}  {parts}\n"
        return text


def _run(seed: int, first: int, circuits: int, tally: _Tally) -> Trial | None:
    """The first trial on which an engine failed."""
    from tcsim.simulate.differential import trials  # loads NumPy

    with progress("circuits") as advance:
        for trial in trials(seed, first, circuits):
            if trial.failures:
                return trial
            tally.add(trial)
            if advance is not None:
                advance(tally.circuits, circuits)
    return None
