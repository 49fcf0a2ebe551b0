"""New values of some inputs of a batch: names to numbers, columns to packed words, all checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.integers import as_array
from tcsim.simulate.batches import check_bits, check_words
from tcsim.simulate.packing import pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers, Words


def new_columns(
    circuit: Circuit,
    inputs: Mapping[str | int, object] | Sequence[str | int] | Integers,
    columns: object,
    vectors: int,
    *,
    packed: bool,
) -> tuple[Integers, Words]:
    """The numbers of some inputs, and their columns as packed words of shape (inputs, words).

    Args:
        circuit: whose inputs they are.
        inputs: names or numbers, or a mapping from these to one column each.
        columns: where `inputs` is no mapping: 0/1 of shape (vectors, inputs), or packed words.
        vectors: how many vectors each column has.
        packed: whether columns are packed words.

    Raises:
        ArgumentError: no such input, one named twice, wrong shape or dtype, or a value outside
            {0, 1}.
    """
    names: list[object] = [inputs] if isinstance(inputs, str) else list(inputs)
    if isinstance(inputs, str):
        raise ArgumentError(f"inputs is one name: give [{inputs!r}], or a mapping to columns")
    numbers = np.array([_number(circuit, name) for name in names], np.int64)
    if len(set(numbers.tolist())) < len(numbers):
        raise ArgumentError(f"inputs names one input twice: {names!r}")
    width = -(-vectors // 64)
    if isinstance(inputs, Mapping):
        if columns is not None:
            raise ArgumentError("columns is given twice: inputs is a mapping to columns")
        columns = _stack(inputs, width if packed else vectors, axis=0 if packed else 1)
    if not len(numbers):
        return numbers, np.zeros((0, width), np.uint64)
    if packed:
        words = check_words(columns, len(numbers), "columns")
        _check_shape(words.shape, (len(numbers), width))
        return numbers, words
    bits = as_array(columns, "columns")
    _check_shape(bits.shape, (vectors, len(numbers)))
    if not bits.size:
        return numbers, np.zeros((len(numbers), width), np.uint64)
    check_bits(bits, "columns")
    return numbers, pack(bits)


def is_integer(value: object) -> bool:
    """Whether it is an integer, and no truth value."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _number(circuit: Circuit, name: object) -> int:
    if isinstance(name, str):
        places: dict[str, int] = circuit.remember(
            "input places", lambda: {n: i for i, n in enumerate(circuit.input_names)}
        )
        if name in places:
            return places[name]
    elif isinstance(name, int | np.integer) and is_integer(name) and 0 <= name < circuit.n_inputs:
        return int(name)
    raise ArgumentError(f"there is no input {name!r}: this circuit has {circuit.n_inputs}")


def _stack(columns: Mapping[str | int, object], length: int, axis: int) -> object:
    arrays = [as_array(column, f"the column of input {name!r}") for name, column in columns.items()]
    for name, array in zip(columns, arrays, strict=True):
        if array.shape != (length,):
            raise ArgumentError(
                f"the column of input {name!r} has shape {array.shape}, not ({length},)"
            )
    return np.stack(arrays, axis) if arrays else None


def _check_shape(shape: tuple[int, ...], wanted: tuple[int, int]) -> None:
    if shape != wanted:
        raise ArgumentError(f"columns has shape {shape}; these inputs take {wanted}")
