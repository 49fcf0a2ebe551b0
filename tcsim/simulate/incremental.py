"""Incremental evaluation: change some inputs of a batch, and only what they reach is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate.batches import check_batch, check_words
from tcsim.simulate.columns import is_integer, new_columns
from tcsim.simulate.memory import allocate
from tcsim.simulate.packing import pack, unpack
from tcsim.simulate.running_sums import Values, running_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Integers, Progress, Words

CALL_WORK = 2**26
"""Gates and terms, times words, between two chances for an interrupt or a report of progress."""


class Update(NamedTuple):
    """What an update did.

    Attributes:
        evaluated: gates that were evaluated again.
        changed: gates whose value changed on some vector.
    """

    evaluated: int
    changed: int


class Incremental:
    """A circuit with a batch of input vectors, and the value of every gate on them.

    An update tells the forms that read a changed input by how much they change; the gates on those
    forms are evaluated again, and those that change tell their readers. The cost is that of the
    edges along which something changed, whatever the size of the circuit and the fan-in of its
    gates. All values stay in memory: for each vector a bit for each wire, and for each form one for
    each binary digit of its range.

    Args:
        circuit: any circuit.
        batch: 0/1 of shape (vectors, inputs), or one vector of shape (inputs,); with
            ``packed=True`` uint64 of shape (inputs, words), 64 vectors a word.
        packed: whether columns and outputs are packed words, here and in all methods.
        progress: called as ``progress(done, total)``, in forms, while the batch is evaluated.

    Raises:
        ArgumentError: wrong shape or dtype, or a value outside {0, 1}.
        LimitError: the values do not fit in memory; says how many bytes they would take.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.simulate import Incremental
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 3)))
        >>> values = Incremental(b.build(), [[1, 0, 1], [0, 0, 1]])
        >>> values.update({"x[0]": [0, 1]})
        Update(evaluated=1, changed=1)
        >>> values.outputs
        array([[0],
               [1]], dtype=uint8)
    """

    def __init__(
        self,
        circuit: Circuit,
        batch: object,
        *,
        packed: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self._circuit, self._packed = circuit, packed
        if packed:
            words = check_words(batch, circuit.n_inputs, "batch")
            self._vectors: int = 64 * words.shape[1]
        else:
            bits, _ = check_batch(batch, circuit.n_inputs)
            self._vectors = len(bits)
            words = pack(bits)
        self._sums = running_sums(circuit)
        self._width = words.shape[1]
        rows = allocate(
            (self._sums.n_rows * self._width,),
            np.uint64,
            f"the values of {circuit.n_inputs + circuit.size:,} wires and the digits of "
            f"{circuit.n_forms:,} forms on {self._vectors:,} vectors",
            "take fewer vectors",
        )
        self._values = Values(
            rows=rows,
            heap=np.zeros(circuit.n_forms, np.int64),
            waits=np.zeros(circuit.n_forms, np.bool_),
            counts=np.zeros(3, np.int64),
            scratch=np.zeros(3 * self._width, np.uint64),
        )
        from tcsim.simulate.kernels import changes  # loads numba

        heap, waits, counts = self._values[1:4]
        changes.start(self._sums.forms, self._sums.limbs, rows, self._width, heap, waits, counts)
        self._assign(np.arange(circuit.n_inputs), words)
        self._settle(progress)

    @property
    def vectors(self) -> int:
        """Number of input vectors; with packed words, 64 times the number of words."""
        return self._vectors

    @property
    def outputs(self) -> Bits | Words:
        """uint8 of shape (vectors, outputs); packed: uint64 of shape (outputs, words)."""
        return self._columns(self._circuit.output_wire)

    def value(self, wire: int) -> Bits | Words:
        """The values of one wire: an input, or gate g as wire ``inputs + g``.

        Returns:
            uint8 of shape (vectors,); packed: uint64 of shape (words,).

        Raises:
            ArgumentError: there is no such wire.
        """
        wires = self._circuit.n_inputs + self._circuit.size
        if not is_integer(wire) or not 0 <= wire < wires:
            raise ArgumentError(f"wire is {wire!r}; this circuit has the wires 0 to {wires - 1}")
        columns = self._columns(np.array([wire]))
        return columns[0] if self._packed else columns[:, 0]

    def update(
        self,
        inputs: Mapping[str | int, object] | Sequence[str | int] | Integers,
        columns: object = None,
    ) -> Update:
        """Give some inputs new values on all vectors, and evaluate what that reaches.

        Args:
            inputs: names or numbers of inputs, or a mapping from these to one column each: 0/1 of
                shape (vectors,), or packed words of shape (words,).
            columns: where `inputs` is no mapping: 0/1 of shape (vectors, changed inputs), or packed
                words of shape (changed inputs, words).

        Raises:
            ArgumentError: no such input, one named twice, wrong shape or dtype, or a value outside
                {0, 1}; nothing was changed.
        """
        numbers, words = new_columns(
            self._circuit, inputs, columns, self._vectors, packed=self._packed
        )
        before = self._values.counts.copy()
        self._assign(numbers, words)
        self._settle()
        _, evaluated, changed = (self._values.counts - before).tolist()
        return Update(evaluated, changed)

    def _assign(self, numbers: Integers, words: Words) -> None:
        from tcsim.simulate.kernels import changes

        forms, _, reader_start, readers, limbs = self._sums
        rows, *waiting = self._values
        # One type of array, so that the kernel is compiled for one.
        columns = np.require(words, np.uint64, ("C", "A", "W")).reshape(-1)
        changes.assign(
            forms, reader_start, readers, limbs, numbers, columns, rows, self._width, *waiting
        )

    def _settle(self, progress: Progress | None = None) -> None:
        """Evaluate what waits; also what an interrupt of an earlier update left waiting."""
        from tcsim.simulate.kernels import changes

        rows, *waiting = self._values
        total, counts = self._circuit.n_forms, self._values.counts
        budget = max(1, CALL_WORK // (1 + self._width))
        while counts[changes.WAITING]:
            changes.settle(*self._sums, rows, self._width, *waiting, budget)
            if progress is not None:
                progress(total - int(counts[changes.WAITING]), total)

    def _columns(self, wires: Integers) -> Bits | Words:
        self._settle()
        constants = np.array([[0], [2**64 - 1]], np.uint64)
        words = np.empty((len(wires), self._width), np.uint64)
        rows = self._values.rows.reshape(self._sums.n_rows, self._width)
        words[wires >= 0] = rows[wires[wires >= 0]]
        words[wires < 0] = constants[wires[wires < 0]]  # FALSE is -2, TRUE is -1
        if self._packed:
            return words
        return unpack(words, self._vectors)
