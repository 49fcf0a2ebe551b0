"""The least number of seeds, by an integer program. Extra ``sat``: OR-tools' CP-SAT.

Minimize the number of votes, each seed as often as need be, so that every point has a positive sum.
Points with the same margins are one constraint, and one that follows from another is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.seeds.multiplicative_weights import weights
from reductions.derandomize.seeds.search import Found, SearchFile, check_k
from tcsim.errors import ArgumentError, LimitError, MissingExtraError

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Progress, StrPath

MOST_CELLS = 2**26
"""Seeds times distinct constraints at most."""

TIME_LIMIT = 60.0
"""Seconds of the solver for each number of seeds."""


def exact(
    margins: Margins,
    k: int | None = None,
    *,
    time_limit: float = TIME_LIMIT,
    checkpoint: StrPath | None = None,
    progress: Progress | None = None,
) -> Found:
    """A vote of least size, and the proof by the solver that no smaller one exists.

    It asks for 1, 3, 5, .. seeds in turn (a majority of an even number of seeds is right only where
    one seed fewer is; a plurality is also asked for 2, 4, ..), until there are enough.

    Args:
        margins: the table.
        k: at most so many seeds; None: as many as it takes.
        time_limit: seconds for each number of seeds.
        checkpoint: a file that keeps which numbers were refuted; the same call goes on from there.
        progress: called as ``progress(done, total)``, in numbers of seeds tried.

    Raises:
        MissingExtraError: OR-tools is not installed.
        VoteDefeatedError: no vote of at most k seeds is right everywhere.
        LimitError: the table is too large for a solver, or the time ran out; says what is proven.
    """
    check_k(k)
    margins.check_hope()
    known = weights(margins)  # refuses where no number of seeds would do
    model = _require()
    rows = _constraints(margins)
    file = SearchFile(checkpoint, margins, "exact", {})
    state = file.load() or {"refuted": 0}
    step = 2 if margins.rule == "majority" else 1
    most = known.k if k is None else min(k, known.k)
    for number in range(1, most + 1, step):
        if number <= state["refuted"]:
            continue
        found = _solve(model, rows, number, time_limit, state["refuted"])
        if found is not None:
            if not margins.good(found):
                raise ArgumentError("the solver's vote is not right: report this as a bug")
            return Found("exact", tuple(found), number, number)
        state["refuted"] = number
        file.save(state, now=True)
        if progress is not None:
            progress(number, most)
    if k is None or known.k <= k:
        return Found("exact", known.chosen, known.k, known.k)
    error = margins.defeat(list(known.chosen[:k]))
    raise VoteDefeatedError(
        f"no vote of {k} seeds of this pool is right everywhere, which the solver proved; of one "
        f"choice, {error}; {known.k} seeds suffice",
        error.reason,
        error.witness,
    )


def _constraints(margins: Margins) -> npt.NDArray[np.int8]:
    """Distinct columns of the table that no other one implies: int8, shape (constraints, seeds)."""
    rows = np.unique(margins.flat.T, axis=0)
    if rows.size > MOST_CELLS:
        raise LimitError(
            f"{rows.shape[0]:,} distinct constraints on {margins.seeds:,} seeds are too many for "
            "an exact search: take a smaller pool, or method='greedy'"
        )
    rows = rows[np.argsort(rows.sum(axis=1, dtype=np.int64), kind="stable")]
    if len(rows) > 2**12:
        return rows
    keep: list[int] = []
    for number, row in enumerate(rows):
        if not keep or not (rows[keep] <= row).all(axis=1).any():
            keep.append(number)
    return rows[keep]


def _solve(
    model: Any,  # noqa: ANN401 - OR-tools has no types
    rows: npt.NDArray[np.int8],
    number: int,
    time_limit: float,
    refuted: int,
) -> list[int] | None:
    """Votes of that many seeds, or None where there are none.

    Raises:
        LimitError: the time ran out.
    """
    program = model.CpModel()
    times = [program.new_int_var(0, number, f"seed{i}") for i in range(rows.shape[1])]
    program.add(sum(times) == number)
    for row in rows.tolist():
        places = [i for i, margin in enumerate(row) if margin]
        program.add(
            model.LinearExpr.weighted_sum([times[i] for i in places], [row[i] for i in places]) >= 1
        )
    solver = model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    status = solver.solve(program)
    if status == model.INFEASIBLE:
        return None
    if status not in (model.OPTIMAL, model.FEASIBLE):
        raise LimitError(
            f"undecided after {time_limit:g} seconds whether {number} seeds suffice; "
            f"{refuted} or fewer do not: give a larger time_limit, or another method"
        )
    return [i for i, var in enumerate(times) for _ in range(solver.value(var))]


def _require() -> Any:  # noqa: ANN401
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise MissingExtraError("ortools", "sat", "an exact search for seeds") from None
    return cp_model
