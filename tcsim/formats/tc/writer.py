"""The writer of `.tc` text; the same circuit always gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import FALSE, TRUE
from tcsim.formats.tc.tokens import PATH, is_plain, label, number, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit


def write_tc(circuit: Circuit) -> bytes:
    """The `.tc` text of a circuit; reading it gives an equal circuit.

    Args:
        circuit: any circuit.
    """
    return _Writer(circuit).text().encode()


class _Writer:
    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        names, size = circuit.gate_names, circuit.size
        self.wires = [label(name) for name in circuit.input_names]
        self.wires += [label(names[g]) if g in names else f"%{g}" for g in range(size)]
        names = circuit.form_names
        self.forms = [label(names[f]) if f in names else f"%f{f}" for f in range(circuit.n_forms)]
        self.start = circuit.form_start.tolist()
        self.operand = circuit.form_operand.tolist()
        self.weight = circuit.weights.tolist()

    def text(self) -> str:
        """The whole file."""
        lines = ["tcsim 1"]
        for part in (self._inputs(), self._gates(), self._outputs()):
            lines.append("")
            for line in part:
                if line or lines[-1]:
                    lines.append(line)
            if not lines[-1]:
                lines.pop()
        return "\n".join(lines) + "\n"

    def _inputs(self) -> Iterator[str]:
        names = self.circuit.input_names
        at = 0
        while at < len(names):
            stem = names[at][:-3]
            count = 0
            if names[at].endswith("[0]") and is_plain(stem):
                while at + count < len(names) and names[at + count] == f"{stem}[{count}]":
                    count += 1
            if count:
                yield f"input {stem}[{count}]"
            elif names[at].endswith("]"):
                yield f"input {quoted(names[at])}"
            else:
                yield f"input {self.wires[at]}"
            at += max(count, 1)

    def _gates(self) -> Iterator[str]:
        """Forms and gates by number; each form above the first gate that needs it."""
        circuit = self.circuit
        own = self._own_forms()
        stored = scope = declared = 0
        first = circuit.n_inputs
        for gate, (form, threshold, mine) in enumerate(
            zip(
                circuit.gate_form.tolist(),
                circuit.thresholds.tolist(),
                circuit.gate_scope.tolist(),
                strict=True,
            )
        ):
            if mine != scope:
                scope = mine
                # Scopes are numbered in the order of their first lines.
                yield from self._scopes(range(min(declared + 1, mine), mine + 1))
                declared = max(declared, mine)
            while stored < form or (stored == form and not own[form]):
                yield self._form(stored)
                stored += 1
            if stored == form:
                stored += 1
                left = self._sum(form)
            else:
                left = self.forms[form]
            yield f"{self.wires[first + gate]} = {left} >= {number(threshold)}"
        for form in range(stored, circuit.n_forms):
            yield self._form(form)
        yield from self._scopes(range(declared + 1, len(circuit.scope_names)))

    def _own_forms(self) -> list[bool]:
        """Which forms may stand in the line of a gate: without a name, used once, by a gate."""
        circuit = self.circuit
        operand, forms = circuit.form_operand, circuit.n_forms
        own = np.bincount(circuit.gate_form, minlength=forms) == 1
        own &= np.bincount(~operand[operand < 0], minlength=forms) == 0
        own[list(circuit.form_names)] = False
        # In a gate's line a form alone, with weight 1, would be this form itself.
        single = np.flatnonzero(np.diff(circuit.form_start) == 1)
        term = circuit.form_start[single]
        own[single[(operand[term] < 0) & (circuit.form_weight[term] == 1)]] = False
        return list(own.tolist())

    def _form(self, form: int) -> str:
        return f"form {self.forms[form]} = {self._sum(form)}"

    def _sum(self, form: int) -> str:
        start, stop = self.start[form], self.start[form + 1]
        parts = []
        for operand, weight in zip(self.operand[start:stop], self.weight[start:stop], strict=True):
            name = self.wires[operand] if operand >= 0 else self.forms[~operand]
            if weight == 1:
                parts.append(f"+ {name}")
            elif weight == -1:
                parts.append(f"- {name}")
            elif weight >= 0:
                parts.append(f"+ {number(weight)}*{name}")
            else:
                parts.append(f"- {number(-weight)}*{name}")
        text = " ".join(parts)
        if not text:
            return "0"
        return text[2:] if text[0] == "+" else "-" + text[2:]

    def _scopes(self, scopes: range) -> Iterator[str]:
        if scopes:
            yield ""
        for scope in scopes:
            path = self.circuit.scope_names[scope]
            text = path if PATH.fullmatch(path) or not path else quoted(path)
            yield f"scope {text}".rstrip()

    def _outputs(self) -> Iterator[str]:
        constants = {FALSE: "0", TRUE: "1"}
        for name, wire in zip(
            self.circuit.output_names, self.circuit.output_wire.tolist(), strict=True
        ):
            source = constants[wire] if wire < 0 else self.wires[wire]
            mine = label(name)
            yield f"output {mine}" if mine == source else f"output {mine} = {source}"
