"""The circuit that a `.tc` file has described so far."""

from __future__ import annotations

from tcsim.circuit import Circuit


class Draft:
    """Inputs, forms, gates and outputs in the order of their lines.

    Attributes:
        inputs: their names.
        operands: the terms of all forms, and those of the sum that is being read, which is no form
            yet: it starts at ``starts[-1]``.
        weights: likewise.
        starts: where each form starts, and where the sum being read does.
        gate_names: {gate: name}.
        form_names: {form: name}.
        outputs: {name: wire}.
    """

    def __init__(self) -> None:
        self.inputs: list[str] = []
        self.operands: list[int] = []
        self.weights: list[int] = []
        self.starts = [0]
        self.gate_names: dict[int, str] = {}
        self.form_names: dict[int, str] = {}
        self.outputs: dict[str, int] = {}
        self._gate_form: list[int] = []
        self._threshold: list[int] = []
        self._gate_scope: list[int] = []
        self._scopes = {"": 0}
        self._scope = 0

    @property
    def has_forms(self) -> bool:
        """Whether the first form or gate has been read."""
        return len(self.starts) > 1 or bool(self._gate_form)

    def collect_terms(self) -> None:
        """Add up the terms of one operand in the sum just read; put operands in order."""
        first = self.starts[-1]
        total: dict[int, int] = {}
        for operand, weight in zip(self.operands[first:], self.weights[first:], strict=True):
            total[operand] = total.get(operand, 0) + weight
        self.operands[first:] = sorted(total)
        self.weights[first:] = [total[operand] for operand in sorted(total)]

    def add_form(self) -> int:
        """Make the sum just read a form; its number."""
        self.starts.append(len(self.operands))
        return len(self.starts) - 2

    def add_gate(self, threshold: int) -> int:
        """Make a gate that compares the sum just read; its number.

        A sum that is one form alone, with weight 1, is this form and not a new one.
        """
        operands, weights = self.operands, self.weights
        if len(operands) - self.starts[-1] == 1 and operands[-1] < 0 and weights[-1] == 1:
            weights.pop()
            form = ~operands.pop()
        else:
            form = self.add_form()
        self._gate_form.append(form)
        self._threshold.append(threshold)
        self._gate_scope.append(self._scope)
        return len(self._gate_form) - 1

    def enter(self, path: str) -> None:
        """Put the following gates into a scope."""
        self._scope = self._scopes.setdefault(path, len(self._scopes))

    def circuit(self) -> Circuit:
        """The finished circuit."""
        return Circuit(
            input_names=self.inputs,
            form_start=self.starts,
            form_operand=self.operands,
            form_weight=self.weights,
            gate_form=self._gate_form,
            gate_threshold=self._threshold,
            output_wire=list(self.outputs.values()),
            output_names=list(self.outputs),
            gate_scope=self._gate_scope,
            scope_names=list(self._scopes),
            gate_names=self.gate_names,
            form_names=self.form_names,
        )
