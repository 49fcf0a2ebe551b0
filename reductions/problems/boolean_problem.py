"""Boolean programs as a problem: files, samples, wrong changes."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import bit_text, bits, integer, items, members
from reductions.problem import Problem
from reductions.problems.boolean_program import (
    ALLOWED,
    MOST_NESTING,
    REPEAT,
    Assign,
    BooleanProgram,
    Repeat,
    Statement,
    decide,
    sizes,
    steps,
)
from reductions.problems.circuits import LADNER
from reductions.problems.claims import certificates
from reductions.problems.gate_kinds import KINDS, NAMES
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


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
