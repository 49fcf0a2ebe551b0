"""A circuit as one scipy.sparse matrix of weights and a vector of thresholds, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError, MissingExtraError
from tcsim.formats.signals import MOST_EDGES
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.typing import Integers


@dataclass(frozen=True)
class SparseCircuit:
    """The arrays of a circuit: gate g fires iff ``(weights @ wires)[g] >= thresholds[g]``.

    Attributes:
        weights: `scipy.sparse.csr_array`, int64, shape (gates, inputs + gates); column w is wire w,
            inputs first, and a gate reads only wires before its own.
        thresholds: int64, shape (gates,).
        outputs: int64, shape (outputs,): wire numbers, or -2 and -1 for the constants 0 and 1.
        levels: int64, shape (gates,): rows of one level can be evaluated together.
    """

    weights: Any
    thresholds: Integers
    outputs: Integers
    levels: Integers


def to_scipy(circuit: Circuit) -> SparseCircuit:
    """The expanded forms of the gates as one sparse matrix.

    Names, scopes and shared forms are left behind.

    Args:
        circuit: a circuit whose weights and thresholds fit int64.

    Raises:
        ArgumentError: a weight or threshold is beyond int64.
        LimitError: the gates have too many operands together.
        MissingExtraError: SciPy is not installed.
    """
    sparse = _scipy()
    if circuit.edges > 10 * MOST_EDGES:
        raise LimitError(f"the gates have {circuit.edges:,} operands; at most {10 * MOST_EDGES:,}")
    flat = flat_forms(circuit)
    if circuit.big_thresholds or flat.weight.dtype == object:
        raise ArgumentError("a weight or threshold is beyond int64: scipy.sparse holds int64")
    lengths = flat.fan_in[circuit.gate_form]
    ends = np.cumsum(lengths)
    first = flat.start[circuit.gate_form]
    source = np.repeat(first - (ends - lengths), lengths) + np.arange(lengths.sum())
    shape = (circuit.size, circuit.n_inputs + circuit.size)
    starts = np.concatenate(([0], ends))
    matrix = sparse.csr_array((flat.weight[source], flat.operand[source], starts), shape=shape)
    return SparseCircuit(matrix, circuit.gate_threshold, circuit.output_wire, circuit.levels)


def from_scipy(
    weights: Any,  # noqa: ANN401 - any sparse container
    thresholds: Sequence[int] | Integers,
    outputs: Sequence[int] | Integers | None = None,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
) -> Circuit:
    """A circuit from a sparse matrix and thresholds.

    Args:
        weights: sparse, integers, shape (gates, inputs + gates); row g has entries only in columns
            below inputs + g. Repeated entries are added up, explicit zeros are operands of
            weight 0.
        thresholds: integers, shape (gates,).
        outputs: wire numbers, -2 and -1 for constants; by default the gates that none reads.
        input_names: by default ``x[0]``, ``x[1]``, ...
        output_names: by default ``y[0]``, ``y[1]``, ...

    Raises:
        ArgumentError: shapes do not fit, or a weight is not an integer.
        CircuitError: a gate reads itself or a later one, or an output does not exist.
        MissingExtraError: SciPy is not installed.
    """
    sparse = _scipy()
    if not sparse.issparse(weights) or len(weights.shape) != 2:
        raise ArgumentError(f"weights must be a sparse matrix, not {type(weights).__name__}")
    table = sparse.csr_array(weights, copy=True)
    if table.dtype.kind not in "iu":
        raise ArgumentError(f"weights must be integers, not {table.dtype}")
    table = table.astype(np.int64)
    table.sum_duplicates()
    gates, wires = table.shape
    inputs = wires - gates
    if inputs < 0:
        raise ArgumentError(f"weights has {wires} columns for {gates} gates; there must be more")
    if outputs is None:
        read = np.zeros(wires, bool)
        read[table.indices] = True
        outputs = inputs + np.flatnonzero(~read[inputs:])
    return Circuit(
        input_names=input_names or [f"x[{i}]" for i in range(inputs)],
        form_start=table.indptr,
        form_operand=table.indices,
        form_weight=table.data,
        gate_form=np.arange(gates),
        gate_threshold=thresholds,
        output_wire=outputs,
        output_names=output_names or [f"y[{i}]" for i in range(len(outputs))],
    )


def _scipy() -> Any:  # noqa: ANN401
    try:
        import scipy.sparse
    except ImportError as error:
        raise MissingExtraError("scipy", "scipy", "the sparse matrix of a circuit") from error
    return scipy.sparse
