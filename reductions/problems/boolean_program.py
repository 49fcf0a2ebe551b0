"""Boolean programs: assignments of AND, OR, NOT and copies, and loops that run so many times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reductions.codec import integer
from reductions.problems.claims import Steps, forced_gate
from reductions.problems.gate_kinds import AND, BUFFER, KINDS, NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator


ALLOWED = (AND, OR, NOT, BUFFER)

MOST_STEPS = 200_000_000
"""Most assignments that a program executes: each counts as size, as if loops were written out."""

MOST_NESTING = 50
"""Deepest loop in loops."""

REPEAT = "repeat"


@dataclass(frozen=True)
class Assign:
    """``target := AND(a, b)``, OR, NOT or a copy.

    Args:
        kind: of `gate_kinds`.
        target: a variable.
        reads: variables, increasing.
    """

    kind: int
    target: int
    reads: tuple[int, ...]


@dataclass(frozen=True)
class Repeat:
    """A loop.

    Args:
        count: how many times, at least once.
        body: at least one statement.
    """

    count: int
    body: tuple[Assign | Repeat, ...]


Statement = Assign | Repeat


@dataclass(frozen=True)
class BooleanProgram:
    """A program, the values of its variables before it, and the variable that is asked for.

    Args:
        values: of the variables 0, 1, ..., one byte 0 or 1 each.
        statements: in order.
        output: a variable.

    Raises:
        ArgumentError: a variable is not there, an AND or OR reads one twice, a loop is empty or
            runs no time, or there are more than `MOST_STEPS` steps or `MOST_NESTING` loops in
            loops.
    """

    values: bytes
    statements: tuple[Statement, ...]
    output: int

    def __post_init__(self) -> None:
        if not isinstance(self.values, bytes) or set(self.values) - {0, 1}:
            raise ArgumentError("values must be bytes 0 and 1")
        integer(self.output, "output", 0, len(self.values) - 1)
        self._require(self.statements, "statements", 0)
        if self.steps > MOST_STEPS:
            raise ArgumentError(f"the program executes more than {MOST_STEPS:,} assignments")

    def _require(self, statements: tuple[Statement, ...], where: str, nesting: int) -> None:
        if nesting > MOST_NESTING:
            raise ArgumentError(f"more than {MOST_NESTING} loops are in each other")
        for place, one in enumerate(statements):
            own = f"{where}[{place}]"
            if isinstance(one, Repeat):
                integer(one.count, f"{own}: the count", 1)
                if not one.body:
                    raise ArgumentError(f"{own} is a loop without statements")
                self._require(one.body, own, nesting + 1)
            elif isinstance(one, Assign):
                for variable in (one.target, *one.reads):
                    integer(variable, f"{own}: a variable", 0, len(self.values) - 1)
                known = one.kind in ALLOWED and len(one.reads) == KINDS[one.kind].fan_in
                if not known or list(one.reads) != sorted(set(one.reads)):
                    raise ArgumentError(
                        f"{own} must be an AND or OR of two variables in increasing order, or a "
                        f"NOT or copy of one"
                    )
            else:
                raise ArgumentError(f"{own} must be an Assign or a Repeat, not {one!r}")

    @cached_property
    def counts(self) -> Counter[int]:
        """How many assignments of each kind are executed."""
        return _counts(self.statements)

    @property
    def steps(self) -> int:
        """How many assignments are executed."""
        return self.counts.total()


def _counts(statements: tuple[Statement, ...]) -> Counter[int]:
    found: Counter[int] = Counter()
    for one in statements:
        if isinstance(one, Assign):
            found[one.kind] += 1
        else:
            for kind, number in _counts(one.body).items():
                found[kind] += one.count * number
    return found


def run(statements: tuple[Statement, ...], values: list[int]) -> None:
    """Execute statements: `values` of the variables are changed."""
    for one in statements:
        if isinstance(one, Repeat):
            for _ in range(one.count):
                run(one.body, values)
        elif one.kind == AND:
            values[one.target] = values[one.reads[0]] & values[one.reads[1]]
        elif one.kind == OR:
            values[one.target] = values[one.reads[0]] | values[one.reads[1]]
        else:
            values[one.target] = values[one.reads[0]] ^ (one.kind == NOT)


def decide(instance: BooleanProgram) -> bool:
    """Whether the variable is 1 in the end."""
    values = list(instance.values)
    run(instance.statements, values)
    return values[instance.output] == 1


def executed(statements: tuple[Statement, ...]) -> Iterator[Assign]:
    """The assignments in the order in which they are executed."""
    for one in statements:
        if isinstance(one, Assign):
            yield one
        else:
            for _ in range(one.count):
                yield from executed(one.body)


def steps(instance: BooleanProgram) -> Steps:
    """What it computes: a value for each assignment that is executed."""
    number = list(range(len(instance.values)))  # of the value that each variable has
    rows = []
    for one in executed(instance.statements):
        rows.append((one.kind, *(number[variable] for variable in one.reads)))
        number[one.target] = len(instance.values) + len(rows) - 1
    return Steps(
        given=tuple(instance.values),
        operands=[row[1:] for row in rows],
        forced=lambda step, known: forced_gate(rows[step][0], [known[w] for w in rows[step][1:]]),
        order=range(len(rows)),
        output=number[instance.output],
        goal=1,
    )


def sizes(instance: BooleanProgram) -> dict[str, int]:
    """The size fields."""
    counts = instance.counts
    return {
        "variables": len(instance.values),
        "statements": _written(instance.statements),
        "steps": instance.steps,
        **{f"{KINDS[kind].name}s": counts[kind] for kind in ALLOWED},
    }


def _written(statements: tuple[Statement, ...]) -> int:
    return sum(1 if isinstance(one, Assign) else _written(one.body) for one in statements)
