"""Horn entailment: does unit propagation derive the goal from facts and rules?

A clause is a body of atoms and a head: if all of the body, then the head. Facts have no body. The
Horn formula of the clauses and of "not the goal" is unsatisfiable iff the goal is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

Clause = tuple[tuple[int, ...], int]
"""Body and head."""


@dataclass(frozen=True)
class Horn:
    """Definite clauses over atoms 0, 1, ..., and a goal.

    Args:
        atoms: number of atoms.
        clauses: bodies (increasing, without repetition) and heads, in order.
        goal: an atom.

    Raises:
        ArgumentError: an atom is not there, or a body is not increasing.
    """

    atoms: int
    clauses: tuple[Clause, ...]
    goal: int

    def __post_init__(self) -> None:
        integer(self.atoms, "atoms", 1)
        integer(self.goal, "goal", 0, self.atoms - 1)
        for place, (body, head) in enumerate(self.clauses):
            where = f"clauses[{place}]"
            for atom in (*body, head):
                integer(atom, f"{where}: an atom", 0, self.atoms - 1)
            if any(a >= b for a, b in pairwise(body)):
                raise ArgumentError(f"{where}: the body {body} must increase")


def sizes(instance: Horn) -> dict[str, int]:
    """The size fields."""
    return {
        "atoms": instance.atoms,
        "clauses": len(instance.clauses),
        "literals": sum(len(body) + 1 for body, _ in instance.clauses),
    }


def derived(instance: Horn) -> frozenset[int]:
    """All atoms that follow: the clauses are gone through until nothing is new."""
    true: frozenset[int] = frozenset()
    while True:
        more = true | {head for body, head in instance.clauses if true.issuperset(body)}
        if more == true:
            return true
        true = more


def decide(instance: Horn) -> bool:
    """Whether the goal follows."""
    return instance.goal in derived(instance)


def verify(instance: Horn, derivation: tuple[int, ...]) -> bool:
    """Whether each clause named has its body derived and a new head, the last the goal."""
    true: set[int] = set()
    for clause in derivation:
        if not 0 <= clause < len(instance.clauses):
            return False
        body, head = instance.clauses[clause]
        if head in true or not true.issuperset(body):
            return False
        true.add(head)
    return bool(derivation) and instance.clauses[derivation[-1]][1] == instance.goal


def every_derivation(instance: Horn) -> Iterator[tuple[int, ...]]:
    """All derivations, shortest choices first."""

    def extend(done: tuple[int, ...], true: frozenset[int]) -> Iterator[tuple[int, ...]]:
        for place, (body, head) in enumerate(instance.clauses):
            if head in true or not true.issuperset(body):
                continue
            if head == instance.goal:
                yield (*done, place)
            else:
                yield from extend((*done, place), true | {head})

    return extend((), frozenset())


def by_rounds(instance: Horn) -> tuple[int, ...] | None:
    """Goes through the clauses in order, again and again."""
    return _derivation(instance, range(len(instance.clauses)))


def by_rounds_backwards(instance: Horn) -> tuple[int, ...] | None:
    """Goes through the clauses from the last to the first, again and again."""
    return _derivation(instance, range(len(instance.clauses) - 1, -1, -1))


def _derivation(instance: Horn, order: range) -> tuple[int, ...] | None:
    true: set[int] = set()
    found: list[int] = []
    grown = True
    while grown:
        grown = False
        for place in order:
            body, head = instance.clauses[place]
            if head not in true and true.issuperset(body):
                true.add(head)
                found.append(place)
                grown = True
                if head == instance.goal:
                    return tuple(found)
    return None


def _to_data(instance: Horn) -> Any:  # noqa: ANN401
    clauses = [[list(body), head] for body, head in instance.clauses]
    return {"atoms": instance.atoms, "clauses": clauses, "goal": instance.goal}


def _from_data(data: Any) -> Horn:  # noqa: ANN401
    atoms, clauses, goal = members(data, "instance", ("atoms", "clauses", "goal"))
    found = []
    for place, clause in enumerate(items(clauses, "instance.clauses")):
        where = f"instance.clauses[{place}]"
        if len(items(clause, where)) != 2:
            raise ArgumentError(f"{where} is not [body, head]")
        body = tuple(integer(atom, f"{where}: an atom") for atom in items(clause[0], where))
        found.append((body, integer(clause[1], f"{where}: the head")))
    return Horn(
        integer(atoms, "instance.atoms", 1), tuple(found), integer(goal, "instance.goal", 0)
    )


def _clauses(atoms: int) -> list[Clause]:
    return [
        (body, head)
        for head in range(atoms)
        for count in range(3)
        for body in combinations(range(atoms), count)
    ]


def every(k: int) -> Iterator[Horn]:
    """All of two atoms and at most k clauses, a list of clauses for each order."""
    for count in range(k + 1):
        for clauses in product(_clauses(2), repeat=count):
            yield Horn(2, clauses, 0)


def strategy() -> SearchStrategy[Horn]:
    """Up to five atoms and eight clauses of at most three atoms in the body."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Horn:
        atoms = draw(st.integers(1, 5))
        atom = st.integers(0, atoms - 1)
        body = st.lists(atom, unique=True, max_size=3).map(lambda b: tuple(sorted(b)))
        clauses = draw(st.lists(st.tuples(body, atom), max_size=8))
        return Horn(atoms, tuple(clauses), draw(atom))

    return drawn()


def ladder(k: int) -> Horn:
    """4 k random clauses over 2 k + 2 atoms, and one fact."""
    random = Random(k)
    atoms = 2 * k + 2
    clauses = [
        (tuple(sorted(random.sample(range(atoms), random.randint(1, 2)))), random.randrange(atoms))
        for _ in range(4 * k)
    ]
    return Horn(atoms, (((), 0), *clauses), atoms - 1)


def _without_last(one: Horn) -> Horn | None:
    return Horn(one.atoms, one.clauses[:-1], one.goal) if one.clauses else None


def _without_first(one: Horn) -> Horn | None:
    return Horn(one.atoms, one.clauses[1:], one.goal) if one.clauses else None


def _shorter_body(one: Horn) -> Horn | None:
    if not one.clauses or not one.clauses[-1][0]:
        return None
    body, head = one.clauses[-1]
    return Horn(one.atoms, (*one.clauses[:-1], (body[1:], head)), one.goal)


def _other_goal(one: Horn) -> Horn | None:
    return Horn(one.atoms, one.clauses, one.goal - 1) if one.goal else None


HORN_ENTAILMENT: Problem[Horn, tuple[int, ...]] = Problem(
    name="horn_entailment",
    question="Does unit propagation on these Horn clauses derive the goal?",
    instance=Horn,
    fields={
        "atoms": "atoms",
        "clauses": "clauses",
        "literals": "atoms of all clauses, counted each time",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all lists of at most {k} clauses of two atoms",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last clause is lost": _without_last,
        "the first clause is lost": _without_first,
        "the last body loses an atom": _shorter_body,
        "the goal is the atom before": _other_goal,
    },
    hardness="P-complete under logspace reductions",
    reference="Jones and Laaser 1976; Dowling and Gallier 1984 (unit resolution)",
    witnesses=Witnesses(
        meaning="numbers of clauses in an order in which each has its body derived before it and a "
        "new head, the last one the goal",
        verify=verify,
        every=every_derivation,
        few=lambda one: len(one.clauses) <= 8,
        producers={"forwards": by_rounds, "backwards": by_rounds_backwards},
        to_data=list,
        from_data=lambda data: tuple(
            integer(clause, "a clause") for clause in items(data, "a derivation")
        ),
    ),
)
