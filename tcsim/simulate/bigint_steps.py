"""Writes the steps of a BigintProgram (`tcsim.simulate.bigint`): one loop in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import LimitError
from tcsim.simulate.bigint import (
    AND,
    AND_NOT,
    COMPARE,
    CONJUNCTION,
    DISJUNCTION,
    OR,
    SUM,
    BigintProgram,
    Step,
    Term,
)
from tcsim.simulate.memory import physical_memory
from tcsim.simulate.normalize import normalize_forms, normalize_gates

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

VALUE_BYTES = 64
"""Memory that a value of few vectors takes at least, with its place in a list."""


def compile_bigint(circuit: Circuit, wires: Integers) -> BigintProgram:
    """The steps that compute some wires.

    Args:
        circuit: any circuit.
        wires: shape (outputs,): wire numbers, or `FALSE` or `TRUE`.

    Raises:
        LimitError: the sums do not fit in memory.
    """
    return _Writer(circuit).program(wires.tolist())


class _Writer:
    """Orders the nodes that are needed and gives each a slot. A node is a wire or wires + form.

    A slot holds a wire's value or the complement of it, whichever is cheaper to compute: their
    readers know. Slots are used again once all readers are done.
    """

    def __init__(self, circuit: Circuit) -> None:
        sums = normalize_forms(circuit)
        gates = normalize_gates(circuit, sums)
        self._n_inputs, self._n_wires = circuit.n_inputs, circuit.n_inputs + circuit.size
        self._form = circuit.gate_form.tolist()
        self._start, self._operand = sums.start.tolist(), sums.operand.tolist()
        self._inverted, self._magnitude = sums.inverted.tolist(), sums.magnitude.tolist()
        self._digits, self._limit = sums.digits.tolist(), gates.limit.tolist()
        self._constant, self._compares = gates.constant.tolist(), gates.compares.tolist()
        self._flip = gates.flip.tolist()
        nodes = self._n_wires + circuit.n_forms
        self._uses, self._slot, self._complement = [0] * nodes, [0] * nodes, [False] * nodes
        self._free: list[int] = []
        self._n_slots = 0
        self._width: dict[int, int] = {}  # of slots that hold digits, at most
        self._steps: list[Step] = []

    def program(self, wires: list[int]) -> BigintProgram:
        order = self._order([wire for wire in wires if wire >= 0])
        inputs = range(self._n_inputs)
        for wire in inputs:
            self._store(wire)
        for wire in inputs:
            if not self._uses[wire]:
                self._free.append(wire)
        for node in order:
            if node >= self._n_wires:
                self._sum(node)
            elif self._compares[node - self._n_inputs]:
                self._comparison(node)
            else:
                self._conjunction(node)
        alive = self._n_slots + sum(self._width.values()) - len(self._width)
        if alive > physical_memory() // VALUE_BYTES:
            raise LimitError(
                f"{alive:,} digits of sums would be held at a time, more than this "
                "machine can: make gates of intermediate sums"
            )
        zero = self._n_slots
        constants = {-2: (zero, False), -1: (zero, True)}
        return BigintProgram(
            steps=self._steps,
            n_inputs=self._n_inputs,
            n_slots=self._n_slots,
            alive=alive,
            outputs=[
                constants[wire] if wire < 0 else (self._slot[wire], self._complement[wire])
                for wire in wires
            ],
        )

    def _order(self, wires: list[int]) -> list[int]:
        """What the wires need, operands first, depth first, so that few values are alive."""
        uses, stack = self._uses, wires[::-1]
        order: list[int] = []
        seen = bytearray(len(uses))
        seen[: self._n_inputs] = b"\1" * self._n_inputs
        for wire in wires:
            uses[wire] += 1
        while stack:
            node = stack.pop()
            if node < 0:  # everything that it reads is there
                order.append(~node)
            elif not seen[node]:
                seen[node] = 1
                stack.append(~node)
                for below in self._reads(node):
                    uses[below] += 1
                    if not seen[below]:
                        stack.append(below)
        return order

    def _reads(self, node: int) -> list[int]:
        form = node - self._n_wires
        if form < 0:
            gate = node - self._n_inputs
            form = self._form[gate]
            if self._compares[gate]:
                return [self._n_wires + form]
            if self._constant[gate]:
                return []
        reads: list[int] = self._operand[self._start[form] : self._start[form + 1]]
        return reads

    def _conjunction(self, node: int) -> None:
        gate = node - self._n_inputs
        form, flip = self._form[gate], self._flip[gate]
        plain: list[int] = []
        complemented: list[int] = []
        if not self._constant[gate]:
            for at in range(self._start[form], self._start[form + 1]):
                wire = self._operand[at]
                inverted = self._inverted[at] ^ flip ^ self._complement[wire]
                (complemented if inverted else plain).append(self._read(wire))
        # NOT a AND NOT b is kept as its complement, a OR b.
        self._complement[node] = flip ^ (not plain)
        target = self._store(node)
        if len(plain) + len(complemented) == 2:
            kind = (OR, AND_NOT, AND)[len(plain)]
            a, b = *plain, *complemented
            self._steps.append((kind, target, a, b))
        elif plain:
            self._steps.append((CONJUNCTION, target, plain, complemented))
        else:
            self._steps.append((DISJUNCTION, target, complemented, None))

    def _comparison(self, node: int) -> None:
        gate = node - self._n_inputs
        form, limit = self._form[gate], self._limit[gate]
        lowest = _ones(limit)[0]
        bits = [limit >> place & 1 for place in range(lowest + 1, self._digits[form])]
        digits = self._read(self._n_wires + form)
        self._steps.append((COMPARE, self._store(node), digits, (lowest, bits)))

    def _sum(self, node: int) -> None:
        form, terms = node - self._n_wires, []
        for at in range(self._start[form], self._start[form + 1]):
            operand = self._operand[at]
            inverted = self._inverted[at] ^ self._complement[operand]
            nested, places = operand >= self._n_wires, _ones(self._magnitude[at])
            terms.append(Term(self._read(operand), inverted, nested, places))
        digits = self._digits[form]
        target = self._store(node)
        self._width[target] = max(self._width.get(target, 1), digits)
        self._steps.append((SUM, target, terms, digits))

    def _read(self, node: int) -> int:
        """The slot of an operand, which is free again after its last reader."""
        slot = self._slot[node]
        self._uses[node] -= 1
        if not self._uses[node]:
            self._free.append(slot)
        return slot

    def _store(self, node: int) -> int:
        """A slot for a node."""
        if self._free:
            slot = self._free.pop()
        else:
            slot = self._n_slots
            self._n_slots += 1
        self._slot[node] = slot
        return slot


def _ones(value: int) -> tuple[int, ...]:
    """The 1 bits of a positive integer, lowest first."""
    if value == 1:
        return (0,)
    digits = f"{value:b}"[::-1]
    return tuple(place for place, digit in enumerate(digits) if digit == "1")
