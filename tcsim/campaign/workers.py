"""Who maps the parts: this thread, threads of this process, or any executor."""

from __future__ import annotations

import pickle
import secrets
import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.campaign.target import Target
    from tcsim.campaign.task import Task

P = TypeVar("P")

_KEPT = 4
"""Targets that a worker keeps, with the programs of their circuits."""

_targets: OrderedDict[str, Target] = OrderedDict()
_lock = threading.Lock()


class Workers(ABC, Generic[P]):
    """Starts parts and takes their results."""

    @abstractmethod
    def submit(self, first: int, last: int) -> Future[Any]:
        """Start the part of the vectors first .. last - 1."""

    def result(self, future: Future[Any]) -> tuple[P] | None:
        """The partial result of a part that is done; None if it must be submitted again."""
        return (future.result(),)


class Here(Workers[P]):
    """The calling thread: a part is done when it is submitted."""

    def __init__(self, target: Target, task: Task[P]) -> None:
        self._target, self._task = target, task

    def submit(self, first: int, last: int) -> Future[Any]:
        """See `Workers`."""
        future: Future[Any] = Future()
        future.set_result(self._target.map(self._task, first, last))
        return future


class Threads(Workers[P]):
    """Threads of this process; the kernels run without Python's lock."""

    def __init__(self, pool: ThreadPoolExecutor, target: Target, task: Task[P]) -> None:
        self._pool, self._target, self._task = pool, target, task
        self.stop = threading.Event()

    def submit(self, first: int, last: int) -> Future[Any]:
        """See `Workers`."""
        return self._pool.submit(self._target.map, self._task, first, last, self.stop.is_set)


class Remote(Workers[P]):
    """Any executor. Circuits travel only to workers that lack them, which say so."""

    def __init__(self, executor: Executor, target: Target, task: Task[P]) -> None:
        self._executor, self._task = executor, task
        self._key, self._pickled = target.key, pickle.dumps(target)
        # Dask takes calls with the same arguments for one, also where the first was cancelled.
        self._run = secrets.token_hex(8)
        self._send: set[tuple[int, int]] = set()
        self._parts: dict[Future[Any], tuple[int, int]] = {}

    def submit(self, first: int, last: int) -> Future[Any]:
        """See `Workers`."""
        pickled = self._pickled if (first, last) in self._send else None
        future = self._executor.submit(
            map_part, self._run, self._key, pickled, self._task, first, last
        )
        self._parts[future] = (first, last)
        return future

    def result(self, future: Future[Any]) -> tuple[P] | None:
        """See `Workers`."""
        part = self._parts.pop(future)
        result: tuple[P] | None = future.result()
        if result is None:
            self._send.add(part)
        else:
            self._send.discard(part)
        return result


def map_part(
    run: str,  # noqa: ARG001 - tells the calls of one campaign from those of others
    key: str,
    pickled: bytes | None,
    task: Task[P],
    first: int,
    last: int,
) -> tuple[P] | None:
    """What a worker does; None where it does not know the target of this key."""
    with _lock:
        target = _targets.get(key)
        if target is None and pickled is not None:
            target = _targets[key] = pickle.loads(pickled)  # noqa: S301 - of our own making
        if target is None:
            return None
        _targets.move_to_end(key)
        while len(_targets) > _KEPT:
            _targets.popitem(last=False)
    return (target.map(task, first, last),)


@contextmanager
def start_workers(
    target: Target, task: Task[P], executor: Executor | None, threads: int
) -> Iterator[Workers[P]]:
    """The workers; threads are gone at the end, also when an error or an interrupt is the end."""
    if executor is not None:
        yield Remote(executor, target, task)
    elif threads == 1:
        yield Here(target, task)
    else:
        pool = ThreadPoolExecutor(threads, "tcsim-campaign")
        workers = Threads(pool, target, task)
        try:
            yield workers
        finally:
            workers.stop.set()
            pool.shutdown(cancel_futures=True)
