"""The induction step of rules that map a circuit gate by gate, and sets that make a gate fire."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeVar

from reductions.problems.circuit_value import CircuitValue, table_of
from reductions.problems.gate_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reductions.reduction import Mapped

C = TypeVar("C", bound=CircuitValue)


def over_one_gate(
    cls: type[C], forward: Callable[[C], Mapped[Any]], holds: Callable[[C, Mapped[Any]], bool]
) -> Iterator[tuple[str, bool]]:
    """A statement for each kind of gate, over operands of all values.

    A rule that treats gates one by one, and knows of operands their images alone, keeps it over any
    wires if it keeps it over inputs.
    """
    for number in cls.kinds or ():
        kind = KINDS[number]
        table = table_of([(number, *range(kind.fan_in))])
        for values in product((0, 1), repeat=kind.fan_in):
            source = cls.of_gates(bytes(values), *table, kind.fan_in)
            yield f"{kind.name}{values}", holds(source, forward(source))


def forcing_sets(
    terms: Sequence[tuple[int, int]], threshold: int, value: int
) -> list[tuple[tuple[int, int], ...]]:
    """The least sets of operands, with values, that make a gate 1 or 0 whatever the others are.

    Args:
        terms: (wire, weight) pairs.
        threshold: of the gate.
        value: of the gate, 0 or 1.

    Returns:
        Sets of (wire, value) pairs; an operand of positive weight helps the gate by being 1.

    Example:
        >>> forcing_sets([(0, 1), (1, 1)], 1, 1)  # OR
        [((0, 1),), ((1, 1),)]
        >>> forcing_sets([(0, -1)], 0, 1)  # NOT
        [((0, 0),)]
    """
    found: list[tuple[tuple[int, int], ...]] = []
    for count in range(len(terms) + 1):
        for chosen in combinations(terms, count):
            rest = sum(
                weight
                for wire, weight in terms
                if (wire, weight) not in chosen and (weight < 0 if value else weight > 0)
            )
            total = rest + sum(weight for _, weight in chosen if (weight > 0) == bool(value))
            forces = total >= threshold if value else total < threshold
            pairs = tuple((wire, value if weight > 0 else 1 - value) for wire, weight in chosen)
            if forces and not any(set(less) <= set(pairs) for less in found):
                found.append(pairs)
    return found
