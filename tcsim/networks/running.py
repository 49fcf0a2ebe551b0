"""Run a network's circuit on integers: integers in, integers out, packed words in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks.codewords import decode_words, encode_words
from tcsim.simulate.engines import check_engine, choose_engine
from tcsim.simulate.memory import allocate
from tcsim.simulate.packing import unpack_bits
from tcsim.simulate.streaming import stream
from tcsim.simulate.workers import check_threads

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import Integers, Progress, Words


def run(
    network: IntegerNetwork,
    circuit: Circuit,
    x: object,
    *,
    engine: str = "auto",
    threads: int = 1,
    progress: Progress | None = None,
) -> Integers:
    """What a network's circuit makes of integers.

    The same as ``network.decode(circuit(network.encode(x)))``, where the wires are packed 64 rows
    a word all the way. `IntegerNetwork.interpret` turns the result into labels or real numbers.

    Args:
        network: says how integers stand on wires.
        circuit: what `compile` made of it.
        x: integers in the inputs' range, shape ``(rows, *shape)``, any dtype and layout; bytes
            (uint8) are read fastest.
        engine: as in `tcsim.simulate.evaluate`.
        threads: as in `tcsim.simulate.evaluate`.
        progress: called as ``progress(done, total)`` in rows.

    Returns:
        int64: class numbers, shape (rows,), after argmax; else ``(rows, *shape of the output)``. It
        equals ``network(x)``.

    Raises:
        ArgumentError: wrong shape, no integers, or out of range; the circuit has not as many
            inputs and outputs as the network's, or its outputs are no word of the outputs' code.
        LimitError: the result does not fit in memory.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork
        >>> larger = IntegerNetwork(
        ...     Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)]
        ... )
        >>> circuit = tc.networks.compile(larger)
        >>> tc.networks.run(larger, circuit, [[3, 1], [1, 2], [2, 2]]).tolist()
        [0, 1, 0]
    """
    check_engine(engine)
    threads = check_threads(threads)
    check_ports(network, circuit)
    shape = network.output_values[0].shape
    if len(network.sources) > 1 or len(network.outputs) > 1:
        raise ArgumentError("run takes networks of one input and one output: use encode and decode")
    rows = integer_rows(network, x)
    code, columns = network.output_code, network.output_values[0].size
    result = allocate((len(rows), columns), np.int64, "the outputs", "run parts of the rows")

    def check() -> None:
        network.checked(x)

    def fill(start: int, stop: int) -> Words:
        words = encode_words(network.inputs.code, rows[start:stop])
        if words is None:
            check()
            raise ArgumentError("x was changed while it was read")
        return words

    def drain(words: Words, start: int, stop: int) -> None:
        if not decode_words(code, words, result[start:stop]):
            bits = np.empty((stop - start, len(words)), np.uint8)
            unpack_bits(words, bits)
            try:
                network.decode(bits)  # names the first word at fault
            except ArgumentError as error:
                where = f"rows {start}..{stop - 1} of the circuit's outputs"
                raise ArgumentError(f"{where}: {error}") from None

    chosen = choose_engine(circuit, engine, "outputs", len(rows))
    stream(chosen, len(rows), fill, drain, check=check, threads=threads, progress=progress)
    return result[:, 0] if network.classify else result.reshape(len(rows), *shape)


def integer_rows(network: IntegerNetwork, x: object) -> npt.NDArray[Any]:
    """Rows of a network's inputs, flat, as `encode_words` takes them, their range yet unchecked.

    Raises:
        ArgumentError: wrong shape, or no integers.
    """
    if (
        isinstance(x, np.ndarray)
        and x.dtype.kind in "bui"
        and x.dtype != np.uint64
        and x.shape[1:] == network.inputs.axes
        and x.ndim
    ):
        return x.reshape(len(x), network.inputs.features)
    checked = network.checked(x)
    return checked.reshape(len(checked), network.inputs.features)


def check_ports(network: IntegerNetwork, circuit: Circuit) -> None:
    """Refuse a circuit that cannot be a network's.

    Raises:
        ArgumentError: it has not as many inputs and outputs.
    """
    inputs, outputs = network.input_wires, network.output_wires
    if (circuit.n_inputs, circuit.n_outputs) != (inputs, outputs):
        raise ArgumentError(
            f"the circuit has {circuit.n_inputs} inputs and {circuit.n_outputs} outputs, "
            f"the network's has {inputs} and {outputs}"
        )
