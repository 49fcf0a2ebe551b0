"""The methods by name, and a table of what each finds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from reductions.derandomize.seeds.conditional_expectations import greedy
from reductions.derandomize.seeds.integer_program import exact
from reductions.derandomize.seeds.multiplicative_weights import weights
from reductions.derandomize.seeds.random_draws import random_draws
from tcsim.errors import ArgumentError, TcsimError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reductions.derandomize.margins import Margins
    from reductions.derandomize.seeds.search import Found
    from tcsim.typing import Progress, StrPath

Method: TypeAlias = Literal["auto", "random", "greedy", "weights", "exact"]

METHODS: dict[str, Callable[..., Found]] = {
    "random": random_draws,
    "greedy": greedy,
    "weights": weights,
    "exact": exact,
}
"""Searches for seeds, each called as ``method(margins, k)``."""


class Row(NamedTuple):
    """What a method found.

    Attributes:
        method: its name.
        k: how many seeds, None where it failed.
        steps: draws, choices, rounds or numbers tried.
        least: fewer are proven not to do.
        seconds: wall-clock time.
        failure: why it found none.
    """

    method: str
    k: int | None
    steps: int | None
    least: int | None
    seconds: float
    failure: str | None


def find_seeds(
    margins: Margins,
    method: Method = "auto",
    k: int | None = None,
    *,
    seed: int = 0,
    checkpoint: StrPath | None = None,
    progress: Progress | None = None,
) -> Found:
    """Seeds whose vote is right everywhere.

    Args:
        margins: the table.
        method: ``"auto"`` is ``"greedy"`` where the right answer leads on every input, else
            ``"weights"``.
        k: how many seeds; None: as few as the method finds.
        seed: of random draws.
        checkpoint: a file from which an interrupted search goes on.
        progress: called as ``progress(done, total)``.

    Raises:
        TcsimError: as the method.
    """
    if method == "auto":
        margins.check_hope()
        method = "greedy" if margins.gap > 0 else "weights"
    if method not in METHODS:
        raise ArgumentError(f"method is {method!r}; there are auto, {', '.join(METHODS)}")
    options: dict[str, Any] = {"checkpoint": checkpoint, "progress": progress}
    if method == "random":
        options["seed"] = seed
    return METHODS[method](margins, k, **options)


def compare(
    margins: Margins,
    methods: Sequence[str] = tuple(METHODS),
    k: int | None = None,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Row]:
    """Try methods one after another.

    Args:
        margins: the table.
        methods: names in `METHODS`.
        k: as in `find_seeds`.
        seed: of random draws.
        progress: called as ``progress(done, methods)``.
    """
    rows = []
    for done, name in enumerate(methods):
        start = time.monotonic()
        found: Found | None = None
        failure = None
        try:
            found = find_seeds(margins, name, k, seed=seed)  # type: ignore[arg-type]
        except TcsimError as error:
            failure = str(error)
        seconds = time.monotonic() - start
        if found is None:
            rows.append(Row(name, None, None, None, seconds, failure))
        else:
            rows.append(Row(name, found.k, found.steps, found.least, seconds, None))
        if progress is not None:
            progress(done + 1, len(methods))
    return rows
