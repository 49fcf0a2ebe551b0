"""The circuit value problem for circuits in which AND and OR gates alternate."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reductions.problems import circuit_samples as samples
from reductions.problems.alternation import require_alternation
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import GOLDSCHLAGER, Monotone, restricted
from reductions.problems.gate_kinds import AND, BUFFER, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


class Alternating(Monotone):
    """Gates AND and OR of two wires, or of one, such that a gate reads gates of the other kind.

    A gate of one operand is a buffer, and an AND as well as an OR: it counts as what fits. Inputs
    may be read by both kinds.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        require_alternation(self)


KINDS = (AND, OR, BUFFER)


def every(k: int) -> Iterator[Alternating]:
    """All small ones: those of the monotone circuits that alternate."""
    for one in samples.every(Monotone, KINDS, k):
        try:
            yield Alternating(one.circuit, one.values)
        except ArgumentError:
            continue


def strategy() -> SearchStrategy[Alternating]:
    """Random ones: each gate is given a kind, and reads inputs and gates of the other."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Alternating:
        n = draw(st.integers(1, 5))
        rows: list[tuple[int, ...]] = []
        kind_of: list[int] = []
        for _ in range(draw(st.integers(0, 12))):
            kind = draw(st.sampled_from((AND, OR)))
            free = [*range(n), *(n + g for g, other in enumerate(kind_of) if other != kind)]
            count = draw(st.integers(1, min(2, len(free))))
            chosen = draw(
                st.lists(st.sampled_from(free), unique=True, min_size=count, max_size=count)
            )
            rows.append((kind if count == 2 else BUFFER, *chosen))
            kind_of.append(kind)
        values = bytes(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)))
        return Alternating.of_gates(values, *table_of(rows), n + len(rows) - 1)

    return drawn()


def ladder(k: int) -> Alternating:
    """A band of 2 k levels, each of two gates over the level before: ANDs, then ORs."""
    rows = [
        (OR if level % 2 else AND, 2 * level, 2 * level + 1)
        for level in range(2 * k)
        for _ in range(2)
    ]
    return Alternating.of_gates(bytes((1, k % 2)), *table_of(rows), 4 * k + 1)


ALTERNATING = replace(
    restricted(
        "alternating_cvp",
        Alternating,
        "Is the output of this circuit of alternating AND and OR gates 1?",
        (AND, OR, BUFFER),
        GOLDSCHLAGER,
    ),
    every=every,
    strategy=strategy,
    ladder=ladder,
    scope=partial(
        str.format, "those that alternate of all circuits of at most 2 inputs and {} gates"
    ),
    mutations={
        name: change
        for name, change in samples.mutations(KINDS).items()
        if name != "the kind of the output gate is swapped"
    },
)
