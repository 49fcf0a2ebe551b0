"""The record of a construction: what it is built from, what it costs, what it computes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tcsim.builder import Builder
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcsim.circuit import Circuit
    from tcsim.library.parameter import Parameter

Shape = tuple[int, ...]
"""Of an input: ``()`` one wire, ``(n,)`` a bus, ``(m, b)`` m buses of b wires."""

MEASURES = ("depth", "size", "edges", "max_weight")
"""What every construction has a formula for, in the threshold basis."""

MOST_ITEMS = 1_000_000_000
"""Gates and operands of a circuit; operands are counted once for each gate that reads them."""

_SMALL = 8
"""Circuits whose parameters are no larger than this are built without a look at the formulas."""


@dataclass(frozen=True)
class Construction:
    """A construction: a family of circuits with formulas, a source and an oracle.

    The callables take keyword arguments: the parameters by name, and where said the inputs.

    Args:
        name: in the registry, on the command line and in the documentation.
        summary: one line: what it computes, and how.
        claim: the class that the family is claimed to be in, such as ``"TC0"``.
        source: section, theorem or paper.
        parameters: in order; the first is what the family grows in.
        inputs: parameters to {name of an input: its shape}.
        build: inputs (wires, buses, lists of buses) and parameters to {name of an output: a
            signal, or nested sequences of signals}.
        formulas: sympy symbols, by the names of `quantities`, to {measure: expression}. A measure
            is an attribute of `tcsim.measure.Measures`, of the threshold basis (``"size"``) or
            another (``"majority.wires"``). All of `MEASURES` are there.
        oracle: inputs (0/1 arrays, uint8, first axis the vectors, then the input's shape) and
            parameters to {name of an output: array, likewise}. Shares no code with `build`.
        points: parameter values at which `tcsim.library.check` checks.
        example: parameter values of a small picture.
        quantities: parameters to {symbol: integer}; by default the integer parameters themselves.
        meanings: {symbol: meaning} of quantities that are no parameters.
        where: sympy symbols to {letter: expression in them and in earlier letters}: abbreviations,
            which `formulas` is given as symbols too.
    """

    name: str
    summary: str
    claim: str
    source: str
    parameters: tuple[Parameter, ...]
    inputs: Callable[..., Mapping[str, Shape]]
    build: Callable[..., Mapping[str, Any]]
    formulas: Callable[..., Mapping[str, Any]]
    oracle: Callable[..., Mapping[str, Any]]
    points: tuple[Mapping[str, Any], ...]
    example: Mapping[str, Any]
    quantities: Callable[..., Mapping[str, int]] | None = None
    meanings: Mapping[str, str] | None = None
    where: Callable[..., Mapping[str, Any]] | None = None

    def circuit(self, **parameters: Any) -> Circuit:  # noqa: ANN401
        """The circuit at these parameters, as built: nothing is shared or folded.

        Raises:
            ArgumentError: a parameter is missing, unknown, or out of range.
            LimitError: by its formulas the circuit has more than `MOST_ITEMS` gates and operands.

        Example:
            >>> from tcsim import library
            >>> library.get("parity").circuit(n=5)
            <Circuit: 5 inputs, 1 outputs, size 6, depth 2>
        """
        values = self.values(**parameters)
        if any(values[p.name] > _SMALL for p in self.parameters if p.kind == "integer"):
            self.require_room(MOST_ITEMS, **values)
        builder = Builder(share=False, fold=False)
        wires = {
            name: _wires(builder, name, shape) for name, shape in self.inputs(**values).items()
        }
        for name, signals in self.build(**wires, **values).items():
            builder.output(name, signals)
        return builder.build()

    def values(self, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401
        """Parameters checked, with defaults put in.

        Raises:
            ArgumentError: one is missing, unknown, or out of range.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in parameters:
            if name not in known:
                raise ArgumentError(
                    f"{self.name} has no parameter {name!r}; it has {', '.join(sorted(known))}"
                )
        checked = {}
        for parameter in self.parameters:
            value = parameters.get(parameter.name, parameter.default)
            if value is None:
                raise ArgumentError(
                    f"{self.name} needs {parameter.name}: {parameter.meaning}, "
                    f"for instance {self.example[parameter.name]}"
                )
            checked[parameter.name] = parameter.checked(value)
        return checked

    def require_room(self, most: int, /, **parameters: Any) -> None:  # noqa: ANN401
        """Refuse circuits that would be too large, by the formulas, before anything is built.

        Args:
            most: gates and operands that are allowed.
            parameters: as for `circuit`.

        Raises:
            LimitError: there would be more, or too many for the formulas to tell.
        """
        from tcsim.library.formula import evaluate

        numbers = self.quantities_at(**parameters)
        predicted = sum(evaluate(self.formula[measure], numbers) for measure in ("size", "edges"))
        if predicted > most:
            # Python refuses to write out integers of thousands of digits.
            long = predicted.bit_length() > 256
            count = f"more than 2^{predicted.bit_length() - 1}" if long else f"{predicted:,}"
            raise LimitError(
                f"{self.name} would have {count} gates and operands, more than {most:,}"
            )

    @property
    def symbols(self) -> dict[str, Any]:
        """The sympy symbols of the formulas, by name."""
        from tcsim.library.formula import symbol

        least = {p.name: p.least for p in self.parameters if p.kind == "integer"}
        names = self.quantities_at(**self.example)
        return {name: symbol(name, least.get(name)) for name in names}

    @cached_property
    def formula(self) -> Mapping[str, Any]:
        """The formulas: {measure: sympy expression in the quantities}.

        Example:
            >>> from tcsim import library
            >>> library.get("majority").formula["edges"]
            n
        """
        letters, short = self.short_formula
        latest_first = list(letters.items())[::-1]
        return {measure: expression.subs(latest_first) for measure, expression in short.items()}

    @cached_property
    def short_formula(self) -> tuple[Mapping[Any, Any], Mapping[str, Any]]:
        """Abbreviations, {symbol: expression}, and the formulas as they are written with them."""
        import sympy

        from tcsim.library.formula import symbol

        symbols = self.symbols
        where = {} if self.where is None else self.where(**symbols)
        letters = {symbol(name): sympy.sympify(meaning) for name, meaning in where.items()}
        written = self.formulas(**symbols, **{str(letter): letter for letter in letters})
        return letters, {measure: sympy.sympify(one) for measure, one in written.items()}

    def quantities_at(self, **parameters: Any) -> dict[str, int]:  # noqa: ANN401
        """The numbers that stand for the symbols of the formulas."""
        values = self.values(**parameters)
        if self.quantities is not None:
            return dict(self.quantities(**values))
        return {p.name: values[p.name] for p in self.parameters if p.kind == "integer"}

    def predicted(self, **parameters: Any) -> dict[str, int]:  # noqa: ANN401
        """What the formulas give at these parameters, without building a circuit.

        Example:
            >>> from tcsim import library
            >>> library.get("addition").predicted(n=512)["size"]
            1024
        """
        from tcsim.library.formula import evaluate

        numbers = self.quantities_at(**parameters)
        return {measure: evaluate(formula, numbers) for measure, formula in self.formula.items()}


def _wires(builder: Builder, name: str, shape: Shape) -> Any:  # noqa: ANN401
    if not shape:
        return builder.input(name)
    if len(shape) == 1:
        return builder.inputs(name, shape[0])
    return [_wires(builder, f"{name}[{i}]", shape[1:]) for i in range(shape[0])]
