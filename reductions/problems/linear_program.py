"""Linear programming as a decision: does the objective reach a threshold under inequalities?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems import linear_inequalities as inequalities
from reductions.problems.linear_inequalities import LARGEST, LinearInequalities, require_terms
from reductions.problems.rationals import rational

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from reductions.problems.exact_feasibility import Point


@dataclass(frozen=True)
class LinearProgram:
    """Inequalities, a linear form that is to be large, and how large.

    Args:
        system: the inequalities.
        objective: (variable, coefficient) pairs, variables increasing, coefficients not 0.
        threshold: an integer.

    Raises:
        ArgumentError: a variable is not there, or a number too large.
    """

    system: LinearInequalities
    objective: tuple[tuple[int, int], ...]
    threshold: int

    def __post_init__(self) -> None:
        require_terms(self.objective, self.system.variables, "objective")
        integer(self.threshold, "threshold", -LARGEST, LARGEST)

    @property
    def asked(self) -> LinearInequalities:
        """The inequalities, and that the objective is at least the threshold."""
        turned = tuple((variable, -c) for variable, c in self.objective)
        row = (turned, -self.threshold)
        return LinearInequalities(self.system.variables, (*self.system.rows, row))


def optimum_by_highs(one: LinearProgram) -> float | None:
    """The largest value of the objective, by HiGHS: floating point, not exact.

    An independent solver to compare with; nothing here rests on it.

    Returns:
        The optimum; infinity if there is none; None if no point satisfies the inequalities.

    Raises:
        MissingExtraError: SciPy is not installed.
        ArgumentError: HiGHS gives up.
    """
    from tcsim.errors import ArgumentError, MissingExtraError

    try:
        from scipy.optimize import linprog
        from scipy.sparse import lil_matrix
    except ImportError:
        raise MissingExtraError("SciPy", "scipy", "solving a linear program by HiGHS") from None
    system = one.system
    left = lil_matrix((max(len(system.rows), 1), system.variables))
    for place, (terms, _) in enumerate(system.rows):
        for variable, coefficient in terms:
            left[place, variable] = coefficient
    costs = [0] * system.variables
    for variable, coefficient in one.objective:
        costs[variable] = -coefficient
    bounds = [bound for _, bound in system.rows] or [0]
    for presolve in (True, False):  # with it, "infeasible or unbounded" is one answer
        found: Any = linprog(  # type: ignore[call-overload,unused-ignore]
            costs,
            A_ub=left.tocsr(),
            b_ub=bounds,
            bounds=(None, None),
            method="highs",
            options={"presolve": presolve},
        )
        if found.status in (0, 2, 3):
            break
    if found.status == 0:
        return 0.0 - float(found.fun)  # never -0.0
    if found.status in (2, 3):
        return None if found.status == 2 else float("inf")
    raise ArgumentError(f"HiGHS gives up: {found.message}")


def _from_data(data: Any) -> LinearProgram:  # noqa: ANN401
    system, objective, threshold = members(data, "instance", ("system", "objective", "threshold"))
    return LinearProgram(
        inequalities.from_data(system),
        inequalities.terms_from(objective, "instance.objective"),
        integer(threshold, "instance.threshold"),
    )


def _sizes(one: LinearProgram) -> dict[str, int]:
    found = inequalities.sizes(one.system)
    return {**found, "terms": found["terms"] + len(one.objective)}


def _with_objective(system: LinearInequalities) -> LinearProgram:
    """The last variable is to be at least 1."""
    return LinearProgram(system, ((system.variables - 1, 1),), 1)


def every(k: int) -> Iterator[LinearProgram]:
    """All small systems, with the last variable as objective and the threshold 1."""
    return map(_with_objective, inequalities.every(k))


def strategy() -> SearchStrategy[LinearProgram]:
    """Random systems, with one or two variables in the objective."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> LinearProgram:
        system = draw(inequalities.strategy())
        variable = st.integers(0, system.variables - 1)
        form = draw(st.dictionaries(variable, st.sampled_from((-2, -1, 1, 2)), max_size=2))
        return LinearProgram(system, tuple(sorted(form.items())), draw(st.integers(-3, 3)))

    return drawn()


def _without_row(one: LinearProgram, place: int) -> LinearProgram | None:
    rows = list(one.system.rows)
    if not rows:
        return None
    del rows[place]
    return replace(one, system=LinearInequalities(one.system.variables, tuple(rows)))


def _turned(one: LinearProgram) -> LinearProgram:
    return replace(one, objective=tuple((variable, -c) for variable, c in one.objective))


LINEAR_PROGRAM: Problem[LinearProgram, Point] = Problem(
    name="linear_program",
    question="Is the objective at least the threshold in some point that satisfies all these "
    "inequalities?",
    instance=LinearProgram,
    fields={
        "variables": "variables",
        "rows": "inequalities",
        "terms": "coefficients that are not 0, those of the objective included",
    },
    sizes=_sizes,
    decide=lambda one: inequalities.by_propagation(one.asked) is not None,
    to_data=lambda one: {
        "system": inequalities.to_data(one.system),
        "objective": [list(term) for term in one.objective],
        "threshold": one.threshold,
    },
    from_data=_from_data,
    every=every,
    scope=lambda k: f"{inequalities.LINEAR_INEQUALITIES.scope(k)}, the last variable at least 1",
    reach=2,
    strategy=strategy,
    ladder=lambda k: _with_objective(inequalities.ladder(k)),
    mutations={
        "the last inequality is lost": lambda one: _without_row(one, -1),
        "the first inequality is lost": lambda one: _without_row(one, 0),
        "the threshold is one larger": lambda one: replace(one, threshold=one.threshold + 1),
        "the objective is turned": _turned,
    },
    hardness="P-complete under logspace reductions",
    reference="Dobkin, Lipton, Reiss 1979, Linear programming is log-space hard for P; Khachiyan "
    "1979 (membership)",
    witnesses=Witnesses(
        meaning="a rational for each variable, such that all inequalities are satisfied and the "
        "objective is at least the threshold",
        verify=lambda one, point: inequalities.verify(one.asked, point),
        every=lambda one: inequalities.every_point(one.asked),
        few=lambda one: inequalities.forced(one.asked) is not None,
        producers={
            "propagation": lambda one: inequalities.by_propagation(one.asked),
            "simplex": lambda one: inequalities.by_simplex(one.asked),
        },
        to_data=lambda point: [str(value) for value in point],
        from_data=lambda data: tuple(
            rational(value, "a coordinate") for value in items(data, "a point")
        ),
        sample=lambda one, seed: inequalities.sample(one.asked, seed),
    ),
)
