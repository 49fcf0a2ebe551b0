"""Context-free grammars: does the start variable derive any word of terminals at all?

Emptiness is the complement; P is closed under complement, so both are P-complete.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown
from reductions.problem import Problem, Witnesses
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

Production = tuple[int, tuple[int | str, ...]]
"""A variable, and what it may be replaced by: variables and terminals."""

UNUSED = -1
"""Of a variable without a production."""


@dataclass(frozen=True)
class Grammar:
    """A context-free grammar with variables 0, 1, ...; terminals are single characters.

    Args:
        variables: number of variables.
        productions: (head, body) in order; a body may be empty.
        start: a variable.

    Raises:
        ArgumentError: a variable is not there, or a terminal is no single character.
    """

    variables: int
    productions: tuple[Production, ...]
    start: int

    def __post_init__(self) -> None:
        integer(self.variables, "variables", 1)
        integer(self.start, "start", 0, self.variables - 1)
        for place, (head, body) in enumerate(self.productions):
            where = f"productions[{place}]"
            integer(head, f"{where}: the head", 0, self.variables - 1)
            for symbol in body:
                if not isinstance(symbol, str):
                    integer(symbol, f"{where}: a variable", 0, self.variables - 1)
                elif len(symbol) != 1:
                    raise ArgumentError(f"{where}: {shown(symbol)} is no single character")


def variables_of(body: tuple[int | str, ...]) -> list[int]:
    """The variables of a body, as often as they stand there."""
    return [symbol for symbol in body if not isinstance(symbol, str)]


def productive(one: Grammar) -> frozenset[int]:
    """All variables that derive a word: the productions are gone through until none is new."""
    found: frozenset[int] = frozenset()
    while True:
        more = found | {h for h, body in one.productions if found.issuperset(variables_of(body))}
        if more == found:
            return found
        found = more


def verify(one: Grammar, chosen: tuple[int, ...]) -> bool:
    """Whether the productions chosen derive one word from the start: no cycle, nothing open."""
    if len(chosen) != one.variables:
        return False
    for variable, number in enumerate(chosen):
        if number == UNUSED:
            continue
        if not 0 <= number < len(one.productions) or one.productions[number][0] != variable:
            return False
    done: set[int] = set()
    grown = True
    while grown:
        ready = {
            variable
            for variable, number in enumerate(chosen)
            if number != UNUSED and done.issuperset(variables_of(one.productions[number][1]))
        }
        grown = ready != done
        done = ready
    used = {variable for variable, number in enumerate(chosen) if number != UNUSED}
    return one.start in done and done == used


def _choices(one: Grammar) -> list[list[int]]:
    found: list[list[int]] = [[UNUSED] for _ in range(one.variables)]
    for number, (head, _) in enumerate(one.productions):
        found[head].append(number)
    return found


def every_grammar(one: Grammar) -> Iterator[tuple[int, ...]]:
    """All witnesses: every choice of productions is tried."""
    return (chosen for chosen in product(*_choices(one)) if verify(one, chosen))


def by_rounds(one: Grammar) -> tuple[int, ...] | None:
    """For every productive variable the first production found to serve."""
    chosen = [UNUSED] * one.variables
    grown = True
    while grown:
        grown = False
        for number, (head, body) in enumerate(one.productions):
            if chosen[head] == UNUSED and all(chosen[v] != UNUSED for v in variables_of(body)):
                chosen[head], grown = number, True
    return tuple(chosen) if chosen[one.start] != UNUSED else None


def by_need(one: Grammar) -> tuple[int, ...] | None:
    """The last production that serves, and only of variables that the start needs."""
    last = len(one.productions) - 1
    whole = by_rounds(replace(one, productions=one.productions[::-1]))
    if whole is None:
        return None
    chosen = [UNUSED] * one.variables
    waiting = [one.start]
    while waiting:
        variable = waiting.pop()
        if chosen[variable] == UNUSED:
            chosen[variable] = last - whole[variable]
            waiting += variables_of(one.productions[chosen[variable]][1])
    return tuple(chosen)


def _to_data(one: Grammar) -> Any:  # noqa: ANN401
    productions = [[head, list(body)] for head, body in one.productions]
    return {"variables": one.variables, "productions": productions, "start": one.start}


def _from_data(data: Any) -> Grammar:  # noqa: ANN401
    variables, productions, start = members(data, "instance", ("variables", "productions", "start"))
    found = []
    for place, production in enumerate(items(productions, "instance.productions")):
        where = f"instance.productions[{place}]"
        if len(items(production, where)) != 2:
            raise ArgumentError(f"{where} is not [head, body]")
        body = tuple(
            symbol if isinstance(symbol, str) else integer(symbol, f"{where}: a variable")
            for symbol in items(production[1], where)
        )
        found.append((integer(production[0], f"{where}: the head"), body))
    return Grammar(
        integer(variables, "instance.variables", 1), tuple(found), integer(start, "instance.start")
    )


def every(k: int) -> Iterator[Grammar]:
    """All of two variables, one terminal and at most k productions of at most two symbols."""
    symbols: tuple[int | str, ...] = (0, 1, "a")
    bodies = [body for count in range(3) for body in product(symbols, repeat=count)]
    listed = list(product((0, 1), bodies))
    for count in range(k + 1):
        for productions in product(listed, repeat=count):
            yield Grammar(2, productions, 0)


def strategy() -> SearchStrategy[Grammar]:
    """Up to five variables and eight productions of at most three symbols."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Grammar:
        count = draw(st.integers(1, 5))
        variable = st.integers(0, count - 1)
        symbol = st.one_of(variable, variable, st.sampled_from("ab"))
        body = st.lists(symbol, max_size=3).map(tuple)
        productions = draw(st.lists(st.tuples(variable, body), max_size=8))
        return Grammar(count, tuple(productions), draw(variable))

    return drawn()


def ladder(k: int) -> Grammar:
    """4 k random productions over 2 k + 2 variables, and one terminal."""
    random = Random(k)
    count = 2 * k + 2
    productions: list[Production] = [
        (random.randrange(count), tuple(random.choices(range(count), k=random.randint(1, 2))))
        for _ in range(4 * k)
    ]
    return Grammar(count, ((0, ("a",)), *productions), count - 1)


def _without_last(one: Grammar) -> Grammar | None:
    return replace(one, productions=one.productions[:-1]) if one.productions else None


def _shorter(one: Grammar) -> Grammar | None:
    if not one.productions or not one.productions[-1][1]:
        return None
    head, body = one.productions[-1]
    return replace(one, productions=(*one.productions[:-1], (head, body[1:])))


CONTEXT_FREE: Problem[Grammar, tuple[int, ...]] = Problem(
    name="context_free_nonemptiness",
    question="Does this context-free grammar derive any word?",
    instance=Grammar,
    fields={
        "variables": "variables",
        "productions": "productions",
        "symbols": "symbols of all bodies",
    },
    sizes=lambda one: {
        "variables": one.variables,
        "productions": len(one.productions),
        "symbols": sum(len(body) for _, body in one.productions),
    },
    decide=lambda one: one.start in productive(one),
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all of two variables and at most {k} productions of at most two symbols",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last production is lost": _without_last,
        "the last body loses a symbol": _shorter,
        "the start is the variable before": lambda one: (
            replace(one, start=one.start - 1) if one.start else None
        ),
    },
    hardness="P-complete under logspace reductions, and so is emptiness, its complement",
    reference="Jones and Laaser 1976, Complete problems for deterministic polynomial time",
    witnesses=Witnesses(
        meaning="for each variable the number of one of its productions, or -1, such that they "
        "derive one word from the start and lead into no cycle",
        verify=verify,
        every=every_grammar,
        few=lambda one: prod(map(len, _choices(one))) <= 2000,
        producers={"rounds": by_rounds, "need": by_need},
        to_data=list,
        from_data=lambda data: tuple(
            integer(number, "a number") for number in items(data, "a choice of productions")
        ),
    ),
)
