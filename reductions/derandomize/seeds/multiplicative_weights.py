"""Multiplicative weights: points that the vote leads least weigh most; the seed best there votes.

In the game in which one player picks a seed and the other a point, and the margin is paid, the
votes of the rounds approach the value of the game. So seeds are found wherever some multiset of
them is right everywhere, also where random seeds are not. Where the weights become such that no
seed has a positive lean, they prove that no multiset is.

Source: Y. Freund and R. Schapire, Adaptive game playing using multiplicative weights, Games and
Economic Behavior 29, 1999.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.failures import VoteDefeatedError, shown
from reductions.derandomize.seeds.scores import lean, lean_exactly
from reductions.derandomize.seeds.search import Found, SearchFile, check_k

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Progress, StrPath

ROUNDS = 2000

_SCALE = 2**30
"""Largest weight in integers: 2**30 points of it still add up in 64 bits."""


def weights(
    margins: Margins,
    k: int | None = None,
    *,
    rounds: int = ROUNDS,
    checkpoint: StrPath | None = None,
    progress: Progress | None = None,
) -> Found:
    """Seeds round by round, until their vote is right everywhere.

    Args:
        margins: the table.
        k: at most so many seeds.
        rounds: at most so many rounds; each brings a seed.
        checkpoint: a file that keeps what is done; the same call goes on from there.
        progress: called as ``progress(done, rounds)``.

    Raises:
        VoteDefeatedError: no multiset of the pool is right everywhere, which is proven by weights
            in exact integers; or none was found in so many rounds.
        ArgumentError: an argument is wrong.
    """
    check_k(k)
    margins.check_hope()
    file = SearchFile(checkpoint, margins, "weights", {})
    state = file.load() or {"chosen": []}
    chosen: list[int] = state["chosen"]
    most = rounds if k is None else min(k, rounds)
    sums, average = margins.sums([]), np.zeros(margins.points)
    for number, seed in enumerate(chosen, 1):
        average += _weights(sums, number)
        sums += margins.flat[seed]
    while len(chosen) < most and not (chosen and (sums > 0).all()):
        number = len(chosen) + 1
        now = _weights(sums, number)
        average += now
        signed, _ = lean(margins, now)
        if number & (number - 1) == 0 or signed.max(initial=1) <= 0:
            _refuse_if_proven(margins, average)
        seed = int(signed.argmax())
        chosen.append(seed)
        sums += margins.flat[seed]
        file.save(state)
        if progress is not None:
            progress(len(chosen), most)
    file.save(state, now=True)
    if (sums > 0).all():
        return Found("weights", tuple(chosen), len(chosen))
    error = margins.defeat(chosen)
    what = "k=None may take more seeds" if k is not None else "more rounds, or another pool, may do"
    raise VoteDefeatedError(
        f"{error}, after {len(chosen)} rounds of weights; {what}", error.reason, error.witness
    )


def _weights(sums: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.float64]:
    """Weights of round `number`, of sum 1: they fall exponentially with the lead so far."""
    rate = min(0.5, float(np.sqrt(np.log(len(sums) + 2) / number)))
    found = np.exp(-rate * (sums - sums.min(initial=0)))
    normal: npt.NDArray[np.float64] = found / found.sum()
    return normal


def _refuse_if_proven(margins: Margins, average: npt.NDArray[np.float64]) -> None:
    """Refuse where no seed has a positive lean under these weights, in exact integers."""
    exact = np.rint(average * (_SCALE / average.max(initial=1e-300))).astype(np.int64)
    if lean_exactly(margins, exact).max(initial=0) > 0 or not exact.any():
        return
    points = np.flatnonzero(exact)
    found = margins.witness(int(exact.argmax()))
    raise VoteDefeatedError(
        f"no vote of seeds of this pool is right everywhere, however they are repeated: weights on "
        f"{len(points):,} points, most on the input {shown(found)}, give every one of the "
        f"{margins.seeds:,} seeds a lead of 0 or less; other seeds would be needed",
        "pool too small",
        found,
    )
