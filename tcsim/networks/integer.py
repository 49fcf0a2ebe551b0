"""IntegerNetwork: integers in, integers out, exactly one meaning, executable in NumPy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.codes import Code, Kind, integers_within
from tcsim.networks.floats import accuracy, class_labels
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.networks.cost import NetworkCost
    from tcsim.networks.inputs import Inputs
    from tcsim.typing import Bits, Integers

AnyOperation: TypeAlias = Affine | Requantize | Argmax
"""The operations there are."""


class IntegerNetwork(Immutable):
    """A sequence of integer operations. Immutable.

    Args:
        inputs: what it reads.
        operations: `Affine`, `Requantize` and `Argmax`; the last is a `Requantize` or the only
            `Argmax`, and no `Affine` follows another.
        labels: of a network that ends with `Argmax`: one label per class.
        output_scale: of any other: the real value of an output is its integer times this.

    Raises:
        NetworkError: the operations do not fit each other, or a value could reach 2**62.

    Example:
        >>> from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork
        >>> larger = IntegerNetwork(
        ...     Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)]
        ... )
        >>> larger([[3, 1], [1, 2], [2, 2]]).tolist()
        [0, 1, 0]
    """

    __slots__ = ("inputs", "labels", "operations", "output_scale", "ranges")

    inputs: Inputs
    operations: tuple[AnyOperation, ...]
    labels: tuple[object, ...] | None
    output_scale: float
    ranges: tuple[tuple[Integers, Integers], ...]
    """(least, largest) value per feature, int64: of the inputs, then after each operation."""

    def __init__(
        self,
        inputs: Inputs,
        operations: Iterable[AnyOperation],
        *,
        labels: Iterable[object] | None = None,
        output_scale: float = 1.0,
    ) -> None:
        made = tuple(operations)
        _check_order(made)
        names = None if labels is None else tuple(labels)
        last = made[-1]
        if names is not None and len(names) != (last.classes if isinstance(last, Argmax) else 0):
            raise NetworkError(f"{len(names)} labels do not fit the last operation, {last!r}")
        lo = np.full(inputs.features, inputs.code.lo, np.int64)
        hi = np.full(inputs.features, inputs.code.hi, np.int64)
        ranges = [(lo, hi)]
        for number, operation in enumerate(made, 1):
            try:
                ranges.append(operation.range(*ranges[-1]))
            except NetworkError as error:
                raise NetworkError(f"operation {number}: {error}") from None
        for end in (end for pair in ranges for end in pair):
            end.flags.writeable = False
        self._set(
            inputs=inputs,
            operations=made,
            labels=names,
            output_scale=float(output_scale),
            ranges=tuple(ranges),
        )

    # Structure -----------------------------------------------------------------------------------

    @property
    def classify(self) -> bool:
        """Whether the answer is a class number."""
        return isinstance(self.operations[-1], Argmax)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of each layer's outputs (values to choose from, under argmax)."""
        layers = [one for one in self.operations if not isinstance(one, Affine)]
        counts = [one.classes if isinstance(one, Argmax) else len(one.cuts) for one in layers]
        return (self.inputs.features, *counts)

    @property
    def layers(self) -> Mapping[str, tuple[AnyOperation, ...]]:
        """The operations in groups, each up to one that makes wires.

        They are called ``"hidden1"``, ``"hidden2"``, ..., and the last ``"output"``.
        """
        groups: list[tuple[AnyOperation, ...]] = [()]
        for operation in self.operations:
            groups[-1] += (operation,)
            if not isinstance(operation, Affine):
                groups.append(())
        names = [f"hidden{number}" for number in range(1, len(groups) - 1)]
        return dict(zip([*names, "output"], groups[:-1], strict=True))

    @property
    def output_code(self) -> Code:
        """How each output stands on wires."""
        last = self.operations[-1]
        assert isinstance(last, Argmax | Requantize)  # noqa: S101 - the constructor's check
        return last.code

    def with_codes(
        self, *, inputs: Kind | None = None, hidden: Kind | None = None, outputs: Kind | None = None
    ) -> IntegerNetwork:
        """The same function on other wires.

        Args:
            inputs: code of the inputs; None leaves it. A binary input costs no level: the first
                layer reads digits as well as thermometers.
            hidden: code of hidden values. Thermometer: 1 level, a gate a step; binary: 2 levels, a
                gate a digit more, and fewer wires to the next layer.
            outputs: code of the outputs of a network that does not end with argmax.

        Raises:
            NetworkError: an unknown code, or another code for class numbers than one-hot.
        """
        operations: list[AnyOperation] = []
        for operation in self.operations:
            kind = outputs if operation is self.operations[-1] else hidden
            if isinstance(operation, Requantize) and kind is not None:
                operations.append(operation.with_code(replace(operation.code, kind=kind)))
            elif isinstance(operation, Argmax) and kind not in (None, "one_hot"):
                raise NetworkError(f"a class number is in one-hot code, not {kind!r}")
            else:
                operations.append(operation)
        source = self.inputs
        if inputs is not None:
            source = replace(source, code=replace(source.code, kind=inputs))
        return IntegerNetwork(
            source, operations, labels=self.labels, output_scale=self.output_scale
        )

    def cost(self) -> NetworkCost:
        """Depth, gates, edges, width and weights as formulas, per layer and in total.

        They are those of the circuit built with ``share=False, fold=False``, exactly; the largest
        weight is an upper bound. The sharing circuit is at most as large.

        Example:
            >>> from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork
            >>> network = IntegerNetwork(
            ...     Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)]
            ... )
            >>> network.cost().total.size
            m_1*(m_1 - 1)/2 + m_1
            >>> network.cost().numbers().total.size, network.cost().total.depth
            (3, 2)
        """
        from tcsim.networks.cost import network_cost

        return network_cost(self)

    # Meaning -------------------------------------------------------------------------------------

    def __call__(self, x: object) -> Integers:
        """Run integers through the network.

        Args:
            x: integers in the inputs' range, shape (rows, features).

        Returns:
            int64: class numbers, shape (rows,), after argmax; else shape (rows, outputs).

        Raises:
            ArgumentError: wrong shape, no integers, or out of range.
        """
        values = self.checked(x)
        for operation in self.operations:
            values = operation(values)
        return values[:, 0] if self.classify else values

    def predict(self, rows: object) -> np.ndarray:
        """Labels, shape (rows,), or real outputs, shape (rows, outputs), of real rows."""
        return self.interpret(self(self.inputs.integers(rows)))

    def interpret(self, outputs: Integers) -> np.ndarray:
        """What the integers of `__call__` stand for: labels, or real numbers."""
        if self.classify:
            return class_labels(outputs, self.labels)
        return outputs.astype(np.float64) * self.output_scale

    def accuracy(self, rows: object, labels: object) -> float:
        """Share of rows that get the right label; of a regressor, R^2."""
        return accuracy(self.predict(rows), labels, classify=self.classify)

    # Wires ---------------------------------------------------------------------------------------

    def encode(self, x: object) -> Bits:
        """Integer inputs as a batch for the compiled circuit.

        Args:
            x: integers in the inputs' range, shape (rows, features).

        Returns:
            uint8, shape (rows, features * wires of the inputs' code).
        """
        bits = self.inputs.code.encode(self.checked(x))
        return bits.reshape(len(bits), -1)

    def encode_outputs(self, outputs: Integers) -> Bits:
        """What the compiled circuit must give where the network gives these integers."""
        bits = self.output_code.encode(outputs)
        return bits.reshape(len(bits), -1)

    def decode(self, bits: object) -> Integers:
        """The circuit's outputs as the integers that `__call__` gives.

        Args:
            bits: 0/1 values, shape (rows, outputs of the circuit).

        Raises:
            ArgumentError: wrong shape, or bits that are no word of the outputs' code.
        """
        words = np.asarray(bits)
        wires = self.output_code.wires
        count = len(self.ranges[-1][0])
        if words.ndim != 2 or words.shape[1] != count * wires:
            raise ArgumentError(f"bits must have shape (rows, {count * wires}), not {words.shape}")
        values = self.output_code.decode(words.reshape(len(words), count, wires))
        return values[:, 0] if self.classify else values

    def checked(self, x: object) -> Integers:
        """Integer inputs as an array.

        Args:
            x: integers in the inputs' range, shape (rows, features).

        Returns:
            int64, shape (rows, features).

        Raises:
            ArgumentError: wrong shape, no integers, or out of range.
        """
        code = self.inputs.code
        values = integers_within(x, code.lo, code.hi, "x")
        if values.ndim != 2 or values.shape[1] != self.inputs.features:
            raise ArgumentError(
                f"x must have shape (rows, {self.inputs.features}), not {values.shape}"
            )
        return values

    def __repr__(self) -> str:
        code = self.inputs.code
        kind = "classes" if self.classify else "outputs"
        return (
            f"<IntegerNetwork: {' -> '.join(map(str, self.sizes))} {kind}, "
            f"inputs {code.lo}..{code.hi}>"
        )


def _check_order(operations: tuple[object, ...]) -> None:
    for number, operation in enumerate(operations, 1):
        if not isinstance(operation, AnyOperation):
            raise NetworkError(f"operation {number} is no operation of a network: {operation!r}")
    if not operations or isinstance(operations[-1], Affine):
        raise NetworkError("the last operation must make wires: Requantize or Argmax")
    for number, operation in enumerate(operations, 1):
        if isinstance(operation, Argmax) and number < len(operations):
            raise NetworkError(f"operation {number} is an Argmax, which can only be the last")
        if (
            number > 1
            and isinstance(operation, Affine)
            and isinstance(operations[number - 2], Affine)
        ):
            raise NetworkError(
                f"operations {number - 1} and {number}: multiply the two Affine into one"
            )
