"""The function of one output, as the table of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tcsim.typing import Bits

    Function: TypeAlias = Circuit | Sequence[int] | npt.NDArray[np.generic]
    """A circuit, or a truth table: 2**n values 0/1, where input i is bit i of the index."""

INPUT_LIMIT = 24
"""Most inputs of a function that is taken as a whole: 2**24 values."""

_ESTIMATES = ": estimate it (fourier_coefficient, sample), or fix inputs (tcsim.transform.restrict)"


def truth_values(function: Function, output: int | str = 0, *, most: int = INPUT_LIMIT) -> Bits:
    """The truth table of one output.

    Args:
        function: a circuit of at most 24 inputs, or 2**n values 0/1, n at most 24.
        output: which output of a circuit, by number or name.
        most: most inputs that the caller takes.

    Returns:
        uint8, shape (2**n,): in place r, input i is bit i of r.

    Raises:
        ArgumentError: no such output, or what is no truth table.
        LimitError: more than `most` inputs.
    """
    if isinstance(function, Circuit):
        place = output_place(function, output)
        if function.n_inputs > most:
            raise LimitError(
                f"the function has {function.n_inputs} inputs, at most {most} are taken as a whole"
                + _ESTIMATES * (most == INPUT_LIMIT)
            )
        single = function.replace(
            output_wire=function.output_wire[place : place + 1],
            output_names=function.output_names[place : place + 1],
        )
        return np.ascontiguousarray(cast("Bits", single.truth_table())[:, 0])
    try:
        values = np.asarray(function)
    except ValueError:
        raise ArgumentError("function is neither a circuit nor a row of 0/1 values") from None
    count = len(values) if values.ndim == 1 else 0
    if values.ndim != 1 or values.dtype.kind not in "biu" or not count or count & (count - 1):
        raise ArgumentError(
            "function must be a circuit or a truth table, 2**n values 0/1 in one row, not "
            f"an array of shape {values.shape}, dtype {values.dtype}"
        )
    if count > 1 << most:
        raise LimitError(
            f"the function has {count.bit_length() - 1} inputs, at most {most} are taken as a "
            f"whole: a truth table has at most 2**{most} values"
        )
    if ((values != 0) & (values != 1)).any():
        raise ArgumentError("a truth table holds 0 and 1 alone")
    return values.astype(np.uint8)


def output_place(circuit: Circuit, output: int | str) -> int:
    """Which output a number or a name means.

    Raises:
        ArgumentError: there is none.
    """
    names = circuit.output_names
    if isinstance(output, str):
        if output not in names:
            raise ArgumentError(f"there is no output {output!r}; there are {', '.join(names[:8])}")
        return names.index(output)
    if isinstance(output, bool) or not isinstance(output, int | np.integer):
        raise ArgumentError(f"output is a number or a name, not {output!r}")
    if not 0 <= output < len(names):
        raise ArgumentError(f"output is {output}, but the circuit has {len(names)} outputs")
    return int(output)


def evaluator(function: Circuit, output: int | str) -> Callable[[Bits], Bits]:
    """A function of 0/1 vectors, shape (vectors, inputs), to the values of one output."""
    place = output_place(function, output)

    def values(batch: Bits) -> Bits:
        return np.asarray(function(batch), np.uint8)[:, place]

    return values
