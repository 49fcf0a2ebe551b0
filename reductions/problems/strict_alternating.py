"""The circuit value problem in its strictest usual form: alternating, fan-in 2, fan-out at most 2.

Called AM2CVP with the inputs read by OR gates alone (Greenlaw, Hoover, Ruzzo, A.1.4). Here each
input is read once at most: a value that is needed twice stands on two inputs.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import GOLDSCHLAGER, restricted
from reductions.problems.gate_kinds import AND, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from hypothesis.strategies import SearchStrategy


class StrictAlternating(Alternating):
    """Gates AND and OR of two wires, which alternate; no gate is read more than twice.

    Inputs are read by OR gates alone, each by one at most. The output is an OR that no gate reads.
    """

    kinds: ClassVar[Any] = (AND, OR)

    def __post_init__(self) -> None:
        super().__post_init__()
        kind, operands, n = self.gates.kind, self.gates.operands[:, :2], len(self.values)
        reads = np.bincount(operands.reshape(-1), minlength=n + len(kind))
        _refuse((kind == AND) & (operands < n).any(axis=1), "gate {} is an AND of an input")
        _refuse(reads[:n] > 1, "input {} is read twice")
        _refuse(reads[n:] > 2, "gate {} is read more than twice")
        last = self.output - n
        if last < 0 or kind[last] != OR or reads[self.output]:
            raise ArgumentError(f"{STRICT}: the output is no OR gate, or it is read")


STRICT = "a strict alternating circuit"


def _refuse(wrong: npt.NDArray[np.bool_], what: str) -> None:
    found = np.flatnonzero(wrong)
    if len(found):
        raise ArgumentError(f"{what.format(int(found[0]))}: not so in {STRICT}")


FRESH = -1
"""An operand that is an input of its own."""

Row = tuple[int, int, int]


def of_rows(rows: Sequence[Row], values: bytes) -> StrictAlternating:
    """The circuit of gates (kind, a, b), whose last one is the output.

    Args:
        rows: operands are earlier gates, or `FRESH`: the next input.
        values: of the inputs, in the order in which they are read.
    """
    n, read, table = len(values), 0, []
    for kind, *wires in rows:
        found = [kind]
        for wire in wires:
            found.append(read if wire == FRESH else n + wire)
            read += wire == FRESH
        table.append(found)
    return StrictAlternating.of_gates(values, *table_of(table), n + len(rows) - 1)


def _free(rows: Sequence[Row], kind: int) -> list[int]:
    """Gates of a kind that may be read once more."""
    reads = [wire for _, *wires in rows for wire in wires]
    return [gate for gate, row in enumerate(rows) if row[0] == kind and reads.count(gate) < 2]


def _shapes(size: int) -> Iterator[list[Row]]:
    if size == 0:
        yield []
        return
    for before in _shapes(size - 1):
        ands, ors = _free(before, AND), _free(before, OR)
        yield [*before, (OR, FRESH, FRESH)]
        for pair in [*((FRESH, gate) for gate in ands), *combinations(ands, 2)]:
            yield [*before, (OR, *pair)]
        for pair in combinations(ors, 2):
            yield [*before, (AND, *pair)]


def every(k: int) -> Iterator[StrictAlternating]:
    """All with up to k + 1 gates, the last of which is the output.

    Of the values of two inputs of one gate the first is not the larger one.
    """
    for size in range(1, k + 2):
        for rows in _shapes(size):
            if rows[-1][0] != OR:
                continue
            choices = {2: ("00", "01", "11"), 1: ("0", "1"), 0: ("",)}
            fresh = [choices[wires.count(FRESH)] for _, *wires in rows]
            for chosen in product(*fresh):
                yield of_rows(rows, bytes(map(int, "".join(chosen))))


def scope(k: int) -> str:
    """What `every` gives, in words."""
    return f"all strict circuits of at most {k + 1} gates, the last one the output, with all values"


def strategy() -> SearchStrategy[StrictAlternating]:
    """Random ones of up to 12 gates; more inputs are 0 than 1."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> StrictAlternating:
        rows: list[Row] = []
        for _ in range(draw(st.integers(0, 11))):
            ors = _free(rows, OR)
            if len(ors) >= 2 and draw(st.booleans()):
                a = draw(st.sampled_from(ors))
                rows.append((AND, a, draw(st.sampled_from([b for b in ors if b != a]))))
            else:
                rows.append(draw(an_or(_free(rows, AND))))
        rows.append(draw(an_or(_free(rows, AND))))
        count = sum(wires.count(FRESH) for _, *wires in rows)
        values = draw(st.lists(st.sampled_from((0, 0, 1)), min_size=count, max_size=count))
        return of_rows(rows, bytes(values))

    def an_or(ands: list[int]) -> SearchStrategy[Row]:
        wire = st.sampled_from([FRESH, *ands])
        return st.tuples(wire, wire).map(
            lambda two: (OR, two[0], two[1] if len({*two}) > 1 else FRESH)
        )

    return drawn()


def ladder(k: int) -> StrictAlternating:
    """A band of 2 k + 1 levels of two gates over the level before: ORs first and last."""
    rows: list[Row] = [(OR, FRESH, FRESH)] * 2
    for level in range(2 * k):
        rows += [(OR if level % 2 else AND, 2 * level, 2 * level + 1)] * 2
    return of_rows(rows, bytes((0, 1, 0, k % 2)))


def _other_output(one: StrictAlternating) -> StrictAlternating | None:
    n, kinds = len(one.values), one.gates.kind.tolist()
    read = set(one.gates.operands.reshape(-1).tolist())
    others = [n + gate for gate, kind in enumerate(kinds) if kind == OR and n + gate not in read]
    wire = np.array([others[0]])
    if others[0] == one.output:
        return None
    return StrictAlternating(one.circuit.replace(output_wire=wire), one.values)


STRICT_ALTERNATING = replace(
    restricted(
        "strict_alternating_cvp",
        StrictAlternating,
        "Is the output of this alternating circuit of fan-in 2 and fan-out at most 2 equal to 1?",
        (),
        f"{GOLDSCHLAGER}; Greenlaw, Hoover, Ruzzo 1995, section A.1.4",
    ),
    every=every,
    scope=scope,
    reach=3,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "all values are flipped": lambda one: StrictAlternating(
            one.circuit, bytes(1 - value for value in one.values)
        ),
        "the first input is flipped": lambda one: StrictAlternating(
            one.circuit, bytes((1 - one.values[0],)) + one.values[1:]
        ),
        "the output is the first OR that no gate reads": _other_output,
    },
)
