"""Word problems as a problem: files, samples, wrong changes."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import items, members
from reductions.problem import Problem
from reductions.problems.claims import certificates
from reductions.problems.dependency_graph import (
    DIFFERENCE,
    NUMBER,
    OPERATIONS,
    DependencyGraph,
    Quantity,
    decide,
    sizes,
    steps,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import SearchStrategy


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
