"""Does a Turing machine accept a word within T steps? T is given in unary: it counts as size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown, text
from reductions.problem import Problem, Witnesses
from tcsim.errors import ArgumentError
from tcsim.uniformity.turing import TuringMachine, increment, palindromes, parity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

MOST_STEPS = 1_000_000
"""Longest time, as the unary encoding of T would be that long."""

History = tuple[tuple[str, int], ...]
"""(state, head) before the first step, and after each."""


@dataclass(frozen=True, eq=False)
class Acceptance:
    """A machine, a word and a number of steps. Names of machines do not count.

    Args:
        machine: deterministic, of one tape.
        word: of 0 and 1.
        steps: T, at least 0.

    Raises:
        ArgumentError: an argument is none of these, or T is beyond `MOST_STEPS`.
    """

    machine: TuringMachine
    word: str
    steps: int

    def __post_init__(self) -> None:
        if not isinstance(self.machine, TuringMachine):
            raise ArgumentError(f"machine must be a TuringMachine, not {shown(self.machine)}")
        if not isinstance(self.word, str) or set(self.word) - {"0", "1"}:
            raise ArgumentError(f"word must be text of 0 and 1, not {shown(self.word)}")
        integer(self.steps, "steps", 0, MOST_STEPS)

    @property
    def key(self) -> tuple[object, ...]:
        """What equality compares."""
        m = self.machine
        ends = (m.states, m.alphabet, m.start, m.accept, m.reject, m.blank)
        return (*ends, tuple(sorted(m.delta.items())), self.word, self.steps)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Acceptance) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<Acceptance: {self.machine.name} on {shown(self.word)} within {self.steps} steps>"


def sizes(instance: Acceptance) -> dict[str, int]:
    """The size fields."""
    machine = instance.machine
    return {
        "length": len(instance.word),
        "steps": instance.steps,
        "cells": max(len(instance.word), instance.steps) + 1,
        "states": len(machine.states),
        "symbols": len(machine.alphabet),
        "lefts": sum(move < 0 for _, _, move in machine.delta.values()),
        "rights": sum(move > 0 for _, _, move in machine.delta.values()),
        "writes": sum(old != new for (_, old), (_, new, _) in machine.delta.items()),
    }


def history(instance: Acceptance) -> History:
    """What the machine does, step by step; where it halts it stays."""
    machine = instance.machine
    tape = dict(enumerate(instance.word))
    state, head = machine.start, 0
    found = [(state, head)]
    for _ in range(instance.steps):
        if state not in {machine.accept, machine.reject}:
            state, tape[head], move = machine.delta[state, tape.get(head, machine.blank)]
            head = max(0, head + move)
        found.append((state, head))
    return tuple(found)


def decide(instance: Acceptance) -> bool:
    """Whether it is in its accepting state after T steps."""
    return history(instance)[-1][0] == instance.machine.accept


def verify(instance: Acceptance, steps: History) -> bool:
    """Whether each step follows from the one before it, and the last is accepting."""
    machine = instance.machine
    if len(steps) != instance.steps + 1 or steps[0] != (machine.start, 0):
        return False
    tape = list(instance.word) + [machine.blank] * (instance.steps + 1)
    for (state, head), after in pairwise(steps):
        expected = (state, head)
        if state not in machine.halting:
            next_state, tape[head], move = machine.delta[state, tape[head]]
            expected = (next_state, max(0, head + move))
        if after != expected:
            return False
    return steps[-1][0] == machine.accept


def every_history(instance: Acceptance) -> Iterator[History]:
    """The one history, if it accepts: a machine is deterministic."""
    if decide(instance):
        yield history(instance)


def by_the_simulator(instance: Acceptance) -> History | None:
    """The same from `TuringMachine.run`, stopped after 0, 1, 2, ... steps."""
    runs = [instance.machine.run(instance.word, t) for t in range(instance.steps + 1)]
    if runs[-1].state != instance.machine.accept:
        return None
    return tuple((run.state, run.head) for run in runs)


def _history_from(data: Any) -> History:  # noqa: ANN401
    rows = [items(row, "a step of a history") for row in items(data, "a history")]
    for row in rows:
        if len(row) != 2:
            raise ArgumentError(f"a step of a history is [state, head], not {shown(row)}")
    return tuple((text(state, "a state"), integer(head, "a head", 0)) for state, head in rows)


def _to_data(instance: Acceptance) -> Any:  # noqa: ANN401
    machine = instance.machine
    return {
        "machine": {
            "states": list(machine.states),
            "alphabet": list(machine.alphabet),
            "delta": [[*key, *row] for key, row in sorted(machine.delta.items())],
            "start": machine.start,
            "accept": machine.accept,
            "reject": machine.reject,
            "blank": machine.blank,
        },
        "word": instance.word,
        "steps": instance.steps,
    }


_MACHINE = ("states", "alphabet", "delta", "start", "accept", "reject", "blank")


def _from_data(data: Any) -> Acceptance:  # noqa: ANN401
    machine, word, steps = members(data, "instance", ("machine", "word", "steps"))
    states, alphabet, delta, *ends = members(machine, "instance.machine", _MACHINE)
    rows = {}
    for place, row in enumerate(items(delta, "instance.machine.delta")):
        where = f"instance.machine.delta[{place}]"
        if len(items(row, where)) != 5:
            raise ArgumentError(f"{where} is not [state, symbol, state, symbol, move]")
        state, read, after, written = (text(name, where) for name in row[:4])
        if (state, read) in rows:
            raise ArgumentError(f"{where}: there are two rows for {state!r} and {read!r}")
        rows[state, read] = (after, written, integer(row[4], f"{where}: the move", -1, 1))
    return Acceptance(
        TuringMachine(
            "machine",
            tuple(text(name, "a state") for name in items(states, "instance.machine.states")),
            tuple(text(name, "a symbol") for name in items(alphabet, "instance.machine.alphabet")),
            rows,
            *(text(name, "instance.machine: a state or blank") for name in ends),
        ),
        text(word, "instance.word"),
        integer(steps, "instance.steps", 0, MOST_STEPS),
    )


_ROWS = (("yes", "same", 1), ("no", "same", 0), ("a", "same", 1), ("a", "1", -1), ("yes", "0", -1))


def every(k: int) -> Iterator[Acceptance]:
    """Machines of one working state, on words of at most one symbol, up to k steps."""
    for chosen in product(_ROWS, repeat=3):
        delta = {
            ("a", read): (after, read if write == "same" else write, move)
            for read, (after, write, move) in zip("01_", chosen, strict=True)
        }
        machine = TuringMachine(
            "small", ("a", "yes", "no"), ("0", "1", "_"), delta, "a", "yes", "no"
        )
        for word in ("", "0", "1"):
            for steps in range(k + 1):
                yield Acceptance(machine, word, steps)


def scope(k: int) -> str:
    """What `every` gives, in words."""
    return (
        f"{len(_ROWS) ** 3} machines of one working state, on all words of length 0 and 1, for 0 "
        f"to {k} steps"
    )


def strategy() -> SearchStrategy[Acceptance]:
    """Machines of up to three working states and four symbols, and the examples of tcsim."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Acceptance:
        word = draw(st.text(alphabet="01", max_size=3))
        if draw(st.booleans()):
            machine = draw(st.sampled_from((parity(), increment(), palindromes())))
            return Acceptance(machine, word, draw(st.integers(0, 7)))
        working = ("a", "b", "c")[: draw(st.integers(1, 3))]
        states, alphabet = (*working, "yes", "no"), ("0", "1", "_", "x")
        ends = st.sampled_from((*working, "yes", "yes", "no"))
        row = st.tuples(ends, st.sampled_from(alphabet), st.sampled_from((-1, 0, 1)))
        delta = {(q, a): draw(row) for q in working for a in alphabet}
        machine = TuringMachine("any", states, alphabet, delta, "a", "yes", "no")
        return Acceptance(machine, word, draw(st.integers(0, 4)))

    return drawn()


def ladder(k: int) -> Acceptance:
    """Palindromes on 0101... of length k."""
    return Acceptance(palindromes(), ("01" * k)[:k], k + 1)


MUTATIONS = {
    "one step is lost": lambda one: (
        Acceptance(one.machine, one.word, one.steps - 1) if one.steps else None
    ),
}

TURING_MACHINE: Problem[Acceptance, History] = Problem(
    name="turing_machine",
    question="Does this deterministic one-tape machine accept the word within so many steps?",
    instance=Acceptance,
    fields={
        "length": "symbols of the word",
        "steps": "T, given in unary",
        "cells": "max(length, steps) + 1: more than it can reach",
        "states": "states",
        "symbols": "symbols of the tape",
        "lefts": "rows of its table that move left",
        "rights": "rows that move right",
        "writes": "rows that write another symbol than they read",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=scope,
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations=MUTATIONS,
    hardness="P-complete under logspace reductions, by definition of P",
    reference="Sipser, Introduction to the Theory of Computation, chapters 3 and 7",
    witnesses=Witnesses(
        meaning="state and head before the first step and after each, as the machine goes on",
        verify=verify,
        every=every_history,
        few=lambda _: True,
        producers={
            "steps": lambda one: next(every_history(one), None),
            "simulator": by_the_simulator,
        },
        to_data=lambda steps: [list(row) for row in steps],
        from_data=_history_from,
    ),
)
