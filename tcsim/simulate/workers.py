"""Workers: parts of a job on threads, each with an engine of its own; results in order."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

    from tcsim.simulate.engines import Engine

T = TypeVar("T")
R = TypeVar("R")

MOST_THREADS = 1024
"""More than that would take memory for nothing."""


def check_threads(threads: object) -> int:
    """How many threads to use, at most `MOST_THREADS`.

    Raises:
        ArgumentError: no positive integer.
    """
    if isinstance(threads, bool) or not isinstance(threads, int | np.integer) or threads < 1:
        raise ArgumentError(f"threads is {threads!r}; it must be a positive integer")
    return min(int(threads), MOST_THREADS)


class Workers:
    """Threads that share a job, or this one alone. A context, which leaves no thread behind.

    Args:
        engine: for one thread; the others take forks of it when they need one.
        threads: at least 1. With 1, work is done where its result is asked for.
    """

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine, self._threads = engine, threads
        self._idle: SimpleQueue[Engine] = SimpleQueue()
        self._pool: ThreadPoolExecutor | None = None
        if threads > 1:
            self._idle.put(engine)
            self._pool = ThreadPoolExecutor(threads, "tcsim")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[Engine, T], R], parts: Iterable[T]) -> Iterator[R]:
        """The results for all parts, in their order; a few parts are taken ahead of their turn.

        Args:
            work: called with an engine that nothing else uses meanwhile, and a part.
            parts: taken one by one.
        """
        if self._pool is None:
            for part in parts:
                yield work(self._engine, part)
            return
        waiting: deque[Future[R]] = deque()
        for part in parts:
            waiting.append(self._pool.submit(self._do, work, part))
            if len(waiting) > 2 * self._threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _do(self, work: Callable[[Engine, T], R], part: T) -> R:
        try:
            engine = self._idle.get_nowait()
        except Empty:
            engine = self._engine.fork()
        try:
            return work(engine, part)
        finally:
            self._idle.put(engine)
