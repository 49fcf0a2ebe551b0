"""Circuits on Python's integers: bit j of a value belongs to vector j. Nothing has to be loaded.

The sum of a form is held as its binary digits, one integer each. Literals are added up in
carry-save form: at most two integers wait in a column, a third makes a full adder, whose carry goes
to the next column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

AND, OR, AND_NOT, CONJUNCTION, DISJUNCTION, COMPARE, SUM = range(7)


Step = tuple[int, int, Any, Any]
"""A kind, a target slot, and what the kind says; its operands may stand in the target too.

* ``AND a b``, ``OR a b``, ``AND_NOT a b``: of the slots a and b;
* ``CONJUNCTION a b``: of all slots of a, at least one, and the complements of those of b;
* ``DISJUNCTION a None``: of all slots of a;
* ``COMPARE a b``: the digits in slot a are at least a constant, whose lowest 1 is digit b[0], and
  whose digits above that are b[1];
* ``SUM a b``: the `Term` s of a, added up as b digits.
"""


class Term(NamedTuple):
    """The value in a slot, or its complement, times a positive integer, in a sum.

    Attributes:
        slot: of a wire or of the digits of a sum.
        inverted: whether it enters as its complement; of a sum, all digits are complemented.
        nested: whether the slot holds digits.
        places: the 1 bits of the integer.
    """

    slot: int
    inverted: bool
    nested: bool
    places: tuple[int, ...]


@dataclass(frozen=True)
class BigintProgram:
    """Steps that compute some wires of a circuit from its inputs.

    Attributes:
        steps: in order.
        n_inputs: input i stands in slot i at the start.
        n_slots: slots that the steps use.
        alive: integers that are held at a time, at most.
        outputs: (slot, whether it holds the complement); slot ``n_slots`` holds 0.
    """

    steps: list[Step]
    n_inputs: int
    n_slots: int
    alive: int
    outputs: list[tuple[int, bool]]

    def run(self, inputs: Sequence[int], ones: int) -> list[int]:
        """The outputs.

        Args:
            inputs: bit j of each is its value in vector j.
            ones: 1 in the bits of all vectors.
        """
        # Slots hold integers, and those of sums tuples of them.
        values: list[Any] = [*inputs, *[0] * (self.n_slots - self.n_inputs + 1)]
        for kind, target, a, b in self.steps:
            if kind == AND:
                values[target] = values[a] & values[b]
            elif kind == OR:
                values[target] = values[a] | values[b]
            elif kind == AND_NOT:
                # Python's ~ makes a negative integer, on which & takes ten times as long.
                value = values[a]
                values[target] = value ^ (value & values[b])
            elif kind == CONJUNCTION:
                value = reduce(and_, [values[slot] for slot in a])
                values[target] = value ^ (value & reduce(or_, [values[slot] for slot in b], 0))
            elif kind == DISJUNCTION:
                values[target] = reduce(or_, [values[slot] for slot in a], 0)
            elif kind == COMPARE:
                values[target] = _at_least(values[a], *b)
            else:
                values[target] = _sum(values, a, b, ones)
        return [
            values[slot] ^ ones if inverted else values[slot] for slot, inverted in self.outputs
        ]


def _at_least(digits: Sequence[int], lowest: int, bits: Sequence[int]) -> int:
    """Digits >= constant, from the constant's lowest 1 up: AND under a 1, OR under a 0."""
    value = digits[lowest]
    for digit, bit in zip(digits[lowest + 1 :], bits, strict=True):
        value = value & digit if bit else value | digit
    return value


def _sum(values: Sequence[Any], terms: Sequence[Term], count: int, ones: int) -> tuple[int, ...]:
    """The sum's digits."""
    columns: list[list[int]] = [[] for _ in range(count)]
    for slot, inverted, nested, places in terms:
        for power, value in enumerate(values[slot] if nested else (values[slot],)):
            literal = value ^ ones if inverted else value
            for place in places:
                _add(columns, place + power, literal)
    for place in range(count):
        if len(columns[place]) == 2:
            a, b = columns[place]
            columns[place] = [a ^ b]
            _add(columns, place + 1, a & b)
    return tuple(column[0] if column else 0 for column in columns)


def _add(columns: list[list[int]], place: int, value: int) -> None:
    """Add a literal to a column; what is carried out of the last column is 0."""
    while value and place < len(columns):
        column = columns[place]
        if len(column) < 2:
            column.append(value)
            return
        a, b = column
        half = a ^ b
        columns[place] = [half ^ value]
        value = (a & b) | (half & value)
        place += 1
