"""Tasks and executors of which tests know what they do."""

from __future__ import annotations

import dataclasses
import random
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from tcsim.campaign import Task


@dataclasses.dataclass(frozen=True)
class Seen(Task[list[list[int]]]):
    """The vectors that each call of `map` was given, and how many bits were valid there."""

    def map(self, words: Any, valid: Any, first: int) -> list[list[int]]:
        return [[first, int(sum(int(word).bit_count() for word in valid))]]

    def combine(self, earlier: list[list[int]], later: list[list[int]]) -> list[list[int]]:
        assert earlier[-1][0] + earlier[-1][1] == later[0][0], "not neighbors"
        return earlier + later


class Shuffled(Executor):
    """One thread, which takes what was submitted in a random order."""

    def __init__(self, seed: int) -> None:
        self._random, self._pool = random.Random(seed), ThreadPoolExecutor(1)
        self._held: list[tuple[Future[Any], Any, tuple[Any, ...]]] = []
        self.ran = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._held.append((future, fn, args))
        self._pool.submit(self._run_one)
        return future

    def _run_one(self) -> None:
        future, function, args = self._held.pop(self._random.randrange(len(self._held)))
        if future.set_running_or_notify_cancel():
            self.ran += 1
            future.set_result(function(*args))
