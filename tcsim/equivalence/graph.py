"""Circuits over common inputs as one graph of ANDs, in which equal ANDs are one node.

Node 0 is the constant 0, nodes 1 .. inputs are the inputs, then come the ANDs, operands first. The
literal of node v is 2v, its complement 2v + 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim import lowering
from tcsim.errors import LimitError
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit

MOST_ANDS = 4_000_000
"""More ANDs are not built: they would take some gigabytes."""


class AndGraph:
    """A graph of ANDs; the `TwoInputGates` of `tcsim.lowering`.

    Args:
        n_inputs: number of inputs.

    Attributes:
        left: the smaller literal of each node; 0 for the constant and the inputs.
        right: the larger one.
    """

    def __init__(self, n_inputs: int) -> None:
        self.n_inputs = n_inputs
        self.left = [0] * (n_inputs + 1)
        self.right = [0] * (n_inputs + 1)
        self._levels = [0] * (n_inputs + 1)
        self._index: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        return len(self.left)

    def conjunction(self, a: int, b: int) -> int:
        """AND of two literals: a node that may exist already."""
        pair, known = fold(a, b)
        if known is not None:
            return known
        found = self._index.get(pair)
        if found is None:
            if len(self.left) > MOST_ANDS:
                raise LimitError(f"the circuits take more than {MOST_ANDS:,} ANDs")
            found = self._index[pair] = 2 * len(self.left)
            self.left.append(pair[0])
            self.right.append(pair[1])
            self._levels.append(1 + max(self._levels[a >> 1], self._levels[b >> 1]))
        return found

    def disjunction(self, a: int, b: int) -> int:
        """OR of two literals."""
        return self.conjunction(a ^ 1, b ^ 1) ^ 1

    def negation(self, a: int) -> int:
        """NOT of a literal."""
        return a ^ 1

    def level(self, a: int) -> int:
        """Level of a literal, in ANDs."""
        return self._levels[a >> 1]

    def add(self, circuit: Circuit, inputs: Sequence[int]) -> list[int]:
        """Add the gates of a circuit that its outputs need.

        Args:
            circuit: any circuit.
            inputs: the literal of each of its inputs.

        Returns:
            The literal of each of its outputs.

        Raises:
            LimitError: more than `MOST_ANDS` ANDs.
        """
        flat = flat_forms(circuit)
        start, operand, weight = flat.start.tolist(), flat.operand.tolist(), flat.weight.tolist()
        forms, thresholds = circuit.gate_form.tolist(), circuit.thresholds.tolist()
        outputs = circuit.output_wire.tolist()
        n = circuit.n_inputs
        needed = bytearray(len(forms))
        for wire in outputs:
            if wire >= n:
                needed[wire - n] = 1
        for gate in reversed(range(len(forms))):
            if needed[gate]:
                for wire in operand[start[forms[gate]] : start[forms[gate] + 1]]:
                    if wire >= n:
                        needed[wire - n] = 1
        literals = list(inputs)
        adders: dict[int, list[int | None]] = {}
        for gate, (form, threshold) in enumerate(zip(forms, thresholds, strict=True)):
            if not needed[gate]:
                literals.append(0)
                continue
            part = slice(start[form], start[form + 1])
            terms = [
                (literals[wire] ^ (w < 0), abs(w))
                for wire, w in zip(operand[part], weight[part], strict=True)
                if w
            ]
            limit = threshold - sum(w for w in weight[part] if w < 0)
            literals.append(self._gate(terms, limit, form, adders))
        # FALSE is -2 and TRUE -1; the literals of the constants are 0 and 1.
        return [literals[wire] if wire >= 0 else wire + 2 for wire in outputs]

    def _gate(
        self,
        terms: list[tuple[int, int]],
        limit: int,
        form: int,
        adders: dict[int, list[int | None]],
    ) -> int:
        """A gate over literals with positive weights; `adders` keeps the sums of forms."""
        total = sum(weight for _, weight in terms)
        if limit <= 0 or limit > total:
            return int(limit <= 0)
        least = min(weight for _, weight in terms)
        literals = [literal for literal, _ in terms]
        if limit > total - least:
            return lowering.conjunction(self, literals)
        if limit <= least:
            return lowering.disjunction(self, literals)
        if form not in adders:
            adders[form] = lowering.add_up(self, terms)
        result = lowering.compare(self, adders[form], limit)
        assert result is not None, "a limit in range leaves a digit to decide"  # noqa: S101
        return result


def fold(a: int, b: int) -> tuple[tuple[int, int], int | None]:
    """The operands of an AND in order, and its literal where it needs no node."""
    if a > b:
        a, b = b, a
    if a == 0 or a ^ b == 1:
        return (a, b), 0
    if a in (1, b):
        return (a, b), b
    return (a, b), None
