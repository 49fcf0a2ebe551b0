"""Build a circuit anew, gate by gate: what every transform does, with its own rule for a gate."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby
from typing import TYPE_CHECKING

from tcsim.builder import Builder
from tcsim.circuit import FALSE, TRUE
from tcsim.expressions import Condition, LinearForm, Signal, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tcsim.circuit import Circuit

Terms = list[tuple[int, int]]
"""A gate's operands: (wire number in the old circuit, weight)."""


class Copy:
    """Wires of an old circuit as signals of a new Builder.

    Attributes:
        builder: the new circuit's Builder, literal (nothing shared or folded) unless one is given.
        signals: {old wire: signal in the new circuit}, the constants included.
    """

    def __init__(self, circuit: Circuit, builder: Builder | None = None) -> None:
        self.circuit = circuit
        self.builder = Builder(share=False, fold=False) if builder is None else builder
        self.signals: dict[int, Signal] = {
            FALSE: self.builder.constant(0),
            TRUE: self.builder.constant(1),
        }
        self._terms: dict[int, Terms] = {}

    def add_inputs(self, names: Iterable[str] | None = None) -> None:
        """Give the new circuit the old one's inputs."""
        for wire, name in enumerate(self.circuit.input_names if names is None else names):
            self.signals[wire] = self.builder.input(name)

    def add_gates(
        self,
        make: Callable[[int], Signal] | None = None,
        *,
        gates: Iterable[int] | None = None,
        scope: str = "",
        keep_names: bool = True,
    ) -> None:
        """Make the old gates, in order, in their scopes (inside `scope`).

        Args:
            make: what to put in the place of an old gate; by default the same gate.
            gates: which gates, in increasing order; by default all.
            scope: path of a scope around them.
            keep_names: whether the gate that computes what a named gate did has its name.
        """
        old = self.circuit
        every = range(old.size) if gates is None else gates
        paths = [_inside(scope, path) for path in old.scope_names]
        scopes = old.gate_scope.tolist()
        for path, run in groupby(every, lambda gate: paths[scopes[gate]]):
            with self.builder.scope(path) if path else nullcontext():
                for gate in run:
                    signal = (make or self.same_gate)(gate)
                    self.signals[old.n_inputs + gate] = signal
                    name = old.gate_names.get(gate) if keep_names else None
                    if name is not None and self.builder.can_name(signal, name):
                        self.builder.gate(signal, name)

    def terms(self, gate: int) -> Terms:
        """Operands and weights of a gate, expanded."""
        form = int(self.circuit.gate_form[gate])
        if form not in self._terms:
            self._terms[form] = list(self.circuit.expand(form).items())
        return self._terms[form]

    def same_gate(self, gate: int) -> Signal:
        """The same comparison over the new wires."""
        condition = compare(
            [(self.signals[wire], weight) for wire, weight in self.terms(gate)],
            self.circuit.threshold(gate),
        )
        return self.builder.materialize(condition)

    def outputs(self) -> dict[str, Signal]:
        """The old outputs as new signals, by name."""
        wires = self.circuit.output_wire.tolist()
        names = self.circuit.output_names
        return {name: self.signals[wire] for name, wire in zip(names, wires, strict=True)}

    def finish(self, outputs: Mapping[str, Signal] | None = None) -> Circuit:
        """Designate the outputs (by default the old ones) and build."""
        for name, signal in (self.outputs() if outputs is None else outputs).items():
            self.builder.output(name, signal)
        return self.builder.build()


def compare(terms: Sequence[tuple[Signal, int]], threshold: int) -> Condition:
    """The condition ``sum weight * signal >= threshold``."""
    weights: dict[Term, int] = {}
    constant = 0
    for signal, weight in terms:
        form = signal.linear()
        constant += weight * form.constant
        for term, factor in form.terms.items():
            weights[term] = weights.get(term, 0) + weight * factor
    return Condition(LinearForm(weights, constant), threshold)


def _inside(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if outer and inner else outer or inner
