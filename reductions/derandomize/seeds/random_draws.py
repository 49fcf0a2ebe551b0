"""Random seeds, as in the proof: draw k, see whether their vote is right everywhere, draw again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.seeds.search import Found, SearchFile, check_k
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.derandomize.margins import Margins
    from tcsim.typing import Progress, StrPath

DRAWS = 100


def random_draws(
    margins: Margins,
    k: int | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    checkpoint: StrPath | None = None,
    progress: Progress | None = None,
) -> Found:
    """Seeds drawn from the pool, with repetition.

    Args:
        margins: the table.
        k: how many seeds; the first draw that is right is taken. None: the shortest beginning of
            any draw, as few seeds as are ever seen.
        draws: how many draws at most.
        seed: of the draws: draw number i is the same whichever come before it.
        checkpoint: a file that keeps what is done; the same call goes on from there.
        progress: called as ``progress(done, draws)``.

    Raises:
        VoteDefeatedError: the right answer does not lead on some input; or no draw was right: says
            where the best one fails.
        ArgumentError: an argument is wrong.
    """
    check_k(k)
    if draws < 1:
        raise ArgumentError(f"draws is {draws!r}, not a positive number")
    margins.check_gap()
    file = SearchFile(checkpoint, margins, "random", {"k": k, "seed": seed})
    state = file.load() or {"draws": 0, "best": None, "nearest": None}
    longest = k if k is not None else _longest(margins)
    while state["draws"] < draws and not (k is not None and state["best"]):
        rng = np.random.default_rng([seed, state["draws"]])
        drawn = rng.integers(margins.seeds, size=longest).tolist()
        state["draws"] += 1
        if k is None:
            most = longest if state["best"] is None else len(state["best"]) - 1
            shortest = _shortest(margins, drawn[:most])
            state["best"] = shortest or state["best"]
        elif margins.good(drawn):
            state["best"] = drawn
        if not state["best"]:
            state["nearest"] = _nearer(margins, state["nearest"], drawn)
        file.save(state)
        if progress is not None:
            progress(state["draws"], draws)
    file.save(state, now=True)
    if not state["best"]:
        error = margins.defeat(state["nearest"])
        message = (
            f"none of {draws} draws of {longest} seeds is right on every input; of the nearest, "
            f"{error}; more seeds, more draws, or method='greedy' would suffice"
        )
        raise VoteDefeatedError(message, error.reason, error.witness)
    return Found("random", tuple(state["best"]), state["draws"])


def _longest(margins: Margins) -> int:
    """With so many seeds the union bound leaves most draws right, by Hoeffding's inequality."""
    gap = float(margins.gap)
    return int(np.ceil(2 * np.log(4 * margins.points + 4) / gap**2))


def _shortest(margins: Margins, drawn: list[int]) -> list[int] | None:
    """The shortest beginning that is right everywhere."""
    total = np.zeros(margins.points, np.int32)
    for number, seed in enumerate(drawn, 1):
        total += margins.flat[seed]
        if (total > 0).all():
            return drawn[:number]
    return None


def _nearer(margins: Margins, known: list[int] | None, drawn: list[int]) -> list[int]:
    """The one that is wrong at fewer points."""
    if known is None:
        return drawn
    wrong = [int((margins.sums(one) <= 0).sum()) for one in (known, drawn)]
    return known if wrong[0] <= wrong[1] else drawn
