"""Boolean programs: assignments of AND, OR, NOT and copies, and loops that run so many times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import bit_text, bits, integer, items, members
from reductions.problem import Problem
from reductions.problems.circuits import LADNER
from reductions.problems.claims import Steps, certificates, forced_gate
from reductions.problems.gate_kinds import AND, BUFFER, KINDS, NAMES, NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

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


def _statement_data(one: Statement) -> Any:  # noqa: ANN401
    if isinstance(one, Repeat):
        return [REPEAT, one.count, [*map(_statement_data, one.body)]]
    return [KINDS[one.kind].name, one.target, *one.reads]


def _to_data(instance: BooleanProgram) -> Any:  # noqa: ANN401
    return {
        "values": bit_text(instance.values),
        "statements": [*map(_statement_data, instance.statements)],
        "output": instance.output,
    }


def _statements(data: Any, where: str, nesting: int) -> tuple[Statement, ...]:  # noqa: ANN401
    if nesting > MOST_NESTING:
        raise ArgumentError(f"more than {MOST_NESTING} loops are in each other")
    found: list[Statement] = []
    for place, row in enumerate(items(data, where)):
        own = f"{where}[{place}]"
        name, *rest = items(row, own) or [None]
        if name == REPEAT and len(rest) == 2:
            found.append(
                Repeat(
                    integer(rest[0], f"{own}: the count"), _statements(rest[1], own, nesting + 1)
                )
            )
        elif isinstance(name, str) and name in NAMES and rest:
            target, *reads = (integer(variable, f"{own}: a variable") for variable in rest)
            found.append(Assign(NAMES[name], target, tuple(sorted(reads))))
        else:
            raise ArgumentError(
                f"{own} must be [and or or or not or buffer, target, variables...] or "
                f"[{REPEAT}, count, [statements]]"
            )
    return tuple(found)


def _from_data(data: Any) -> BooleanProgram:  # noqa: ANN401
    values, statements, output = members(data, "instance", ("values", "statements", "output"))
    return BooleanProgram(
        bits(values, "instance.values"),
        _statements(statements, "instance.statements", 0),
        integer(output, "instance.output"),
    )


def _assignments(variables: int) -> list[Assign]:
    reads: dict[int, list[tuple[int, ...]]] = {
        2: [(a, b) for b in range(variables) for a in range(b)],
        1: [(a,) for a in range(variables)],
    }
    return [
        Assign(kind, target, read)
        for kind in ALLOWED
        for target in range(variables)
        for read in reads[KINDS[kind].fan_in]
    ]


def every(k: int) -> Iterator[BooleanProgram]:
    """Up to k assignments to two variables, once or, all together, twice."""
    for count in range(k + 1):
        for chosen in product(_assignments(2), repeat=count):
            forms: list[tuple[Statement, ...]] = [chosen]
            if chosen:
                forms.append((Repeat(2, chosen),))
            for statements in forms:
                for values in product((0, 1), repeat=2):
                    yield BooleanProgram(bytes(values), statements, 0)


def strategy() -> SearchStrategy[BooleanProgram]:
    """Up to four variables, loops in loops, each up to three times."""
    from hypothesis import strategies as st

    def program(values: list[int]) -> SearchStrategy[BooleanProgram]:
        assign = st.sampled_from(_assignments(len(values)))
        inner = st.lists(assign, min_size=1, max_size=3).map(tuple)
        loop = st.builds(Repeat, st.integers(1, 3), inner)
        middle = st.lists(st.one_of(assign, loop), min_size=1, max_size=3).map(tuple)
        outer = st.builds(Repeat, st.integers(1, 3), middle)
        whole = st.lists(st.one_of(assign, assign, loop, outer), max_size=4).map(tuple)
        output = st.integers(0, len(values) - 1)
        return st.builds(BooleanProgram, st.just(bytes(values)), whole, output)

    return st.lists(st.integers(0, 1), min_size=2, max_size=4).flatmap(program)


def ladder(k: int) -> BooleanProgram:
    """K loops that run twice, of four assignments by chance; the same on every call."""
    random = Random(k)
    choices = _assignments(4)
    loops = (Repeat(2, tuple(random.choice(choices) for _ in range(4))) for _ in range(k))
    return BooleanProgram(bytes((1, 0, 1, 0)), tuple(loops), 0)


BOOLEAN_PROGRAM: Problem[BooleanProgram, Any] = Problem(
    name="boolean_program",
    question="Is this variable 1 after this program of Boolean assignments and bounded loops?",
    instance=BooleanProgram,
    fields={
        "variables": "variables",
        "statements": "assignments as they are written",
        "steps": "assignments that are executed",
        **{f"{KINDS[kind].name}s": f"of these {KINDS[kind].name}" for kind in ALLOWED},
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all programs of two variables and at most {k} assignments, once and twice",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last statement is lost": lambda one: (
            BooleanProgram(one.values, one.statements[:-1], one.output) if one.statements else None
        ),
        "all values are flipped": lambda one: BooleanProgram(
            bytes(1 - value for value in one.values), one.statements, one.output
        ),
    },
    hardness="P-complete under logspace reductions, where steps count as size: a circuit is a "
    "program without loops",
    reference=LADNER,
    witnesses=certificates(
        steps,
        "claims 0 or 1 for some of the assignments that are executed, the last one to the output "
        "among them with 1, each forced by the values before the program and by claims",
    ),
)
