"""How things are timed: an A/A run first, then both sides in turn, medians, on one core.

Nothing here knows what is measured. A workload makes two `Side`s, or one, and gets a `Row`.
"""

from __future__ import annotations

import gc
import os
import time
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

AGREEMENT = 0.10
"""What two measurements of the same side may differ by, as a share of the smaller; beyond it,
nothing is said."""
A_RUNS = 3
"""Runs of each of those two, in turn; their medians are compared."""
ATTEMPTS = 5
"""How often they may be taken, with a pause before each but the first: this long times the number
of attempts before, in seconds."""
PAUSE = 2.0
LEAST = 0.2
"""A run shorter than so many seconds is repeated, and its mean taken."""

Kind = Literal["ratio", "fraction", "seconds", "GiB"]
"""What a row's value is: how many times as fast as the peer, a share of a rate of this machine
(both should be large), seconds, or memory (small)."""


@dataclass(frozen=True)
class Target:
    """What a row must reach, and what it should."""

    must: float
    aim: float


@dataclass(frozen=True)
class Side:
    """One of two that are compared.

    Attributes:
        name: what it is called in the table.
        run: does the job once and returns the seconds it took.
        work: how much that job is, in any unit that both sides share.
    """

    name: str
    run: Callable[[], float]
    work: float = 1.0


@dataclass
class Sample:
    """What was measured of one side: every raw time."""

    name: str
    work: float
    again: list[list[float]] = field(default_factory=list)
    """Seconds of each attempt at the A/A run: A, A', A, A', ..."""
    seconds: list[float] = field(default_factory=list)
    """Seconds of the runs that the value is made of."""

    @property
    def seconds_per_work(self) -> float:
        """The median."""
        return median(self.seconds) / self.work

    @property
    def agrees(self) -> bool:
        """Whether the last A/A run allows a statement."""
        first, second = median(self.again[-1][::2]), median(self.again[-1][1::2])
        return max(first, second) <= (1 + AGREEMENT) * min(first, second)


@dataclass
class Row:
    """One line of the table.

    Attributes:
        workload: such as ``"W1"``.
        case: which of its cases.
        kind: what the value is.
        value: None where nothing can be said.
        target: None for a row that only informs.
        unit: of ``work``, for rates: ``"Gate/s"`` means work is in gate evaluations.
        ours: what was measured of tcsim.
        peer: what was measured of the peer, if there is one.
        cores: how many were used.
        note: what else to know; what to install where a peer is missing.
    """

    workload: str
    case: str
    kind: Kind
    value: float | None = None
    target: Target | None = None
    ours: Sample | None = None
    peer: Sample | None = None
    unit: str = ""
    cores: int = 1
    note: str = ""

    @property
    def verdict(self) -> str:
        """``"aim"``, ``"must"``, ``"MISSED"``, ``"INCONCLUSIVE"``, or nothing without a target."""
        if self.value is None:
            return "INCONCLUSIVE" if self.ours is not None else "not run"
        if self.target is None:
            return ""
        sign = 1 if self.kind in ("ratio", "fraction") else -1
        for name in ("aim", "must"):
            if sign * self.value >= sign * float(getattr(self.target, name)):
                return name
        return "MISSED"

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "verdict": self.verdict}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Row:
        """The inverse of `as_dict`."""
        fields = {key: data[key] for key in cls.__dataclass_fields__}
        for name, made in (("target", Target), ("ours", Sample), ("peer", Sample)):
            if fields[name] is not None:
                fields[name] = made(**fields[name])
        return cls(**fields)


@dataclass(frozen=True)
class Bench:
    """What every workload is given.

    Attributes:
        folder: for generated files; removed at the end.
        cores: those that may be used; the last is the one that single-core rows run on.
        runs: interleaved runs of each side.
        quick: small sizes, to see that everything works; the figures mean nothing.
        match: only rows with this in their case are measured.
    """

    folder: Path
    cores: tuple[int, ...]
    runs: int = 5
    quick: bool = False
    match: str = ""

    def wants(self, row: Row) -> bool:
        """Whether a row is to be measured."""
        return self.match in row.case

    def size(self, full: int, quick: int) -> int:
        """A size of a workload."""
        return quick if self.quick else full

    def clocked(self, job: Callable[[], object]) -> Callable[[], float]:
        """A `Side.run` that times a job: once untimed, then as often as makes a run of `LEAST`."""
        repeats = 0

        def seconds() -> float:
            nonlocal repeats
            if not repeats:
                job()  # compiles, and fills the caches
                least = 0.0 if self.quick else LEAST
                repeats = max(1, int(least / max(clock(job, 1), 1e-9)))
            return clock(job, repeats) / repeats

        return seconds

    def compare(self, row: Row, ours: Side, peer: Side) -> Row:
        """Measure both sides; the row's value is how many times as fast ours is.

        Args:
            row: without measurements.
            ours: tcsim.
            peer: the other.
        """
        if self.wants(row):
            row.ours, row.peer = self._measure((ours, peer), row.cores)
        if row.ours and row.peer and row.ours.seconds:
            row.value = row.peer.seconds_per_work / row.ours.seconds_per_work
        return row

    def alone(self, row: Row, ours: Side) -> Row:
        """Measure one side; the row's value is in seconds."""
        if self.wants(row):
            (row.ours,) = self._measure((ours,), row.cores)
        if row.ours and row.ours.seconds:
            row.value = median(row.ours.seconds)
        return row

    def _measure(self, sides: Sequence[Side], cores: int) -> list[Sample]:
        pin(self.cores[-cores:])
        samples = [Sample(side.name, side.work) for side in sides]
        for side, sample in zip(sides, samples, strict=True):
            for attempt in range(ATTEMPTS):
                time.sleep(PAUSE * attempt)
                side.run()
                sample.again.append([side.run() for _ in range(2 * A_RUNS)])
                if sample.agrees or self.quick:
                    break
            else:
                return samples
        for _ in range(self.runs):
            for side, sample in zip(sides, samples, strict=True):
                sample.seconds.append(side.run())
        return samples


def pin(cores: Sequence[int]) -> None:
    """Let this process, and those it starts, run on these cores alone, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)


def clock(job: Callable[[], object], repeats: int) -> float:
    """Seconds that a job takes so many times, without garbage collection."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(repeats):
            job()
        return time.perf_counter() - start
    finally:
        gc.enable()
