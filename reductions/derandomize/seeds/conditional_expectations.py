"""The method of conditional expectations: the proof, without chance, by a pessimistic estimator.

The number of points where the vote of k random seeds fails is at most the sum over points of
``E[exp(-a Z)]**k``, on average. The seeds are chosen one after another, each so that the estimate
for what is chosen, the rest being random, does not grow. Where it begins below 1 it ends below 1,
and then no point fails.

Source: P. Raghavan, Probabilistic construction of deterministic algorithms, JCSS 37, 1988.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.seeds.scores import lean
from reductions.derandomize.seeds.search import Found, SearchFile, check_k

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Integers, Progress, StrPath

_STEEPEST = 3.0
"""Where no seed is wrong, any exponent does; this one keeps the numbers moderate."""


class Guarantee(NamedTuple):
    """What the estimator promises of a table.

    Attributes:
        k: with so many seeds the estimate begins below 1.
        exponent: a.
    """

    k: int
    exponent: float


def guarantee(margins: Margins) -> Guarantee:
    """The number of seeds with which `greedy` succeeds, computed from the table.

    Raises:
        VoteDefeatedError: the right answer does not lead on some input.
    """
    margins.check_gap()
    kinds, many = _kinds(margins)
    exponent = _exponent(kinds / margins.seeds)
    means = _means(kinds / margins.seeds, exponent)
    k = 1
    while (many * means**k).sum() >= 1:
        k *= 2
    low = k // 2
    while k - low > 1:
        middle = (low + k) // 2
        low, k = (low, middle) if (many * means**middle).sum() < 1 else (middle, k)
    return Guarantee(k, exponent)


def greedy(
    margins: Margins,
    k: int | None = None,
    *,
    checkpoint: StrPath | None = None,
    progress: Progress | None = None,
) -> Found:
    """Seeds one after another, each the best by the estimate.

    Args:
        margins: the table.
        k: how many seeds. None: as many as are guaranteed to suffice, then fewer and fewer as long
            as that works.
        checkpoint: a file that keeps what is done; the same call goes on from there.
        progress: called as ``progress(done, total)``, in seeds of the vote that is sought.

    Raises:
        VoteDefeatedError: the right answer does not lead on some input, or k seeds chosen like
            that fail: says where, and with how many they cannot.
        ArgumentError: an argument is wrong.
    """
    check_k(k)
    sure = guarantee(margins)
    file = SearchFile(checkpoint, margins, "greedy", {"k": k})
    horizon = sure.k if k is None else k
    state = file.load() or {"horizon": horizon, "chosen": [], "best": None, "steps": 0}
    while True:
        _choose(margins, sure.exponent, state, file, progress, early=k is None)
        chosen = state["chosen"]
        if not margins.good(chosen):
            break
        state["best"] = chosen
        if k is not None or len(chosen) == 1:
            break
        state["horizon"], state["chosen"] = len(chosen) - 1, []
    file.save(state, now=True)
    if state["best"]:
        return Found("greedy", tuple(state["best"]), state["steps"])
    error = margins.defeat(state["chosen"])
    message = (
        f"{error}; greedily chosen seeds suffice from {sure.k} on, and other methods may find "
        f"{horizon}"
    )
    raise VoteDefeatedError(message, error.reason, error.witness)


def _choose(
    margins: Margins,
    exponent: float,
    state: dict[str, list[int] | int],
    file: SearchFile,
    progress: Progress | None,
    *,
    early: bool,
) -> None:
    """Choose seeds up to the horizon; if `early`, only until the vote is right."""
    plus, minus = (count / margins.seeds for count in margins.counts)
    logs = np.log(_means(np.array([plus, minus]).T, exponent))
    chosen, horizon = state["chosen"], state["horizon"]
    assert isinstance(chosen, list)  # noqa: S101
    assert isinstance(horizon, int)  # noqa: S101
    sums = margins.sums(chosen)
    while len(chosen) < horizon and not (early and chosen and (sums > 0).all()):
        left = horizon - len(chosen) - 1
        estimate = -exponent * sums + left * logs
        signed, present = lean(margins, np.exp(estimate - estimate.max(initial=0)))
        seed = int(np.argmin(present * (np.cosh(exponent) - 1) - signed * np.sinh(exponent)))
        chosen.append(seed)
        state["steps"] = int(state["steps"]) + 1  # type: ignore[arg-type]
        sums += margins.flat[seed]
        file.save(state)
        if progress is not None:
            progress(len(chosen), horizon)


def _kinds(margins: Margins) -> tuple[Integers, Integers]:
    """Distinct (right, wrong) counts of points, and how many points have them."""
    plus, minus = margins.counts
    pairs, many = np.unique(np.array([plus, minus]).T, axis=0, return_counts=True)
    return pairs, many


def _exponent(shares: npt.NDArray[np.float64]) -> float:
    """The best exponent at the point where even that helps least: ln(right / wrong) / 2."""
    if not len(shares):
        return 1.0
    right, wrong = shares.T
    hardest = np.argmin(np.sqrt(right) - np.sqrt(wrong))
    if not wrong[hardest]:
        return _STEEPEST
    return float(min(_STEEPEST, np.log(right[hardest] / wrong[hardest]) / 2))


def _means(shares: npt.NDArray[np.float64], exponent: float) -> npt.NDArray[np.float64]:
    """``E[exp(-a Z)]`` of a random seed, at points of these shares right and wrong."""
    right, wrong = shares.T
    means: npt.NDArray[np.float64] = 1 + right * np.expm1(-exponent) + wrong * np.expm1(exponent)
    return means
