"""Linear inequalities with integer coefficients: is there a rational point that satisfies all?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems.bound_propagation import propagate
from reductions.problems.exact_feasibility import (
    Point,
    Row,
    satisfies,
    simplex,
    solve,
)
from reductions.problems.rationals import rational
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

LARGEST = 2**4096
"""Largest absolute value of a coefficient or bound."""

MOST_VARIABLES = 10_000_000
"""A point has a coordinate for each, be it in an inequality or not."""


@dataclass(frozen=True)
class LinearInequalities:
    """Inequalities; a point need not be integral, nor positive.

    Args:
        variables: number of variables, numbered from 0; at most `MOST_VARIABLES`.
        rows: (terms, bound): terms are (variable, coefficient) pairs, variables increasing and
            coefficients not 0; their sum is at most the bound.

    Raises:
        ArgumentError: a variable is not there, terms do not increase, or a number is too large.
    """

    variables: int
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        integer(self.variables, "variables", 1, MOST_VARIABLES)
        for place, (terms, bound) in enumerate(self.rows):
            require_terms(terms, self.variables, f"rows[{place}]")
            if type(bound) is not int or not -LARGEST <= bound <= LARGEST:
                integer(bound, f"rows[{place}]: the bound", -LARGEST, LARGEST)


def require_terms(terms: Sequence[tuple[int, int]], variables: int, where: str) -> None:
    """Refuse what is no linear form.

    Raises:
        ArgumentError: see `LinearInequalities`.
    """
    before = -1
    for variable, coefficient in terms:
        if type(variable) is int and type(coefficient) is int and before < variable < variables:
            before = variable
            if coefficient and -LARGEST <= coefficient <= LARGEST:
                continue
        integer(variable, f"{where}: a variable", 0, variables - 1)
        if not integer(coefficient, f"{where}: a coefficient", -LARGEST, LARGEST):
            raise ArgumentError(f"{where}: the coefficient of variable {variable} is 0")
        raise ArgumentError(f"{where}: variables must increase, {variable} comes too late")


def by_propagation(one: LinearInequalities) -> Point | None:
    """The point that propagation of bounds leaves, or else one that the simplex method ends in."""
    return solve(one.variables, one.rows).point


def by_simplex(one: LinearInequalities) -> Point | None:
    """The point that the simplex method ends in, all variables and rows in reverse order."""
    return _permuted(one, range(one.variables)[::-1], range(len(one.rows))[::-1])


def sample(one: LinearInequalities, seed: int) -> Point | None:
    """The point that it ends in with variables and rows in another order."""
    random = Random(seed)
    columns = random.sample(range(one.variables), one.variables)
    return _permuted(one, columns, random.sample(range(len(one.rows)), len(one.rows)))


def _permuted(
    one: LinearInequalities, columns: Sequence[int], order: Sequence[int]
) -> Point | None:
    rows = [
        (tuple((columns[variable], c) for variable, c in one.rows[place][0]), one.rows[place][1])
        for place in order
    ]
    point = simplex(one.variables, rows).point
    return None if point is None else tuple(point[column] for column in columns)


def forced(one: LinearInequalities) -> Point | None:
    """The only point that there may be, where propagation of bounds leaves one value each.

    Where it refutes the inequalities, any point serves as well: none satisfies them.
    """
    bounds, refutation = propagate(one.variables, one.rows)
    if refutation is not None:
        return (Fraction(0),) * one.variables
    point = tuple(low for low, high in bounds if low is not None and low == high)
    return point if len(point) == one.variables else None


def verify(one: LinearInequalities, point: Point) -> bool:
    """Whether a point satisfies all inequalities."""
    return len(point) == one.variables and satisfies(one.rows, point)


def every_point(one: LinearInequalities) -> Iterator[Point]:
    """The one point that `forced` leaves, if it satisfies all."""
    point = forced(one)
    if point is not None and verify(one, point):
        yield point


def sizes(one: LinearInequalities) -> dict[str, int]:
    """The size fields."""
    return {
        "variables": one.variables,
        "rows": len(one.rows),
        "terms": sum(len(terms) for terms, _ in one.rows),
    }


def terms_from(data: Any, where: str) -> tuple[tuple[int, int], ...]:  # noqa: ANN401
    """(variable, coefficient) pairs from JSON data.

    Raises:
        ArgumentError: they are none.
    """
    found = []
    for pair in items(data, where):
        if len(items(pair, where)) != 2:
            raise ArgumentError(f"{where}: a term is not [variable, coefficient]")
        found.append((integer(pair[0], f"{where}: a variable"), integer(pair[1], where)))
    return tuple(found)


def to_data(one: LinearInequalities) -> Any:  # noqa: ANN401
    """As JSON data."""
    rows = [[[list(term) for term in terms], bound] for terms, bound in one.rows]
    return {"variables": one.variables, "rows": rows}


def from_data(data: Any) -> LinearInequalities:  # noqa: ANN401
    """From JSON data."""
    variables, rows = members(data, "instance", ("variables", "rows"))
    found = []
    for place, row in enumerate(items(rows, "instance.rows")):
        where = f"instance.rows[{place}]"
        if len(items(row, where)) != 2:
            raise ArgumentError(f"{where} is not [terms, bound]")
        found.append((terms_from(row[0], where), integer(row[1], f"{where}: the bound")))
    return LinearInequalities(integer(variables, "instance.variables", 1), tuple(found))


def every(k: int) -> Iterator[LinearInequalities]:
    """All of two variables and at most k rows, coefficients -1, 0, 1 and bounds -1, 0."""
    forms = [
        tuple((variable, c) for variable, c in enumerate(coefficients) if c)
        for coefficients in product((-1, 0, 1), repeat=2)
        if any(coefficients)
    ]
    for count in range(k + 1):
        for rows in product(product(forms, (-1, 0)), repeat=count):
            yield LinearInequalities(2, rows)


def strategy() -> SearchStrategy[LinearInequalities]:
    """Up to four variables and eight rows of small numbers."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> LinearInequalities:
        variables = draw(st.integers(1, 4))
        small = st.integers(-3, 3)
        form = st.dictionaries(st.integers(0, variables - 1), small.filter(bool), max_size=3)
        terms = form.map(lambda found: tuple(sorted(found.items())))
        return LinearInequalities(
            variables, tuple(draw(st.lists(st.tuples(terms, small), max_size=8)))
        )

    return drawn()


def ladder(k: int) -> LinearInequalities:
    """4 k random rows of two terms over k + 2 variables."""
    random = Random(k)
    rows = []
    for _ in range(4 * k):
        pair = sorted(random.sample(range(k + 2), 2))
        terms = tuple((variable, random.choice((-2, -1, 1, 2))) for variable in pair)
        rows.append((terms, random.randint(-1, 3)))
    return LinearInequalities(k + 2, tuple(rows))


def _last(one: LinearInequalities, terms_sign: int, shift: int) -> LinearInequalities | None:
    if not one.rows:
        return None
    terms, bound = one.rows[-1]
    changed = tuple((variable, terms_sign * c) for variable, c in terms), bound + shift
    return replace(one, rows=(*one.rows[:-1], changed))


LINEAR_INEQUALITIES: Problem[LinearInequalities, Point] = Problem(
    name="linear_inequalities",
    question="Is there a rational point that satisfies all these inequalities?",
    instance=LinearInequalities,
    fields={
        "variables": "variables",
        "rows": "inequalities",
        "terms": "coefficients that are not 0",
    },
    sizes=sizes,
    decide=lambda one: by_propagation(one) is not None,
    to_data=to_data,
    from_data=from_data,
    every=every,
    scope=lambda k: f"all of two variables and at most {k} inequalities of coefficients -1, 0, 1",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last inequality is lost": lambda one: (
            replace(one, rows=one.rows[:-1]) if one.rows else None
        ),
        "the first inequality is lost": lambda one: (
            replace(one, rows=one.rows[1:]) if one.rows else None
        ),
        "the last bound is one less": lambda one: _last(one, 1, -1),
        "the last signs are turned": lambda one: _last(one, -1, 0),
    },
    hardness="P-complete under logspace reductions",
    reference="Dobkin, Lipton, Reiss 1979, Linear programming is log-space hard for P; Khachiyan "
    "1979 (membership)",
    witnesses=Witnesses(
        meaning="a rational for each variable, such that all inequalities are satisfied",
        verify=verify,
        every=every_point,
        few=lambda one: forced(one) is not None,
        producers={"propagation": by_propagation, "simplex": by_simplex},
        to_data=lambda point: [str(value) for value in point],
        from_data=lambda data: tuple(
            rational(value, "a coordinate") for value in items(data, "a point")
        ),
        sample=sample,
    ),
)
