"""GateStore: forms and gates in growing arrays, in the order in which they are made."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.integers import BIG, join, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.bulk import Forms
    from tcsim.typing import AnyIntegers, Integers


class GrowingIntegers:
    """Integers of any size, appended one by one or many at once."""

    def __init__(self) -> None:
        self._small = array("q")
        self._big: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._small)

    def append(self, value: int) -> None:
        """Add one integer."""
        if BIG < value < -BIG:
            self._small.append(value)
        else:
            self._big[len(self._small)] = value
            self._small.append(BIG)

    def extend(self, values: AnyIntegers) -> None:
        """Add an array of integers."""
        small, beyond = split(values)
        first = len(self._small)
        self._big.update({first + position: value for position, value in beyond.items()})
        self._small.frombytes(np.ascontiguousarray(small, np.int64).tobytes())

    def values(self) -> AnyIntegers:
        """All integers: int64, or Python integers where one is beyond it."""
        values = np.array(self._small, np.int64)
        values.flags.writeable = False  # so that a Circuit keeps it and makes no copy
        return join(values, self._big)


class GateStore:
    """Forms and gates, as a Builder makes them; operands are the Builder's ids."""

    def __init__(self) -> None:
        self._end = GrowingIntegers()  # of each form's terms
        self._operand = GrowingIntegers()
        self._weight = GrowingIntegers()
        self._gate_form = GrowingIntegers()
        self._threshold = GrowingIntegers()
        self._scope = GrowingIntegers()

    @property
    def forms(self) -> int:
        """Number of forms."""
        return len(self._end)

    @property
    def gates(self) -> int:
        """Number of gates."""
        return len(self._gate_form)

    def add_form(self, terms: Iterable[tuple[int, int]]) -> int:
        """Store a form of (operand, weight) pairs, sorted by operand; returns its number."""
        for operand, weight in terms:
            self._operand.append(operand)
            self._weight.append(weight)
        self._end.append(len(self._operand))
        return self.forms - 1

    def add_gate(self, form: int, threshold: int, scope: int) -> int:
        """Store a gate; returns its number."""
        self._gate_form.append(form)
        self._threshold.append(threshold)
        self._scope.append(scope)
        return self.gates - 1

    def extend(
        self, forms: Forms, gate_form: Integers, thresholds: AnyIntegers, scope: int
    ) -> None:
        """Store many forms, and gates that compare them, numbered within `forms`."""
        first_form = self.forms
        self._end.extend(forms.starts[1:] + len(self._operand))
        self._operand.extend(forms.operands)
        self._weight.extend(forms.weights)
        self._gate_form.extend(gate_form + first_form)
        self._threshold.extend(thresholds)
        self._scope.extend(np.full(len(thresholds), scope, np.int64))

    def arrays(self) -> dict[str, Any]:
        """The arrays of a Circuit, by its argument names; operands are still ids."""
        return {
            "form_start": np.concatenate((np.zeros(1, np.int64), self._end.values())),
            "form_operand": self._operand.values(),
            "form_weight": self._weight.values(),
            "gate_form": self._gate_form.values(),
            "gate_threshold": self._threshold.values(),
            "gate_scope": self._scope.values(),
        }
