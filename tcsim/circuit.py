"""Circuit: an immutable sparse matrix of linear forms, a vector of thresholds, and output wires.

A gate fires iff ``sum_i weight_i * operand_i >= threshold``. Gates may share a form, and a form
may use earlier forms. Wires are numbered: inputs first, then gates, in an order in which every
operand comes before its reader. An operand that is a form ``f`` is written ``~f`` (negative).
"""

from __future__ import annotations

import operator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np

from tcsim import _reach
from tcsim._validate import validate, validate_ports
from tcsim.errors import CircuitError, LimitError
from tcsim.expansion import expand
from tcsim.identity import content_id, structure_id
from tcsim.integers import as_integers, frozen, join, read_only, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tcsim.draw import Drawing
    from tcsim.gates import Gates
    from tcsim.measure import Measures
    from tcsim.measure.path import PathStep
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import AnyIntegers, Bits, Integers, Progress, Words

T = TypeVar("T")

FALSE = -2
"""The wire number of the constant 0; only outputs use it, forms absorb constants."""
TRUE = -1
"""The wire number of the constant 1."""

DEFERRED = frozenset(
    ("form_start", "form_operand", "form_weight", "gate_form", "gate_threshold", "gate_scope")
)
"""The arrays that `Circuit.deferred` makes when they are needed."""


class Circuit:
    """A threshold circuit. Immutable; equal and hashed by content (names and scopes included).

    Circuits are made by `tcsim.Builder`, by `tcsim.read` and by transforms; the constructor takes
    the arrays themselves and checks them.

    Args:
        input_names: one name per input wire, in order.
        form_start: int64, shape (forms + 1,): form f's terms are [form_start[f], form_start[f+1]).
        form_operand: int64, shape (terms,): wire number, or ``~f`` for an earlier form f; strictly
            increasing within a form.
        form_weight: integers of any size, shape (terms,).
        gate_form: int64, shape (gates,): the form that each gate compares. Gates may use a form
            only once every wire in it, and in every form numbered before it, is defined.
        gate_threshold: integers of any size, shape (gates,).
        output_wire: int64, shape (outputs,): wire numbers, or `FALSE` or `TRUE`.
        output_names: one distinct name per output.
        gate_scope: int64, shape (gates,), index into ``scope_names``; all 0 if omitted.
        scope_names: scope paths such as ``"layer1/neuron3"``; ``scope_names[0]`` is the root "".
        gate_names: {gate: name} for gates that have one.
        form_names: {form: name} for forms that have one.

    Raises:
        CircuitError: the arrays do not describe a circuit.
        ArgumentError: an array is not one-dimensional or does not hold integers (of 64 bits, except
            for weights and thresholds).
    """

    __slots__ = (
        "_arrays",
        "_memo",
        "_n_forms",
        "_size",
        "big_thresholds",
        "big_weights",
        "form_names",
        "form_operand",
        "form_start",
        "form_weight",
        "gate_form",
        "gate_names",
        "gate_scope",
        "gate_threshold",
        "input_names",
        "output_names",
        "output_wire",
        "scope_names",
    )

    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    scope_names: tuple[str, ...]
    form_start: Integers
    form_operand: Integers
    form_weight: Integers
    gate_form: Integers
    gate_threshold: Integers
    gate_scope: Integers
    output_wire: Integers
    big_weights: Mapping[int, int]
    big_thresholds: Mapping[int, int]
    gate_names: Mapping[int, str]
    form_names: Mapping[int, str]
    _arrays: Callable[[], Mapping[str, Integers]]
    _memo: dict[str, Any]
    _n_forms: int
    _size: int

    def __init__(
        self,
        *,
        input_names: Sequence[str],
        form_start: object,
        form_operand: object,
        form_weight: object,
        gate_form: object,
        gate_threshold: object,
        output_wire: object,
        output_names: Sequence[str],
        gate_scope: object = None,
        scope_names: Sequence[str] = ("",),
        gate_names: Mapping[int, str] | None = None,
        form_names: Mapping[int, str] | None = None,
    ) -> None:
        weights, big_weights = split(as_integers(form_weight, "form_weight"))
        thresholds, big_thresholds = split(as_integers(gate_threshold, "gate_threshold"))
        scope = np.zeros(len(thresholds), np.int64) if gate_scope is None else gate_scope
        fields: dict[str, object] = {
            "input_names": tuple(input_names),
            "output_names": tuple(output_names),
            "scope_names": tuple(scope_names),
            "form_start": frozen(form_start, "form_start"),
            "form_operand": frozen(form_operand, "form_operand"),
            "form_weight": read_only(weights),
            "gate_form": frozen(gate_form, "gate_form"),
            "gate_threshold": read_only(thresholds),
            "gate_scope": frozen(scope, "gate_scope"),
            "output_wire": frozen(output_wire, "output_wire"),
            "big_weights": big_weights,
            "big_thresholds": big_thresholds,
            "gate_names": _by_number(gate_names or {}, "gate_names"),
            "form_names": _by_number(form_names or {}, "form_names"),
            "_memo": {},
        }
        _set(self, fields)
        _set(self, {"_size": len(self.gate_form), "_n_forms": len(self.form_start) - 1})
        validate(self)

    @classmethod
    def deferred(
        cls,
        arrays: Callable[[], Mapping[str, Integers]],
        *,
        size: int,
        input_names: Sequence[str],
        output_wire: Integers,
        output_names: Sequence[str],
    ) -> Circuit:
        """A circuit whose arrays are made when they are first read, for readers of large files.

        Each gate has a form of its own, and no form uses another.

        Args:
            arrays: makes the int64 arrays of forms and gates (`DEFERRED`), new ones, for nobody
                else to write to. They are not checked: the caller knows that they fit.
            size: number of gates.
            input_names: as for the constructor; there are no other names and no scopes.
            output_wire: as for the constructor.
            output_names: as for the constructor.

        Raises:
            CircuitError: an output is no wire, or a name is given twice.
        """
        circuit = cls.__new__(cls)
        _set(
            circuit,
            {
                "input_names": tuple(input_names),
                "output_names": tuple(output_names),
                "scope_names": ("",),
                "output_wire": frozen(output_wire, "output_wire"),
                "gate_names": MappingProxyType({}),
                "form_names": MappingProxyType({}),
                "big_weights": MappingProxyType({}),
                "big_thresholds": MappingProxyType({}),
                "_arrays": arrays,
                "_memo": {"nested": False},
                "_n_forms": size,
                "_size": size,
            },
        )
        validate_ports(circuit)
        return circuit

    if not TYPE_CHECKING:  # a type checker would take every name for an attribute

        def __getattr__(self, name: str) -> object:
            if name not in DEFERRED:
                raise AttributeError(f"a Circuit has no attribute {name!r}")
            arrays = self._arrays()
            for array in arrays.values():
                array.flags.writeable = False
            _set(self, arrays)
            return arrays[name]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Circuit is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Circuit is immutable: {name} cannot be deleted")

    # Structure ---------------------------------------------------------------------------------

    @property
    def n_inputs(self) -> int:
        """Number of input wires; they are wires 0 .. n_inputs - 1."""
        return len(self.input_names)

    @property
    def n_outputs(self) -> int:
        """Number of designated outputs."""
        return len(self.output_names)

    @property
    def n_forms(self) -> int:
        """Number of stored linear forms (gates may share one)."""
        return self._n_forms

    @property
    def size(self) -> int:
        """Number of gates; gate g is wire n_inputs + g. Inputs and constants are not gates."""
        return self._size

    @property
    def weights(self) -> AnyIntegers:
        """All stored weights, shape (terms,): int64, or Python integers if one is beyond int64."""
        return self.remember("weights", lambda: join(self.form_weight, self.big_weights))

    @property
    def thresholds(self) -> AnyIntegers:
        """All thresholds, shape (gates,): int64, or Python integers if one is beyond int64."""
        return self.remember("thresholds", lambda: join(self.gate_threshold, self.big_thresholds))

    @property
    def has_nested_forms(self) -> bool:
        """Whether some form uses another form."""
        return self.remember("nested", lambda: bool((self.form_operand < 0).any()))

    def terms(self, form: int) -> list[tuple[int, int]]:
        """The stored (operand, weight) pairs of a form; an operand ``~f`` is the form f."""
        start, stop = int(self.form_start[form]), int(self.form_start[form + 1])
        pairs = zip(
            self.form_operand[start:stop].tolist(),
            self.form_weight[start:stop].tolist(),
            strict=True,
        )
        if not self.big_weights:
            return list(pairs)
        return [(w, self.big_weights.get(i, v)) for i, (w, v) in enumerate(pairs, start)]

    def expand(self, form: int) -> dict[int, int]:
        """A form over wires alone: {wire: weight}, in increasing order of wires.

        An operand whose weights cancel between forms is no operand and is left out; one that was
        written with the weight 0 (as circuits built without folding may hold) stays.
        """
        return expand(self, form)

    def threshold(self, gate: int) -> int:
        """The threshold of a gate, as a Python integer."""
        return self.big_thresholds.get(gate, int(self.gate_threshold[gate]))

    @property
    def gates(self) -> Gates:
        """A sequence of views, one per gate: its kind, terms, threshold, level, name, scope."""
        gates: Gates = self._up("gates")
        return gates

    # Measures (tcsim.measure) --------------------------------------------------------------------

    @property
    def depth(self) -> int:
        """Longest path from an input to a designated output, in gates."""
        return self.measures.depth

    @property
    def width(self) -> int:
        """Most gates on one level, each gate on the earliest level that it can have."""
        return self.measures.width

    @property
    def edges(self) -> int:
        """Operand pairs (wire, gate), counted per gate even where gates share a form."""
        return self.measures.edges

    @property
    def measures(self) -> Measures:
        """Depth, width, size, edges, wires, fan-in, weights in the threshold basis."""
        measures: Measures = self.remember("measures", lambda: self._up("measures"))
        return measures

    @property
    def levels(self) -> Integers:
        """Level of each gate, int64, shape (gates,): 1 + the highest level among its operands."""
        return self.remember("levels", lambda: self._up("levels"))

    def critical_path(self, output: str | None = None) -> list[PathStep]:
        """The gates of one longest path, inputs first, to the deepest (or the named) output."""
        path: list[PathStep] = self._up("critical_path", output)
        return path

    # Evaluation (tcsim.simulate) -----------------------------------------------------------------

    def __call__(
        self,
        batch: object,
        *,
        packed: bool = False,
        engine: str = "auto",
        threads: int = 1,
        progress: Progress | None = None,
    ) -> Bits | Words:
        """Evaluate a batch of input vectors.

        Args:
            batch: 0/1 values of shape (vectors, inputs), any boolean or integer dtype; a single
                vector of shape (inputs,) gives shape (outputs,). With ``packed=True``: uint64 words
                of shape (inputs, words), 64 vectors a word.
            packed: whether inputs and outputs are packed words.
            engine: ``"auto"``, ``"bigint"``, ``"bits"`` or ``"reference"``, as for
                `tcsim.simulate.evaluate`.
            threads: how many threads share the batch.
            progress: called as ``progress(done, total)`` in vectors during long runs.

        Returns:
            uint8 of shape (vectors, outputs), or uint64 of shape (outputs, words).

        Raises:
            ArgumentError: wrong shape or dtype, or a value outside {0, 1}.
        """
        values: Bits | Words = self._up(
            "evaluate", batch, packed=packed, engine=engine, threads=threads, progress=progress
        )
        return values

    def truth_table(
        self, *, packed: bool = False, threads: int = 1, progress: Progress | None = None
    ) -> Bits | Words:
        """The outputs on every input vector, for circuits of at most 30 inputs.

        Row r holds the outputs where input i is bit i of r (input 0 is the lowest bit).

        Args:
            packed: words of 64 rows instead of one byte a value (an eighth of the memory).
            threads: how many threads share the work.
            progress: called as ``progress(done, total)`` in rows.

        Returns:
            uint8 of shape (2**inputs, outputs), or uint64 of shape (outputs, words).

        Raises:
            LimitError: more than 30 inputs.
        """
        table: Bits | Words = self._up(
            "truth_table", packed=packed, threads=threads, progress=progress
        )
        return table

    def trace(self, batch: object) -> Bits:
        """The value of every gate: uint8 of shape (vectors, gates) for a 0/1 batch."""
        values: Bits = self._up("trace", batch)
        return values

    # Networks (tcsim.networks) -------------------------------------------------------------------

    def to_network(self) -> IntegerNetwork:
        """The multilayer perceptron of step activations that this circuit is (paper, 2.1).

        See `tcsim.networks.from_circuit.to_network`.
        """
        return self._up("to_network")  # type: ignore[no-any-return]

    # Pictures (tcsim.draw) -----------------------------------------------------------------------

    def draw(
        self,
        *,
        collapse: Literal["scopes", "levels"] | bool | None = None,
        nesting: int | None = None,
        max_gates: int = 60,
        critical: bool = True,
    ) -> Drawing:
        """A picture: every gate where they are few, else blocks of gates; see `tcsim.draw.draw`."""
        drawing: Drawing = self._up(
            "draw", collapse=collapse, nesting=nesting, max_gates=max_gates, critical=critical
        )
        return drawing

    # Identity ------------------------------------------------------------------------------------

    @property
    def structure_id(self) -> str:
        """SHA-256 of the arrays in gate order, without names and scopes; versioned. Keys caches."""
        return self.remember("structure_id", lambda: structure_id(self))

    @property
    def content_id(self) -> str:
        """SHA-256 of the structure together with names and scopes: what equality compares."""
        return self.remember("content_id", lambda: content_id(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Circuit):
            return NotImplemented
        return self is other or self.content_id == other.content_id

    def __hash__(self) -> int:
        return hash(self.content_id)

    # Plumbing ------------------------------------------------------------------------------------

    def remember(self, key: str, compute: Callable[[], T]) -> T:
        """Compute a value derived from this circuit once; a circuit never changes."""
        if key not in self._memo:
            self._memo[key] = compute()
        value: T = self._memo[key]
        return value

    def _up(self, name: str, *args: object, **options: object) -> Any:  # noqa: ANN401
        return _reach.call(name, self, *args, **options)

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self._state(),)

    def _state(self) -> dict[str, object]:
        state: dict[str, object] = {
            name: getattr(self, name)
            for name in self.__slots__
            if not name.startswith(("_", "big_"))
        }
        state["form_weight"], state["gate_threshold"] = self.weights, self.thresholds
        state["gate_names"], state["form_names"] = dict(self.gate_names), dict(self.form_names)
        return state

    def replace(self, **changes: Any) -> Circuit:  # noqa: ANN401
        """A copy with some of the constructor's arguments changed."""
        return Circuit(**{**self._state(), **changes})

    def __copy__(self) -> Circuit:
        return self

    def __deepcopy__(self, memo: object) -> Circuit:
        return self

    def __repr__(self) -> str:
        try:
            depth = f"depth {self.depth}"
        except LimitError:
            depth = "too large to expand"
        ports = f"{self.n_inputs} inputs, {self.n_outputs} outputs"
        return f"<Circuit: {ports}, size {self.size}, {depth}>"

    def _repr_svg_(self) -> str:
        return str(self._up("svg"))

    def _repr_html_(self) -> str:
        return str(self._up("html"))


def _restore(state: dict[str, Any]) -> Circuit:
    """Rebuild a pickled circuit: a file from elsewhere is validated like any other."""
    return Circuit(**state)


def _set(circuit: Circuit, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        object.__setattr__(circuit, name, value)


def _by_number(names: Mapping[int, str], what: str) -> Mapping[int, str]:
    """Names in the order of the gates or forms that have them."""
    try:
        numbered = {operator.index(number): name for number, name in names.items()}
    except TypeError:
        raise CircuitError(f"the keys of {what} must be integers") from None
    return MappingProxyType(dict(sorted(numbered.items())))
