"""Is there a circuit of so many gates and levels for a function? Asked of OR-tools' CP-SAT."""

from __future__ import annotations

from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, Any

from tcsim.builder import Builder
from tcsim.equivalence.linear import require_cp_sat
from tcsim.expressions import dot

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.expressions import Wire


def weight_bound(operands: int) -> int:
    """Integer weights of at most this are enough for every threshold function of `operands` bits.

    ``(m + 1)**((m + 1) / 2) / 2**m``: weights are quotients of determinants of matrices of +-1.
    Source: S. Muroga, Threshold Logic and Its Applications, 1971, theorem 9.3.2.1; J. Hastad, "On
    the size of weights for threshold gates", SIAM J. Discrete Math. 7(3), 1994.

    Args:
        operands: number of bits, which may be inputs or gates: a gate over points that are fewer
            than all is a gate over all of them.
    """
    return isqrt((operands + 1) ** (operands + 1)) >> operands


class CircuitModel:
    """All circuits of so many gates on so many levels, one output, over the rows of a truth table.

    Args:
        values: the truth table, 0/1, of 2**n values.
        size: number of gates; the last one is the output.
        depth: most levels.
    """

    def __init__(self, values: list[int], size: int, depth: int) -> None:
        self._cp_model = require_cp_sat()
        self._model = self._cp_model.CpModel()
        self._n = len(values).bit_length() - 1
        self._values, self._size, self._depth = values, size, depth
        self._weights: list[list[Any]] = []
        self._thresholds: list[Any] = []
        self._outputs: list[list[Any]] = []
        self._levels: list[Any] = []
        for gate in range(size):
            self._add_gate(gate)
        self._break_symmetry()

    def solve(self, time_limit: float, seed: int = 0) -> tuple[bool | None, Circuit | None]:
        """Whether there is such a circuit (None: not known in time), and the circuit.

        Args:
            time_limit: seconds, or infinity.
            seed: of the solver.
        """
        solver = self._cp_model.CpSolver()
        solver.parameters.num_workers = 1  # the same run every time
        solver.parameters.random_seed = seed
        if time_limit < float("inf"):
            solver.parameters.max_time_in_seconds = max(time_limit, 0.0)
        status = solver.solve(self._model)
        if status == self._cp_model.INFEASIBLE:
            return False, None
        if status not in (self._cp_model.OPTIMAL, self._cp_model.FEASIBLE):
            return None, None
        gates = [
            ([solver.value(w) for w in weights], solver.value(threshold))
            for weights, threshold in zip(self._weights, self._thresholds, strict=True)
        ]
        return True, _build(gates, self._n)

    def _add_gate(self, gate: int) -> None:
        model, n = self._model, self._n
        operands = n + (gate if self._depth > 1 else 0)
        bound = weight_bound(operands)
        weights = [model.new_int_var(-bound, bound, "") for _ in range(operands)]
        threshold = model.new_int_var(-operands * bound, operands * bound + 1, "")
        last = gate == self._size - 1
        level = (
            model.new_constant(self._depth) if last else model.new_int_var(1, self._depth - 1, "")
        )
        for earlier in range(gate if self._depth > 1 else 0):
            below = model.new_bool_var("")
            model.add(level >= self._levels[earlier] + 1).only_enforce_if(below)
            model.add(weights[n + earlier] == 0).only_enforce_if(below.negated())
        outputs = []
        for row, value in enumerate(self._values):
            y = model.new_constant(value) if last else model.new_bool_var("")
            terms = [weights[i] for i in range(n) if row >> i & 1]
            terms += [
                self._product(weights[n + earlier], self._outputs[earlier][row], bound)
                for earlier in range(operands - n)
            ]
            total = self._cp_model.LinearExpr.sum(terms)
            if last:
                model.add(total >= threshold if value else total <= threshold - 1)
            else:
                model.add(total >= threshold).only_enforce_if(y)
                model.add(total <= threshold - 1).only_enforce_if(y.negated())
            outputs.append(y)
        self._weights.append(weights)
        self._thresholds.append(threshold)
        self._outputs.append(outputs)
        self._levels.append(level)

    def _product(self, weight: Any, bit: Any, bound: int) -> Any:  # noqa: ANN401
        product = self._model.new_int_var(-bound, bound, "")
        self._model.add(product == weight).only_enforce_if(bit)
        self._model.add(product == 0).only_enforce_if(bit.negated())
        return product

    def _break_symmetry(self) -> None:
        """Of circuits that are much the same, keep one."""
        inner = range(self._size - 1)
        for gate in inner:
            # Whoever reads a gate may as well read its complement: let it be 0 on the first row.
            self._model.add(self._outputs[gate][0] == 0)
        for gate in inner[:-1]:
            self._model.add(self._levels[gate] <= self._levels[gate + 1])
        if self._depth == 2:
            # Gates side by side, in the order of their values as numbers.
            numbers = [
                self._cp_model.LinearExpr.weighted_sum(
                    self._outputs[gate], [1 << row for row in range(len(self._values))]
                )
                for gate in inner
            ]
            if len(self._values) <= 32:
                for one, other in pairwise(numbers):
                    self._model.add(one <= other)


def _build(gates: list[tuple[list[int], int]], n: int) -> Circuit:
    """The circuit of the gates that the last one needs."""
    needed, waiting = set(), [len(gates) - 1]
    while waiting:
        gate = waiting.pop()
        if gate not in needed:
            needed.add(gate)
            waiting += [k - n for k, w in enumerate(gates[gate][0]) if w and k >= n]
    b = Builder(share=False, fold=False)
    wires: list[Wire | None] = list(b.inputs("x", n))
    for gate, (weights, threshold) in enumerate(gates):
        terms = [(w, wires[k]) for k, w in enumerate(weights) if w]
        wires.append(
            b.gate(dot([w for w, _ in terms], [wire for _, wire in terms]) >= threshold)
            if gate in needed
            else None
        )
    b.output("y", wires[-1])
    return b.build()
