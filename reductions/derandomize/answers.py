"""The right answers: a circuit, a function or a table, for every string of a domain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.circuit import Circuit
from tcsim.equivalence.matching import match
from tcsim.errors import ArgumentError, LimitError
from tcsim.formats.files import opened
from tcsim.simulate import evaluate, pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.derandomize.alphabet import Alphabet, Domain
    from tcsim.typing import Bits, Words

Given: TypeAlias = "Circuit | Callable[[Bits], Any] | Any"
"""A circuit, a function of a batch, or an array."""

MOST_CELLS = 2**30
"""Bits of a table at most."""

_ROWS = 2**16
"""Strings that a function is given at a time."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The right answer to every string: by a circuit, or by a table.

    Attributes:
        circuit: a circuit whose inputs and outputs are in the decider's order; or None.
        table: uint64, shape (outputs, words): bit j of word w is that of string 64*w + j; or None.
    """

    circuit: Circuit | None
    table: Words | None

    def words(self, first: int, inputs: Words) -> Words:
        """The answers to some strings: those from number 64*first on.

        Args:
            first: number of the first word.
            inputs: these strings, packed.
        """
        if self.circuit is not None:
            return evaluate(self.circuit, inputs, packed=True)  # type: ignore[return-value]
        assert self.table is not None  # noqa: S101 - there is one of the two
        return self.table[:, first : first + inputs.shape[1]]

    @property
    def digest(self) -> str:
        """SHA-256 of the table, or the circuit's content id."""
        if self.circuit is not None:
            return self.circuit.content_id
        assert self.table is not None  # noqa: S101 - there is one of the two
        return hashlib.sha256(self.table.astype("<u8").tobytes()).hexdigest()


def make_answers(
    given: Given,
    domain: Domain,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    alphabet: Alphabet | None = None,
) -> Answers:
    """Answers in the order of a decider's inputs and outputs.

    Args:
        given: a circuit, whose inputs and outputs are matched by name where the names are the same
            and else by position; a function of a batch, 0/1 of shape (strings, inputs); or an
            array of one row for each string; or the path of a table that `table_text` wrote. What
            a function or array holds is 0/1 of shape (strings, outputs) or, with one output or an
            alphabet, tokens of shape (strings,).
        domain: the strings.
        inputs: names of the decider's inputs.
        outputs: names of its outputs.
        alphabet: letters that the outputs spell.

    Raises:
        ArgumentError: they do not fit.
        LimitError: a table of them would be too large.
    """
    if isinstance(given, Circuit):
        return Answers(_matched(given, inputs, outputs), None)
    if domain.count * len(outputs) > MOST_CELLS:
        raise LimitError(
            f"a table of {domain.count:,} answers is too large: give the answers as a circuit"
        )
    if isinstance(given, Path):
        return Answers(None, table_words(_read(given), domain.count, len(outputs)))
    if callable(given):
        parts = []
        for first in range(0, domain.count, _ROWS):
            batch = domain.vectors(first, min(first + _ROWS, domain.count))
            parts.append(_bits(given(batch), len(batch), len(outputs), alphabet))
        return Answers(None, pack(np.concatenate(parts)))
    return Answers(None, pack(_bits(given, domain.count, len(outputs), alphabet)))


def _read(path: Path) -> str:
    with opened(path) as (_, take):
        return take(None).decode("ascii", "replace")


def _bits(values: object, rows: int, outputs: int, alphabet: Alphabet | None) -> Bits:
    found = np.asarray(values)
    if found.shape == (rows,) and found.dtype.kind in "biu":
        letters = np.array(alphabet.letters if alphabet else [[0], [1]], np.uint8)
        if letters.shape[1] == outputs:
            if rows and not (found.min() >= 0 and found.max() < len(letters)):
                raise ArgumentError(f"answers are tokens from 0 to {len(letters) - 1}")
            return letters[found.astype(np.int64)]
    elif found.shape == (rows, outputs) and found.dtype.kind in "biu" and found.max(initial=0) <= 1:
        return found.astype(np.uint8)
    raise ArgumentError(
        f"answers are {found.dtype} of shape {found.shape}, not 0/1 of shape {(rows, outputs)}: "
        "one row for each string"
    )


def _matched(circuit: Circuit, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> Circuit:
    places = match(inputs, circuit.input_names, "inputs of the answers")
    order = match(outputs, circuit.output_names, "outputs of the answers").order
    circuit = circuit.replace(
        output_wire=circuit.output_wire[order],
        output_names=tuple(circuit.output_names[place] for place in order.tolist()),
    )
    if places.is_identity:
        return circuit
    from tcsim.transform.rebuild import Copy

    copy = Copy(circuit)
    for place, name in zip(places.order.tolist(), inputs, strict=True):
        copy.signals[place] = copy.builder.input(name)
    copy.add_gates()
    return copy.finish()


def table_text(table: Words, count: int) -> str:
    """A line for each output: a hexadecimal number, bit r of which is the answer to string r."""
    mask = (1 << count) - 1
    rows = (int.from_bytes(row.astype("<u8").tobytes(), "little") & mask for row in table)
    return "".join(f"{row:0{-(-count // 4)}x}\n" for row in rows)


def table_words(text: str, count: int, outputs: int) -> Words:
    """The inverse of `table_text`.

    Raises:
        ArgumentError: these are not so many numbers of so many bits.
    """
    lines = text.split()
    try:
        rows = [int(line, 16) for line in lines]
    except ValueError:
        rows = []
    if len(rows) != outputs or any(row < 0 or row >> count for row in rows):
        raise ArgumentError(
            f"a table of {outputs} outputs and {count:,} inputs has {outputs} hexadecimal numbers "
            f"of at most {count:,} bits, a line each; this has {len(lines)} lines"
        )
    words = -(-count // 64)
    found = np.frombuffer(b"".join(row.to_bytes(8 * words, "little") for row in rows), "<u8")
    return found.reshape(outputs, words).astype(np.uint64)
