"""Word problems as graphs of quantities: numbers, and sums, differences and products of others.

"Ann has 3 bags with as many apples as Bob and Eve have together" is the product of a number and a
sum. Arithmetic is modulo some number. A product of at most one quantity that is no number is
linear; where all are, so is the graph, and its answer is in NC2.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem
from reductions.problems.claims import Known, Steps, certificates
from reductions.problems.ring_circuits import MOST_MODULUS
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

NUMBER, SUM, DIFFERENCE, PRODUCT = OPERATIONS = ("number", "sum", "difference", "product")


@dataclass(frozen=True)
class Quantity:
    """One quantity.

    Args:
        operation: of `OPERATIONS`.
        of: the number; else at least two quantities before this one, exactly two of a difference.
    """

    operation: str
    of: tuple[int, ...]


@dataclass(frozen=True)
class DependencyGraph:
    """Quantities, which one is asked for, and what the answer is compared with.

    Args:
        modulus: at least 2.
        quantities: each behind those it depends on.
        asked: a quantity.
        goal: 0 to modulus - 1.

    Raises:
        ArgumentError: an argument is none of these.
    """

    modulus: int
    quantities: tuple[Quantity, ...]
    asked: int
    goal: int

    def __post_init__(self) -> None:
        integer(self.modulus, "modulus", 2, MOST_MODULUS)
        integer(self.goal, "goal", 0, self.modulus - 1)
        integer(self.asked, "asked", 0, len(self.quantities) - 1)
        for place, one in enumerate(self.quantities):
            where = f"quantities[{place}]"
            if not isinstance(one, Quantity) or one.operation not in OPERATIONS:
                raise ArgumentError(f"{where} must be one of: {', '.join(OPERATIONS)}; got {one!r}")
            count = len(one.of)
            if one.operation == NUMBER:
                wrong, most = count != 1, self.modulus - 1
            else:
                wrong = count < 2 or (one.operation == DIFFERENCE and count != 2)
                most = place - 1
            if wrong:
                raise ArgumentError(
                    f"{where}: a number is one, a difference is of two quantities, a sum or "
                    f"product of at least two; got {count} for a {one.operation}"
                )
            for value in one.of:
                integer(value, f"{where}: what it is of", 0, most)

    def computed(self, place: int) -> int:
        """Of a quantity, how many of those it is of are no numbers."""
        of = self.quantities[place].of
        return sum(self.quantities[other].operation != NUMBER for other in of)

    @property
    def nonlinear(self) -> int:
        """Multiplications of two quantities that are no numbers."""
        return sum(
            max(0, self.computed(place) - 1)
            for place, one in enumerate(self.quantities)
            if one.operation == PRODUCT
        )

    @property
    def is_linear(self) -> bool:
        """Whether there is no such multiplication."""
        return self.nonlinear == 0


def values(instance: DependencyGraph) -> list[int]:
    """The values of all quantities, one after the other."""
    known: list[int] = []
    for one in instance.quantities:
        if one.operation == NUMBER:
            value = one.of[0]
        else:
            read = [known[place] for place in one.of]
            if one.operation == SUM:
                value = sum(read)
            elif one.operation == DIFFERENCE:
                value = read[0] - read[1]
            else:
                value = prod(read)
        known.append(value % instance.modulus)
    return known


def decide(instance: DependencyGraph) -> bool:
    """Whether the quantity asked for is the goal."""
    return values(instance)[instance.asked] == instance.goal


def linear_values(instance: DependencyGraph) -> list[int]:
    """The values of a linear graph, by logarithmically many products of matrices.

    The quantities x are A x + b for a matrix A that has no cycle, so x is the sum of A^i b over all
    i; squaring A doubles the number of terms.

    Raises:
        ArgumentError: the graph is not linear.
    """
    if not instance.is_linear:
        raise ArgumentError(
            f"the graph multiplies quantities that are no numbers, {instance.nonlinear} times"
        )
    import numpy as np

    n, m = len(instance.quantities), instance.modulus
    matrix, x = np.zeros((n, n), object), np.zeros(n, object)
    for place, one in enumerate(instance.quantities):
        if one.operation == NUMBER:
            x[place] = one.of[0]
        elif one.operation == PRODUCT:
            numbers = [p for p in one.of if instance.quantities[p].operation == NUMBER]
            others = [p for p in one.of if instance.quantities[p].operation != NUMBER]
            factor = prod(instance.quantities[p].of[0] for p in numbers)
            if others:
                matrix[place, others[0]] = factor % m
            else:
                x[place] = factor % m
        else:
            for position, p in enumerate(one.of):
                matrix[place, p] += -1 if one.operation == DIFFERENCE and position else 1
    for _ in range(n.bit_length()):
        x = (x + matrix @ x) % m
        matrix = matrix @ matrix % m
    return [int(value) for value in x]


def steps(instance: DependencyGraph) -> Steps:
    """What it computes: numbers are steps that read nothing."""

    def forced(place: int, known: Known) -> int | None:
        one = instance.quantities[place]
        if one.operation == NUMBER:
            return one.of[0]
        read = [known[other] for other in one.of]
        there = [value for value in read if value is not None]
        if one.operation == PRODUCT and prod(there) % instance.modulus == 0:
            return 0
        if len(there) < len(read):
            return None
        total = {SUM: sum(there), DIFFERENCE: there[0] - sum(there[1:]), PRODUCT: prod(there)}
        return total[one.operation] % instance.modulus

    operands = [() if one.operation == NUMBER else one.of for one in instance.quantities]
    return Steps((), operands, forced, range(len(operands)), instance.asked, instance.goal)


def sizes(instance: DependencyGraph) -> dict[str, int]:
    """The size fields."""
    of = {name: [q for q in instance.quantities if q.operation == name] for name in OPERATIONS}
    return {
        "nodes": len(instance.quantities),
        "numbers": len(of[NUMBER]),
        "sums": len(of[SUM]),
        "differences": len(of[DIFFERENCE]),
        "products": len(of[PRODUCT]),
        "summands": sum(len(one.of) for one in of[SUM]),
        "factors": sum(len(one.of) for one in of[PRODUCT]),
        "nonlinear": instance.nonlinear,
    }


def _to_data(instance: DependencyGraph) -> Any:  # noqa: ANN401
    return {
        "modulus": instance.modulus,
        "quantities": [[one.operation, *one.of] for one in instance.quantities],
        "asked": instance.asked,
        "goal": instance.goal,
    }


def _from_data(data: Any) -> DependencyGraph:  # noqa: ANN401
    keys = ("modulus", "quantities", "asked", "goal")
    modulus, quantities, asked, goal = members(data, "instance", keys)
    found = []
    for place, row in enumerate(items(quantities, "instance.quantities")):
        operation, *of = items(row, f"instance.quantities[{place}]") or [None]
        found.append(Quantity(operation, tuple(of)))
    return DependencyGraph(modulus, tuple(found), asked, goal)


def every(k: int) -> Iterator[DependencyGraph]:
    """Modulo 2 and 3: the number 1, any number, up to k operations on two; is the last one 1?"""
    for modulus, size in product((2, 3), range(k + 1)):
        for value in range(modulus):
            given = (Quantity(NUMBER, (1,)), Quantity(NUMBER, (value,)))
            choices = [product(OPERATIONS[1:], range(2 + g), range(2 + g)) for g in range(size)]
            for rows in product(*map(list, choices)):
                found = given + tuple(Quantity(name, (a, b)) for name, a, b in rows)
                yield DependencyGraph(modulus, found, 1 + size, 1)


def _with_goal(modulus: int, found: Sequence[Quantity], off: int) -> DependencyGraph:
    """The last quantity is asked for; the goal is right if `off` is 0."""
    one = DependencyGraph(modulus, tuple(found), len(found) - 1, 0)
    goal = (values(one)[-1] + off) % modulus
    return DependencyGraph(modulus, tuple(found), len(found) - 1, goal)


def strategy() -> SearchStrategy[DependencyGraph]:
    """Modulo 2 to 7, up to 9 quantities, sums and products of 2 or 3."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> DependencyGraph:
        modulus = draw(st.integers(2, 7))
        found = [Quantity(NUMBER, (draw(st.integers(0, modulus - 1)),))]
        for place in range(1, draw(st.integers(1, 9))):
            operation = draw(st.sampled_from(OPERATIONS))
            if operation == NUMBER:
                found.append(Quantity(NUMBER, (draw(st.integers(0, modulus - 1)),)))
                continue
            most = 2 if operation == DIFFERENCE else 3
            of = draw(st.lists(st.integers(0, place - 1), min_size=2, max_size=most))
            found.append(Quantity(operation, tuple(of)))
        return _with_goal(modulus, found, draw(st.sampled_from((0, 1))))

    return drawn()


def ladder(k: int) -> DependencyGraph:
    """Modulo 23, as iGSM: k numbers and 3 k - 1 others, by chance; the same on every call."""
    random = Random(k)
    found = [Quantity(NUMBER, (1,))]
    for place in range(1, 4 * k):
        if place % 4 == 0:
            found.append(Quantity(NUMBER, (random.randrange(1, 23),)))
            continue
        operation = random.choice(OPERATIONS[1:])
        count = 2 if operation == DIFFERENCE else random.randint(2, 3)
        of = tuple(random.randrange(max(0, place - 6), place) for _ in range(count))
        found.append(Quantity(operation, of))
    return _with_goal(23, found, k % 2)


DEPENDENCY_GRAPH: Problem[DependencyGraph, Any] = Problem(
    name="dependency_graph",
    question="Is this quantity, of a word problem over a finite ring, the goal?",
    instance=DependencyGraph,
    fields={
        "nodes": "quantities",
        "numbers": "quantities that are numbers",
        "sums": "quantities that are sums",
        "differences": "quantities that are differences",
        "products": "quantities that are products",
        "summands": "of all sums",
        "factors": "of all products",
        "nonlinear": "multiplications of two quantities that are no numbers; 0: it is linear",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all graphs of two numbers and at most {k} operations modulo 2 and 3",
    reach=1,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the goal is another": lambda one: DependencyGraph(
            one.modulus, one.quantities, one.asked, (one.goal + 1) % one.modulus
        ),
        "the quantity before is asked for": lambda one: (
            DependencyGraph(one.modulus, one.quantities, one.asked - 1, one.goal)
            if one.asked
            else None
        ),
    },
    hardness="P-complete under logspace reductions, as arithmetic circuits are; the linear graphs "
    "are in NC2",
    reference="Ye, Xu, Li, Allen-Zhu 2024, Physics of Language Models 2.1 (iGSM: modulo 23)",
    witnesses=certificates(
        steps,
        "values of some of the quantities, the one asked for among them with the goal, each forced "
        "by those it is of; a product is 0 if the product of some factors is",
    ),
)
