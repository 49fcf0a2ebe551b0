"""Runs a campaign: missing parts go to the workers, a few at a time; results come back."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tcsim.campaign.checkpoint import Checkpoint
from tcsim.campaign.finished import Finished
from tcsim.campaign.task import Task
from tcsim.campaign.workers import Workers, start_workers
from tcsim.errors import ArgumentError, TcsimError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tcsim.campaign.target import Target
    from tcsim.typing import Progress, StrPath

P = TypeVar("P")

PART_WORK = 2**35
"""Terms times vectors of a part, about: a part then takes some tenths of a second,"""
_SHORTEST_PART, _LONGEST_PART = 2**10, 2**22
"""and has at least and at most so many vectors."""


@dataclass(frozen=True)
class Options:
    """How a campaign is run; see `tcsim.campaign.exhaustive`."""

    checkpoint: StrPath | None
    workers: int
    executor: Executor | None
    in_flight: int | None
    part: int | None
    progress: Progress | None

    def parts_in_flight(self) -> int:
        """Parts that may be waiting or at work at a time."""
        if self.in_flight is not None:
            return self.in_flight
        if self.executor is not None:
            return 2 * (os.cpu_count() or 1)
        return 1 if self.workers == 1 else 2 * self.workers

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises:
            ArgumentError: names the argument.
        """
        check_integer(self.workers, "workers", 1, 1024)
        if self.in_flight is not None:
            check_integer(self.in_flight, "in_flight", 1, 2**20)
        if self.part is not None:
            check_integer(self.part, "part", 64, 2**62)
            if self.part % 64:
                raise ArgumentError(f"part is {self.part}, not a multiple of 64")
        if self.executor is not None and not isinstance(self.executor, Executor):
            raise ArgumentError(
                f"executor is {self.executor!r}, not a concurrent.futures.Executor; a "
                "dask.distributed.Client has one: client.get_executor()"
            )
        if self.executor is not None and self.workers != 1:
            raise ArgumentError("give one of workers and executor")


def run(target: Target, task: Task[P], options: Options) -> P:
    """The result of a task on all vectors of a target.

    Raises:
        TcsimError: see `tcsim.campaign.exhaustive`.
    """
    options.check()
    if not isinstance(task, Task):
        raise ArgumentError(f"task is {task!r}, not a tcsim.campaign.Task")
    if task.needs_pair and target.other is None:
        raise ArgumentError(f"{type(task).__name__} compares two circuits: give against=")
    finished: Finished[P] = Finished(task, target.vectors)
    kept = None
    if options.checkpoint is not None:
        kept = Checkpoint(options.checkpoint, target, task)
        kept.load(finished)
    if not finished.complete:
        try:
            with start_workers(target, task, options.executor, options.workers) as workers:
                _do(finished, workers, _part(target, options), options, kept)
        finally:
            if kept is not None:
                kept.save(finished, now=True)
    if options.progress is not None:
        options.progress(target.vectors, target.vectors)
    return finished.ranges[0].partial


def _do(
    finished: Finished[P],
    workers: Workers[P],
    part: int,
    options: Options,
    kept: Checkpoint | None,
) -> None:
    """Do the parts that are missing, a few at a time, lowest first."""
    total, most = finished.needed, options.parts_in_flight()
    waiting = finished.gaps(part)
    again: list[tuple[int, int]] = []
    running: dict[Future[Any], tuple[int, int]] = {}
    try:
        while True:
            while len(running) < most:
                following = again.pop() if again else next(waiting, None)
                if following is None:
                    break
                if following[0] < finished.needed:
                    running[workers.submit(*following)] = following
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                first, last = running.pop(future)
                result = workers.result(future)
                if result is None:
                    again.append((first, last))
                else:
                    finished.add(first, last, result[0])
            for future in [f for f, (first, _) in running.items() if first >= finished.needed]:
                future.cancel()
                del running[future]
            if kept is not None:
                kept.save(finished)
            if options.progress is not None:
                options.progress(finished.done, total)
    except (BrokenExecutor, CancelledError) as error:
        where = "" if kept is None else "; what was done is in the checkpoint"
        raise TcsimError(
            f"the executor broke down ({type(error).__name__}: {error}){where}"
        ) from error
    finally:
        for future in running:
            future.cancel()


def _part(target: Target, options: Options) -> int:
    """Vectors in a part."""
    if options.part is not None:
        return options.part
    longest = min(PART_WORK // target.cost, target.vectors // (4 * options.parts_in_flight()))
    length = min(max(longest, _SHORTEST_PART), _LONGEST_PART)
    return 1 << length.bit_length() - 1


def check_integer(value: object, name: str, least: int, most: int) -> None:
    """Refuse what is no integer in a range.

    Raises:
        ArgumentError: names the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ArgumentError(f"{name} is {value!r}, not an integer from {least} to {most}")
