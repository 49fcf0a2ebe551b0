"""Circuit value instances for tests: all small ones, random ones, growing ones, wrong changes."""

from __future__ import annotations

from itertools import combinations, product
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from reductions.problems.circuit_value import CircuitValue, table_of
from reductions.problems.gate_kinds import AND, KINDS, NAND, NOR, NOT, OR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

C = TypeVar("C", bound=CircuitValue)

SWAPPED = {AND: OR, OR: AND, NAND: NOR, NOR: NAND}


def every(cls: type[C], kinds: Sequence[int], k: int) -> Iterator[C]:
    """All with 1 or 2 inputs and up to k gates; with k gates the output is the last one."""
    for n in (1, 2):
        for size in range(k + 1):
            for rows in _rows(kinds, n, size):
                kind, operands = table_of(rows)
                wires = range(n + size) if size < k else [n + size - 1]
                for output in wires:
                    first = cls.of_gates(bytes(n), kind, operands, output)
                    for values in product((0, 1), repeat=n):
                        yield cls(first.circuit, bytes(values))


def scope(k: int) -> str:
    """What `every` gives, in words."""
    return f"all circuits of at most 2 inputs and {k} gates, with all values of the inputs"


def _rows(kinds: Sequence[int], n: int, size: int) -> Iterator[list[tuple[int, ...]]]:
    if size == 0:
        yield []
        return
    for before in _rows(kinds, n, size - 1):
        for kind in kinds:
            for wires in combinations(range(n + size - 1), KINDS[kind].fan_in):
                yield [*before, (kind, *wires)]


def strategy(
    cls: type[C], kinds: Sequence[int], least: int = 1, most: int = 12
) -> SearchStrategy[C]:
    """Random ones: up to 5 inputs and `most` gates."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> C:
        n = draw(st.integers(least, 5))
        rows: list[tuple[int, ...]] = []
        for _ in range(draw(st.integers(0, most))):
            wires = n + len(rows)
            fitting = [kind for kind in kinds if KINDS[kind].fan_in <= wires]
            kind = draw(st.sampled_from(fitting))
            count = KINDS[kind].fan_in
            chosen = draw(
                st.lists(st.integers(0, wires - 1), unique=True, min_size=count, max_size=count)
            )
            rows.append((kind, *chosen))
        kinds_, operands = table_of(rows)
        output = draw(st.integers(max(0, n + len(rows) - 2), n + len(rows) - 1))
        values = bytes(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)))
        return cls.of_gates(values, kinds_, operands, output)

    return drawn()


def ladder(cls: type[C], kinds: Sequence[int], k: int) -> C:
    """Random, 4 k gates over 3 + k inputs, each reading late wires; the same on every call."""
    random = Random(k)
    n = 3 + k
    rows: list[tuple[int, ...]] = []
    for _ in range(4 * k):
        kind = random.choice(list(kinds))
        wires = n + len(rows)
        rows.append((kind, *random.sample(range(max(0, wires - 6), wires), KINDS[kind].fan_in)))
    kind_, operands = table_of(rows)
    values = bytes(random.getrandbits(1) for _ in range(n))
    return cls.of_gates(values, kind_, operands, n + len(rows) - 1)


def mutations(kinds: Sequence[int] | None) -> dict[str, Callable[[Any], Any]]:
    """Small wrong changes of an instance with gates of these kinds (None: any)."""
    found: dict[str, Callable[[Any], Any]] = {
        "all values are flipped": lambda one: type(one)(
            one.circuit, bytes(1 - value for value in one.values)
        ),
        "the output is one wire earlier": _earlier_output,
    }
    if kinds is None:
        return found
    found["the output gate reads another wire"] = _other_operand
    if any(SWAPPED.get(kind) in kinds for kind in kinds):
        found["the kind of the output gate is swapped"] = _other_kind
    if NOT in kinds:
        found["the output gate is a NOT"] = _not
    return found


def _earlier_output(one: C) -> C | None:
    if one.output == 0:
        return None
    wire = np.array([one.output - 1])
    return type(one)(one.circuit.replace(output_wire=wire), one.values)


def _changed(one: C, change: Callable[[int, list[int]], tuple[int, list[int]] | None]) -> C | None:
    """With the output gate changed."""
    gate = one.output - len(one.values)
    if gate < 0:
        return None
    kind, operands = one.gates.kind.copy(), one.gates.operands.copy()
    new = change(int(kind[gate]), [wire for wire in operands[gate].tolist() if wire >= 0])
    if new is None:
        return None
    kind[gate] = new[0]
    operands[gate] = [*new[1], *[-1] * (operands.shape[1] - len(new[1]))]
    return type(one).of_gates(one.values, kind, operands, one.output)


def _other_kind(one: C) -> C | None:
    return _changed(one, lambda kind, wires: (SWAPPED[kind], wires) if kind in SWAPPED else None)


def _other_operand(one: C) -> C | None:
    def change(kind: int, wires: list[int]) -> tuple[int, list[int]] | None:
        free = sorted(set(range(one.output)) - set(wires))
        return (kind, [*wires[:-1], free[-1]]) if free else None

    return _changed(one, change)


def _not(one: C) -> C | None:
    return _changed(one, lambda kind, wires: (NOT, wires[:1]) if kind != NOT else None)
