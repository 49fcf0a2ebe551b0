"""Linear recurrences whose states are rounded at every step: serial in the sequence.

`LinearRecurrence` rounds once, at the end, and takes one level for a sequence of any length. What
runs on hardware rounds each state, which makes another function, with a level per position. Here
both are compared: how often their values differ. `rounded_scans` has the same for `SelectiveScan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.cells.cell import rounded_quotient
from tcsim.networks.cells.unrolling import positions
from tcsim.networks.codes import Code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Stack
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from fractions import Fraction

    from tcsim.networks.operations.linear_recurrence import LinearRecurrence
    from tcsim.networks.sketch import Edge
    from tcsim.networks.tables.matrices import Matrix
    from tcsim.typing import Integers


def step_rounded(
    sketch: Sketch, recurrence: LinearRecurrence, x: Edge, state: Code, unit: Fraction
) -> Edge:
    """The recurrence with ``h_t`` rounded to multiples of `unit`: one level a position, and one.

    Args:
        sketch: where the operations go.
        recurrence: its matrices and its rounding.
        x: the sequence, shape (positions, inputs).
        state: range of ``h_t / unit``; what lies outside is clipped.
        unit: an exact number above 0, such as ``Fraction(1, 8)`` for three fractional bits.

    Returns:
        The outputs on wires, shape (positions, outputs).

    Raises:
        NetworkError: a unit that is not positive, or sums beyond 2**62.
    """
    if unit <= 0:
        raise NetworkError(f"a unit is an exact number above 0, not {unit!r}")
    a, (b, c, d) = recurrence.a, (recurrence.b, recurrence.c, recurrence.d)
    scaled = tuple(tuple(entry / unit for entry in row) for row in b)
    read = tuple(tuple(entry * unit for entry in row) for row in c)
    h: Edge | None = None
    outputs = []
    for t, position in enumerate(positions(sketch, x)):
        with sketch.scope(f"step{t + 1}"):
            h = _rounded(sketch, recurrence, [(a, h), (scaled, position)], state)
            outputs.append(
                _rounded(sketch, recurrence, [(read, h), (d, position)], recurrence.code)
            )
    return sketch.add(Stack(0), *outputs)


def _rounded(
    sketch: Sketch,
    recurrence: LinearRecurrence,
    terms: list[tuple[Matrix, Edge | None]],
    code: Code,
) -> Edge:
    """The sum of matrices times vectors, rounded; None stands for zeros."""
    present = [(matrix, edge) for matrix, edge in terms if edge is not None]
    scale = lcm(*(entry.denominator for matrix, _ in present for row in matrix for entry in row))
    sums = []
    for matrix, edge in present:
        weights = [[int(entry * scale) for entry in row] for row in zip(*matrix, strict=True)]
        sums.append(sketch.add(Affine(weights, [0] * len(matrix)), edge))
    total = sketch.add(Combine([1] * len(sums)), *sums)
    if recurrence.rounding == "half_up":
        return sketch.add(rounded_quotient(scale, code), total)
    cuts = [value * scale for value in range(code.lo + 1, code.hi + 1)]
    return sketch.add(Requantize(np.array([cuts]), code), total)


@dataclass(frozen=True)
class RoundingDifference:
    """How often two roundings of one recurrence give different outputs.

    Attributes:
        runs: sequences compared.
        differing_runs: those in which some output differs.
        values: outputs compared.
        differing_values: those that differ.
        largest: the largest difference of an output.
    """

    runs: int
    differing_runs: int
    values: int
    differing_values: int
    largest: int


def compare_roundings(
    recurrence: LinearRecurrence, x: Integers, state: Code, unit: Fraction
) -> RoundingDifference:
    """Rounded once at the end, against rounded at every step, on given sequences.

    Args:
        recurrence: rounds once.
        x: integers, shape (runs, positions, inputs).
        state: see `step_rounded`.
        unit: see `step_rounded`.

    Raises:
        NetworkError: no sequences of integers, or a range that `step_rounded` refuses.

    Example:
        >>> import numpy as np
        >>> from fractions import Fraction
        >>> from tcsim.networks import Code, LinearRecurrence
        >>> decay = LinearRecurrence([[0.5]], [[1]], [[1]], Code(0, 7))
        >>> compare_roundings(decay, np.array([[[1], [0], [0]]]), Code(0, 7), Fraction(1))
        RoundingDifference(runs=1, differing_runs=1, values=3, differing_values=1, largest=1)
    """
    rows = np.asarray(x)
    if rows.ndim != 3 or rows.dtype.kind not in "iu" or not rows.size:
        raise NetworkError(
            f"sequences are integers (runs, positions, inputs), not {rows.dtype} {rows.shape}"
        )
    low = int(rows.min())
    sketch = Sketch()
    read = sketch.input("x", rows.shape[1:], Code(low, max(int(rows.max()), low + 1)))
    serial = sketch.network(step_rounded(sketch, recurrence, read, state, unit))
    difference = np.abs(serial(rows) - recurrence(rows.astype(np.int64)))
    wrong = difference > 0
    return RoundingDifference(
        len(rows),
        int(wrong.any(axis=(1, 2)).sum()),
        wrong.size,
        int(wrong.sum()),
        int(difference.max()),
    )
