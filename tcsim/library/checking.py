"""Checking constructions: formulas against measured circuits, circuits against oracles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.library.construction import MEASURES, Construction
from tcsim.library.registry import get
from tcsim.library.vectors import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Progress


@dataclass
class Verdict:
    """Whether a formula, or the function, of a construction holds.

    Attributes:
        construction: its name.
        claim: the measure, or ``"function"``.
        formula: the formula as text; ``"oracle"`` for the function.
        points: parameter points that were checked.
        exhaustive: of these, points at which all input vectors were tried (function alone).
        vectors: input vectors that were tried, over all points (function alone).
        failure: the first failure in words; None if there is none.
    """

    construction: str
    claim: str
    formula: str
    points: int = 0
    exhaustive: int = 0
    vectors: int = 0
    failure: str | None = None

    @property
    def passed(self) -> bool:
        """Whether something was checked and nothing failed."""
        return self.failure is None and self.points > 0


def check(
    construction: str | Construction,
    points: Iterable[Mapping[str, Any]] | None = None,
    *,
    vectors: int = 1 << 16,
    samples: int = 1 << 10,
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Verdict]:
    """Build a construction at parameter points and compare with its formulas and its oracle.

    Args:
        construction: a record, or the name of one.
        points: parameter values; by default those that the construction names.
        vectors: at a point with at most so many input vectors, all are tried.
        samples: random input vectors at the other points.
        seed: of the random ones.
        progress: called as ``progress(done, total)`` in points.

    Returns:
        One verdict a formula, in the order of the formulas, and one for the function.

    Raises:
        ArgumentError: no such construction, a formula is missing, or a point is out of range.

    Example:
        >>> [v.claim for v in check("majority", [{"n": 3}, {"n": 4}]) if v.passed]
        ['depth', 'size', 'edges', 'max_weight', 'function']
    """
    from tcsim.library.formula import text

    record = get(construction) if isinstance(construction, str) else construction
    missing = [measure for measure in MEASURES if measure not in record.formula]
    if missing:
        raise ArgumentError(f"{record.name} has no formula for {', '.join(missing)}")
    verdicts = {
        measure: Verdict(record.name, measure, text(formula))
        for measure, formula in record.short_formula[1].items()
    }
    function = Verdict(record.name, "function", "oracle")
    todo = [record.values(**point) for point in (record.points if points is None else points)]
    for done, point in enumerate(todo, 1):
        circuit = record.circuit(**point)
        predicted = record.predicted(**point)
        for measure, verdict in verdicts.items():
            verdict.points += 1
            found = measured(circuit, measure)
            if found != predicted[measure] and verdict.failure is None:
                verdict.failure = (
                    f"at {_at(point)} the formula gives {predicted[measure]}, "
                    f"the circuit has {found}"
                )
        function.points += 1
        function.exhaustive += 2**circuit.n_inputs <= vectors
        for batch in batches(circuit.n_inputs, vectors, samples, seed):
            function.vectors += len(batch)
            failure = _difference(record, point, circuit, batch)
            if failure is not None and function.failure is None:
                function.failure = f"at {_at(point)} {failure}"
        if progress is not None:
            progress(done, len(todo))
    return [*verdicts.values(), function]


def measured(circuit: Circuit, name: str) -> int:
    """A measure by name: ``"size"`` of the threshold basis, ``"majority.wires"`` of another.

    Raises:
        ArgumentError: there is no such basis or measure.
    """
    from tcsim.measure import BASES

    basis, _, attribute = name.rpartition(".")
    if (basis or "threshold") not in BASES:
        raise ArgumentError(f"there is no basis {basis!r}; there are {', '.join(BASES)}")
    value = getattr(BASES[basis or "threshold"](circuit), attribute, None)
    if not isinstance(value, int):
        raise ArgumentError(f"there is no measure {name!r} that is a number")
    return value


def _difference(
    record: Construction, point: Mapping[str, Any], circuit: Circuit, batch: Bits
) -> str | None:
    """Where circuit and oracle differ, in words."""
    found = np.asarray(circuit(batch))
    outputs = record.oracle(**_inputs(record, point, batch), **point)
    columns = [
        np.asarray(value).reshape(len(batch), -1) for value in outputs.values()
    ]  # row-major, as the Builder names nested outputs
    wanted = np.concatenate(columns, axis=1) if columns else np.zeros((len(batch), 0), np.uint8)
    if wanted.shape != found.shape:
        return f"the oracle has {wanted.shape[1]} output bits, the circuit {found.shape[1]}"
    stems = list(dict.fromkeys(name.partition("[")[0] for name in circuit.output_names))
    if stems != list(outputs):
        return f"the oracle's outputs are {list(outputs)}, the circuit's {stems}"
    different = np.argwhere(found != wanted)
    if not len(different):
        return None
    row, output = different[0].tolist()
    pairs = zip(circuit.input_names, batch[row].tolist(), strict=True)
    where = ", ".join(f"{name} = {bit}" for name, bit in pairs) or "there are no inputs"
    return (
        f"{circuit.output_names[output]} is {found[row, output]}, "
        f"by the oracle {wanted[row, output]}, where {where}"
    )


def _inputs(record: Construction, point: Mapping[str, Any], batch: Bits) -> dict[str, Bits]:
    """Columns of a batch as the inputs of a construction, of shape (vectors, *shape)."""
    inputs, first = {}, 0
    for name, shape in record.inputs(**point).items():
        width = int(np.prod(shape, dtype=np.int64))
        inputs[name] = batch[:, first : first + width].reshape(len(batch), *shape)
        first += width
    return inputs


def _at(point: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in point.items())
