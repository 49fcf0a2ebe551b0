"""Builder: wires, conditions and scopes in; an immutable Circuit out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from tcsim.bulk import GATE, normalize_forms, wire_numbers
from tcsim.bus import Bus
from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.errors import BuilderError, LimitError
from tcsim.expressions import (
    Condition,
    Expression,
    LinearForm,
    Negation,
    SharedForm,
    Signal,
    Wire,
    integer,
    linear,
    signal,
)
from tcsim.integers import as_integers
from tcsim.inversion import settle_outputs
from tcsim.store import GateStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tcsim.bulk import Forms
    from tcsim.typing import Integers

MOST_INPUTS = 1 << 24
"""Most inputs that one call makes; each has a name of its own."""

_CONSTANT = 2 * GATE
"""Ids of the constant wires: 0 is _CONSTANT, 1 is _CONSTANT + 1. They never stand in a form."""


class Builder:
    """Builds a circuit from comparisons of linear forms over wires.

    Args:
        share: give equal forms and equal gates one copy (hash-consing), with the first name given.
        fold: fold constants, drop weights of 0, and turn one-input gates into their input.

    With ``share=False, fold=False`` the circuit is literally what was asked for. Negation is
    absorbed in weights either way. Dead gates stay; nothing else is ever simplified.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("odd3", 2 * x[0] + 3 * x[1] - x[2] >= 4)
        >>> b.build()
        <Circuit: 3 inputs, 1 outputs, size 1, depth 1>
    """

    def __init__(self, *, share: bool = True, fold: bool = True) -> None:
        self.share = share
        self.fold = fold
        self.current_scope = 0
        self._scope_paths = [""]
        self._scopes: dict[str, int] = {"": 0}
        self._inputs: dict[str, None] = {}
        self._outputs: dict[str, tuple[int, bool]] = {}
        self._names: dict[str, int] = {}  # gate ids and ~form, by name
        self._named: dict[int, str] = {}  # the first name of each
        self._store = GateStore()
        self._form_index: dict[tuple[tuple[int, int], ...], int] = {}
        self._gate_index: dict[tuple[int, int], int] = {}
        self._bounds: dict[int, tuple[int, int]] = {}
        self._built = False

    # Wires in, wires out -------------------------------------------------------------------------

    def input(self, name: str) -> Wire:
        """A new input wire."""
        self._check_open()
        self._check_new(name, self._inputs, "an input")
        self._check_new(name, self._names, "a wire or form")
        self._inputs[name] = None
        return Wire(self, len(self._inputs) - 1)

    def inputs(self, name: str, count: int) -> Bus:
        """New input wires ``name[0] .. name[count-1]``, as a bus."""
        self._check_open()
        if integer(count, "inputs") < 0:
            raise BuilderError(f"inputs({name!r}, {count}): the count must not be negative")
        if count > MOST_INPUTS:
            raise LimitError(f"inputs({name!r}, {count}): at most {MOST_INPUTS:,} at once")
        first = len(self._inputs)
        for i in range(count):
            self.input(f"{name}[{i}]")
        return Bus(self, np.arange(first, first + count))

    def constant(self, value: int) -> Wire:
        """The constant 0 or 1 as a wire; it costs nothing."""
        if integer(value, "constant") not in (0, 1):
            raise BuilderError(f"a constant is 0 or 1, not {value!r}")
        return Wire(self, _CONSTANT + int(value))

    def output(self, name: str, value: object) -> None:
        """Designate an output: a wire or condition, or a sequence of them (``name[0]``, ...).

        Outputs cost nothing by themselves. An inverted output complements its gate.
        """
        self._check_open()
        if isinstance(value, Signal):
            self._check_new(name, self._outputs, "an output")
            self._outputs[name] = self._literal(value)
        elif isinstance(value, Expression):
            raise BuilderError(f"output {name!r} is a linear form, not a bit: compare it first")
        elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
            for i, item in enumerate(value):
                self.output(f"{name}[{i}]", item)
        else:
            raise BuilderError(f"output {name!r} must be a wire or condition, not {value!r}")

    @contextmanager
    def scope(self, name: str) -> Iterator[None]:
        """Gates of comparisons written inside belong to the scope ``outer/name``.

        Args:
            name: one part, or several joined by ``/``.
        """
        self._check_open()
        if not isinstance(name, str) or not all(name.split("/")):
            raise BuilderError(f"a scope's name has non-empty parts joined by '/', not {name!r}")
        before = self.current_scope
        outer = self._scope_paths[before]
        path = f"{outer}/{name}" if outer else name
        if path not in self._scopes:
            self._scopes[path] = len(self._scope_paths)
            self._scope_paths.append(path)
        self.current_scope = self._scopes[path]
        try:
            yield
        finally:
            self.current_scope = before

    # Gates and forms -----------------------------------------------------------------------------

    def form(self, value: object, name: str | None = None) -> SharedForm:
        """Store a linear form once, for use in later forms and comparisons.

        Measures are those of the expanded gates, so a shared form changes storage and speed alone.
        """
        self._check_open()
        terms, constant = self._resolve(linear(value, "form"))
        form = self._add_form(terms)
        self._bounds[form] = self._range(terms)
        if name is not None:
            self._name(name, ~form)
        return SharedForm(self, form, constant)

    def gate(self, value: Signal, name: str | None = None) -> Wire:
        """Make the gate of a condition now, and name it; a wire stays what it is.

        A negation becomes the complemented gate, or a NOT gate over a wire.
        """
        self._check_open()
        value = signal(value, "gate")
        negated = isinstance(value, Negation)
        base = value.base if isinstance(value, Negation) else value
        if negated and isinstance(base, Condition):
            opposite = Condition(base.form.times(-1), 1 - base.threshold)
            opposite.scope = base.scope
            wire, inverted = self._literal(opposite)
        else:
            wire, inverted = self._literal(base)
            inverted ^= negated
        if inverted:
            if wire >= _CONSTANT:
                wire ^= 1
            else:
                wire = self._add_gate({wire: -1}, 0, self.current_scope)
        if name is not None:
            if not GATE <= wire < _CONSTANT:
                raise BuilderError(f"{name!r} would name an input or a constant, not a gate")
            self._name(name, wire)
        return Wire(self, wire)

    def materialize(self, value: Signal) -> Signal:
        """Make the gates that a signal needs now: the same signal as a wire or its negation."""
        self._check_open()
        wire, inverted = self._literal(signal(value, "materialize"))
        return Negation(Wire(self, wire)) if inverted else Wire(self, wire)

    def add_gates(
        self,
        thresholds: object,
        operands: object,
        weights: object,
        *,
        starts: object = None,
        forms: object = None,
    ) -> Bus:
        """Add many gates from arrays, literally: nothing is shared or folded.

        Args:
            thresholds: integers, shape (gates,).
            operands: wire ids (`Wire.id`, `Bus.ids`), shape (forms, fan-in), or shape (terms,) with
                ``starts``. Gates of this very call have the ids ``next_gate_id + i``; a form may
                read gates before the one that first uses it or a later form. Repeated operands are
                added up.
            weights: integers of the same shape, or one integer for all.
            starts: int, shape (forms + 1,): form f's terms are [starts[f], starts[f + 1]).
            forms: which form each gate compares, shape (gates,); by default gate i uses form i.

        Returns:
            The gates' wires.

        Raises:
            ArgumentError, BuilderError: shapes do not fit, or an operand does not exist.
        """
        self._check_open()
        limits = as_integers(thresholds, "thresholds")
        new = normalize_forms(operands, weights, starts)
        gate_form = np.arange(len(limits)) if forms is None else as_integers(forms, "forms")
        count = len(new.starts) - 1
        if len(gate_form) != len(limits) or (forms is None and count != len(limits)):
            raise BuilderError(
                f"{len(limits)} thresholds for {count} forms: "
                "give one threshold a form, or say with forms= which form each gate uses"
            )
        if len(gate_form) and not 0 <= int(gate_form.min()) <= int(gate_form.max()) < count:
            raise BuilderError(f"forms= must lie in 0..{count - 1}")
        self._check_operands(new, gate_form.astype(np.int64))
        first = self.next_gate_id
        self._store.extend(new, gate_form.astype(np.int64), limits, self.current_scope)
        return Bus(self, first + np.arange(len(limits)))

    @property
    def next_gate_id(self) -> int:
        """The id of the gate that is made next."""
        return GATE + len(self)

    def __len__(self) -> int:
        """Number of gates made so far."""
        return self._store.gates

    # The circuit ---------------------------------------------------------------------------------

    def build(self) -> Circuit:
        """The circuit; the builder is then closed."""
        self._check_open()
        n = len(self._inputs)
        arrays = self._store.arrays()
        arrays["form_operand"] = wire_numbers(arrays["form_operand"], n)
        outputs = np.array([wire for wire, _ in self._outputs.values()], np.int64)
        inverted = np.array([flag for _, flag in self._outputs.values()], bool)
        constant = outputs >= _CONSTANT
        outputs = np.where(constant, FALSE + (outputs & 1), wire_numbers(outputs, n))
        outputs[constant & inverted] ^= FALSE ^ TRUE
        circuit = settle_outputs(
            inverted & ~constant,
            input_names=list(self._inputs),
            output_wire=outputs,
            output_names=list(self._outputs),
            scope_names=self._scope_paths,
            gate_names={id_ - GATE: name for id_, name in self._named.items() if id_ >= 0},
            form_names={~id_: name for id_, name in self._named.items() if id_ < 0},
            **arrays,
        )
        self._built = True
        return circuit

    def can_name(self, value: Signal, name: str) -> bool:
        """Whether a signal is a gate without a name and the name is free."""
        if not isinstance(value, Wire) or not GATE <= value.id < _CONSTANT:
            return False
        return not (name in self._names or name in self._inputs or value.id in self._named)

    def is_constant(self, wire: int) -> bool:
        """Whether a wire id is that of a constant."""
        return wire >= _CONSTANT

    def describe(self, wire: int) -> str:
        """A wire id in words."""
        if wire >= _CONSTANT:
            return f"constant {wire & 1}"
        return f"gate {wire - GATE}" if wire >= GATE else list(self._inputs)[wire]

    def __repr__(self) -> str:
        state = "built" if self._built else "open"
        return f"<Builder: {len(self._inputs)} inputs, {len(self)} gates, {state}>"

    # Inside --------------------------------------------------------------------------------------

    def _literal(self, value: Signal) -> tuple[int, bool]:
        """The wire id of a signal and whether it is inverted; makes the gates that it needs."""
        inverted = False
        while isinstance(value, Negation):
            value, inverted = value.base, not inverted
        wire, flag = self._wire(value)
        return wire, inverted ^ flag

    def _wire(self, value: Signal) -> tuple[int, bool]:
        self._check_owner(value)
        if isinstance(value, Wire):
            return value.id, False
        # Conditions may nest deeply (a chain of a thousand XORs), so no recursion here.
        stack = [value]
        while stack:
            top = stack[-1]
            if not isinstance(top, Condition) or top.literal is not None:
                stack.pop()
                continue
            waiting = [
                term
                for term in top.form.terms
                if isinstance(term, Condition) and term.literal is None
            ]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            self._check_owner(top)
            top.builder = self
            top.literal = self._compare(top)
            stack.pop()
        assert isinstance(value, Condition)  # noqa: S101 - a Signal is a Wire, Condition, Negation
        assert value.literal is not None  # noqa: S101
        return value.literal

    def _compare(self, condition: Condition) -> tuple[int, bool]:
        """The literal of a condition whose operands all exist."""
        terms, constant = self._resolve(condition.form)
        threshold = condition.threshold - constant
        scope = self.current_scope if condition.scope is None else condition.scope
        if not self.fold:
            return self._add_gate(terms, threshold, scope), False
        low, high = self._range(terms)
        if low >= threshold or high < threshold:
            return _CONSTANT + int(low >= threshold), False
        if len(terms) == 1:
            (operand, weight), *_ = terms.items()
            if operand >= 0:
                return operand, weight < 0
        return self._add_gate(terms, threshold, scope), False

    def _resolve(self, form: LinearForm) -> tuple[dict[int, int], int]:
        """A linear form over operand ids (``~f`` for a shared form), and its constant."""
        terms: dict[int, int] = {}
        constant = form.constant
        for term, weight in form.terms.items():
            self._check_owner(term)
            if isinstance(term, SharedForm):
                terms[~term.form] = terms.get(~term.form, 0) + weight
                continue
            wire, inverted = self._wire(term)
            if wire >= _CONSTANT:
                constant += weight * ((wire & 1) ^ inverted)
                continue
            if inverted:
                constant += weight
            terms[wire] = terms.get(wire, 0) + (-weight if inverted else weight)
        if self.fold:
            terms = {operand: weight for operand, weight in terms.items() if weight}
        return terms, constant

    def _add_form(self, terms: dict[int, int]) -> int:
        if len(terms) == 1:
            (operand, weight), *_ = terms.items()
            if operand < 0 and weight == 1:
                return ~operand
        key = tuple(sorted(terms.items()))
        if self.share and key in self._form_index:
            return self._form_index[key]
        form = self._store.add_form(key)
        if self.share:
            self._form_index[key] = form
        return form

    def _add_gate(self, terms: dict[int, int], threshold: int, scope: int) -> int:
        form = self._add_form(terms)
        if self.share and (form, threshold) in self._gate_index:
            return self._gate_index[form, threshold]
        wire = GATE + self._store.add_gate(form, threshold, scope)
        if self.share:
            self._gate_index[form, threshold] = wire
        return wire

    def _range(self, terms: dict[int, int]) -> tuple[int, int]:
        """Bounds of a form over all inputs (wires as if independent)."""
        low = high = 0
        for operand, weight in terms.items():
            bottom, top = (0, 1) if operand >= 0 else self._bounds[~operand]
            low += min(weight * bottom, weight * top)
            high += max(weight * bottom, weight * top)
        return low, high

    def _name(self, name: str, wire: int) -> None:
        self._check_new(name, self._names, "a wire or form")
        self._check_new(name, self._inputs, "an input")
        self._names[name] = wire
        self._named.setdefault(wire, name)

    def _check_open(self) -> None:
        if self._built:
            raise BuilderError("this builder has already built its circuit: start a new Builder")

    def _check_owner(self, term: Expression) -> None:
        owner = getattr(term, "builder", None)
        if owner is not None and owner is not self:
            raise BuilderError(f"{term!r} belongs to another Builder")

    def _check_new(self, name: str, taken: Mapping[str, object], what: str) -> None:
        if not isinstance(name, str) or not name:
            raise BuilderError(f"the name of {what} is a non-empty string, not {name!r}")
        if name in taken:
            raise BuilderError(f"there is already {what} named {name!r}")

    def _check_operands(self, new: Forms, gate_form: Integers) -> None:
        operands, first = new.operands, self.next_gate_id
        # A form is complete when the first gate uses it or a later form: `Circuit` says why.
        born = np.searchsorted(np.maximum.accumulate(gate_form), np.arange(len(new.starts) - 1))
        limit = np.repeat(first + born, np.diff(new.starts))
        known = (operands >= 0) & ((operands < len(self._inputs)) | (operands >= GATE))
        known &= operands < limit
        if known.all():
            return
        place = int(np.argmin(known))
        wire = int(operands[place])
        if first <= wire < first + len(gate_form):
            raise BuilderError(
                f"an operand is {wire}, gate {wire - first} of this call, which does not come "
                f"before gate {int(limit[place]) - first}, its reader"
            )
        raise BuilderError(
            f"operand {wire} is no wire of this builder: take ids from wire.id, bus.ids and "
            "next_gate_id"
        )
