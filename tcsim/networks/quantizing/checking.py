"""Check a network's three forms on real rows: float, integer and circuit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.codewords import encode_words
from tcsim.networks.running import check_ports
from tcsim.simulate import unpack

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.quantizing.floats import FloatNetwork
    from tcsim.typing import Progress

_ROWS = 4096
"""Rows whose wires are held at once."""


@dataclass(frozen=True)
class NetworkCheck:
    """What became of a network on the way to its circuit, on some rows.

    Two statements, kept apart: quantizing costs `float_accuracy - integer_accuracy`, which is a
    measurement; compiling costs nothing, which `agree` confirms bit for bit.

    Attributes:
        float_accuracy: share of rows that the float network gets right (of a regressor, R^2).
        integer_accuracy: the same of the integer network.
        rows: number of rows.
        agreeing_rows: rows on which every output of the circuit is what the integer network says.
    """

    float_accuracy: float
    integer_accuracy: float
    rows: int
    agreeing_rows: int

    @property
    def agree(self) -> bool:
        """Whether circuit and integer network agree on all rows."""
        return self.agreeing_rows == self.rows


def check(
    float_network: FloatNetwork,
    integer_network: IntegerNetwork,
    circuit: Circuit,
    rows: object,
    labels: object,
    *,
    engine: str = "auto",
    progress: Progress | None = None,
) -> NetworkCheck:
    """Run a float network, its integer network and its circuit on the same rows.

    Args:
        float_network: the trained network.
        integer_network: what `quantize` made of it.
        circuit: what `compile` made of that.
        rows: real numbers, shape (rows, inputs), at least one row.
        labels: the right label of each row (of a regressor, the right outputs).
        engine: the circuit's engine.
        progress: called as ``progress(done, total)`` in rows.

    Raises:
        ArgumentError: shapes do not fit, or the circuit is not of this network.
    """
    x = integer_network.inputs.integers(rows)
    outputs = integer_network(x).reshape(len(x), -1)
    flat = x.reshape(len(x), -1)
    check_ports(integer_network, circuit)
    agreeing = 0
    for start in range(0, len(x), _ROWS):
        part = slice(start, start + _ROWS)
        inputs = encode_words(integer_network.inputs.code, flat[part])
        expected = encode_words(integer_network.output_code, outputs[part])
        assert inputs is not None  # noqa: S101 - the network would have refused them
        assert expected is not None  # noqa: S101 - its outputs are in its ranges
        found = circuit(inputs, packed=True, engine=engine)
        differs = np.bitwise_or.reduce(found ^ expected, axis=0)
        agreeing += int((unpack(differs[None], len(x[part])) == 0).sum())
        if progress is not None:
            progress(min(start + _ROWS, len(x)), len(x))
    return NetworkCheck(
        float_accuracy=float_network.accuracy(np.asarray(rows), labels),
        integer_accuracy=integer_network.accuracy(rows, labels),
        rows=len(x),
        agreeing_rows=agreeing,
    )
