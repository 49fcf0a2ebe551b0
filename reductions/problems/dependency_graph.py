"""Word problems as graphs of quantities: numbers, and sums, differences and products of others.

"Ann has 3 bags with as many apples as Bob and Eve have together" is the product of a number and a
sum. Arithmetic is modulo some number. A product of at most one quantity that is no number is
linear; where all are, so is the graph, and its answer is in NC2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from reductions.codec import integer
from reductions.problems.claims import Known, Steps
from reductions.problems.ring_circuits import MOST_MODULUS
from tcsim.errors import ArgumentError

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
