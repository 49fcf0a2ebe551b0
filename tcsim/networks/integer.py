"""IntegerNetwork: integers in, integers out, exactly one meaning, executable in NumPy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.codes import Code, Kind, integers_within
from tcsim.networks.immutable import Immutable
from tcsim.networks.inference import bound, check_sources, infer_all, nodes_of
from tcsim.networks.inputs import Inputs
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.quantizing.floats import accuracy, class_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.networks.measuring.cost import NetworkCost
    from tcsim.networks.node import Node
    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.values import Values
    from tcsim.typing import Bits, Integers


class IntegerNetwork(Immutable):
    """Integer operations, each on inputs or on results of earlier ones. Immutable.

    `tcsim.networks.Sketch` writes one operation by operation. A plain list of operations is a
    chain: each reads what the one before it made.

    Args:
        inputs: what it reads: one array, or several.
        nodes: its operations in an order in which each follows its sources, or a chain.
        outputs: numbers of the values that it gives; the last one unless said. They stand on
            wires: a network ends with an operation that has a code, such as `Requantize`.
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

    __slots__ = ("labels", "nodes", "output_scale", "outputs", "sources", "values")

    sources: tuple[Inputs, ...]
    """What it reads."""
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    labels: tuple[object, ...] | None
    output_scale: float
    values: tuple[Values, ...]
    """Shape, range and code of the inputs and of what each node makes. Empty while an axis of the
    inputs has a name and no number."""

    def __init__(
        self,
        inputs: Inputs | Iterable[Inputs],
        nodes: Iterable[Node | Operation],
        outputs: Iterable[int] | None = None,
        *,
        labels: Iterable[object] | None = None,
        output_scale: float = 1.0,
    ) -> None:
        sources = (inputs,) if isinstance(inputs, Inputs) else tuple(inputs)
        steps = tuple(nodes)
        made = nodes_of(steps, len(sources))
        check_sources(made, len(sources))
        last = len(sources) + len(made) - 1
        given = (last,) if outputs is None else tuple(outputs)
        names = None if labels is None else tuple(labels)
        self._set(
            sources=sources,
            nodes=made,
            outputs=given,
            labels=names,
            output_scale=float(output_scale),
            values=(),
        )
        if not self.named_axes:
            self._set(values=infer_all(sources, made))
            self._check_outputs()

    # Structure -----------------------------------------------------------------------------------

    @property
    def inputs(self) -> Inputs:
        """The one array that it reads.

        Raises:
            NetworkError: it reads several; they are `sources`.
        """
        if len(self.sources) != 1:
            raise NetworkError(f"this network reads {len(self.sources)} arrays: see its sources")
        return self.sources[0]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations, in order."""
        return tuple(node.operation for node in self.nodes)

    @property
    def named_axes(self) -> tuple[str, ...]:
        """Names of the axes of inputs that have no number yet."""
        axes = [axis for one in self.sources for axis in one.axes if isinstance(axis, str)]
        return tuple(dict.fromkeys(axes))

    @property
    def classify(self) -> bool:
        """Whether the answer is one class number."""
        operation = self.nodes[-1].operation
        return (
            isinstance(operation, Argmax)
            and self.outputs == (len(self.sources) + len(self.nodes) - 1,)
            and (not self.values or self.values[-1].shape == (1,))
        )

    @property
    def ranges(self) -> tuple[tuple[Integers, Integers], ...]:
        """(least, largest) of each array of values; see `Values`."""
        return tuple((one.lo, one.hi) for one in self.values)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of the values on wires that each node makes."""
        inner = [
            (one.size if not isinstance(node.operation, Argmax) else node.operation.classes)
            for node, one in zip(self.nodes, self.values[len(self.sources) :], strict=True)
            if one.code is not None
        ]
        return (sum(one.features for one in self.sources), *inner)

    @property
    def layers(self) -> Mapping[str, tuple[Operation, ...]]:
        """The operations by their scope, in order.

        Those of a chain are called ``"hidden1"``, ``"hidden2"``, ..., each up to an operation that
        makes wires, and the last ``"output"``.
        """
        groups: dict[str, tuple[Operation, ...]] = {}
        for node in self.nodes:
            groups[node.scope] = (*groups.get(node.scope, ()), node.operation)
        return groups

    @property
    def output_values(self) -> tuple[Values, ...]:
        """Shape, range and code of each output."""
        self.require_numbers()
        return tuple(self.values[number] for number in self.outputs)

    @property
    def output_code(self) -> Code:
        """How each integer of the one output stands on wires.

        Raises:
            NetworkError: it has several outputs; see `output_values`.
        """
        if len(self.outputs) != 1:
            raise NetworkError(f"this network has {len(self.outputs)} outputs: see output_values")
        code = self.output_values[0].code
        assert code is not None  # noqa: S101 - the constructor's check
        return code

    def at(self, **axes: int) -> IntegerNetwork:
        """This network with numbers for named axes, such as ``at(n=16)``.

        Raises:
            NetworkError: no axis has that name, or the operations do not fit its number.
        """
        unknown = set(axes) - set(self.named_axes)
        if unknown:
            names = ", ".join(self.named_axes) or "none"
            raise NetworkError(f"no axis of the inputs is called {min(unknown)!r}; names: {names}")
        sources = tuple(
            replace(one, shape=tuple(axes.get(str(axis), axis) for axis in one.axes))
            for one in self.sources
        )
        nodes = [replace(node, operation=bound(node.operation, axes)) for node in self.nodes]
        return self._with(sources=sources, nodes=nodes)

    def with_codes(
        self, *, inputs: Kind | None = None, hidden: Kind | None = None, outputs: Kind | None = None
    ) -> IntegerNetwork:
        """The same function on other wires.

        Args:
            inputs: code of the inputs; None leaves it. A binary input costs no level: a linear form
                reads digits as well as thermometers.
            hidden: code of hidden values. Thermometer: 1 level, a gate a step; binary: 2 levels, a
                gate a digit more, and fewer wires to the next layer.
            outputs: code of the outputs of a network that does not end with argmax.

        Raises:
            NetworkError: an unknown code, another code for class numbers than one-hot, or an
                operation that cannot read the code.
        """
        nodes: list[Node] = []
        for number, node in enumerate(self.nodes, len(self.sources)):
            kind = outputs if number in self.outputs else hidden
            operation = node.operation
            if isinstance(operation, Argmax):
                if number in self.outputs and kind not in (None, "one_hot"):
                    raise NetworkError(f"a class number is in one-hot code, not {kind!r}")
            elif kind is not None and isinstance(getattr(operation, "code", None), Code):
                operation = operation.with_code(replace(operation.code, kind=kind))  # type: ignore[attr-defined]
            nodes.append(replace(node, operation=operation))
        sources = self.sources
        if inputs is not None:
            sources = tuple(replace(one, code=replace(one.code, kind=inputs)) for one in sources)
        return self._with(sources=sources, nodes=nodes)

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
        from tcsim.networks.measuring.cost import network_cost

        return network_cost(self)

    # Meaning -------------------------------------------------------------------------------------

    def __call__(self, *x: object) -> Integers:
        """Run integers through the network.

        Args:
            *x: for each array of inputs, integers in its range, shape ``(rows, *shape)``.

        Returns:
            int64: class numbers, shape (rows,), after argmax; else shape (rows, *shape of the
            output). A network of several outputs gives the first; `run` gives them all.

        Raises:
            ArgumentError: wrong shape, no integers, or out of range.
        """
        (first, *_) = self.run(*x)
        return first[:, 0] if self.classify else first

    def run(self, *x: object) -> tuple[Integers, ...]:
        """Like a call, with every output: int64, shape ``(rows, *shape)`` each."""
        values = self.every_value(*x)
        return tuple(values[number] for number in self.outputs)

    def every_value(self, *x: object) -> list[Integers]:
        """The inputs and what every node makes of them, int64, shape ``(rows, *shape)`` each."""
        values = list(self.all_checked(*x))
        for node in self.nodes:
            values.append(node.operation(*(values[source] for source in node.sources)))
        return values

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

    def encode(self, *x: object) -> Bits:
        """Integer inputs as a batch for the compiled circuit.

        Args:
            *x: for each array of inputs, integers in its range, shape ``(rows, *shape)``.

        Returns:
            uint8, shape (rows, wires of all inputs).
        """
        words = [
            one.code.encode(values)
            for one, values in zip(self.sources, self.all_checked(*x), strict=True)
        ]
        return np.concatenate([bits.reshape(len(bits), -1) for bits in words], axis=1)

    def encode_outputs(self, *outputs: Integers) -> Bits:
        """What the compiled circuit must give where the network gives these integers."""
        words = []
        for one, values in zip(self.output_values, outputs, strict=True):
            assert one.code is not None  # noqa: S101 - the constructor's check
            words.append(one.code.encode(values).reshape(len(values), -1))
        return np.concatenate(words, axis=1)

    def decode(self, bits: object) -> Integers:
        """The circuit's outputs as the integers that `__call__` gives.

        Args:
            bits: 0/1 values, shape (rows, outputs of the circuit).

        Raises:
            ArgumentError: wrong shape, or bits that are no word of the outputs' code.
        """
        (first, *_) = self.decode_all(bits)
        return first[:, 0] if self.classify else first

    def decode_all(self, bits: object) -> tuple[Integers, ...]:
        """The circuit's outputs as the integers that `run` gives; see `decode`."""
        words = np.asarray(bits)
        if words.ndim != 2 or words.shape[1] != self.output_wires:
            raise ArgumentError(
                f"bits must have shape (rows, {self.output_wires}), not {words.shape}"
            )
        found, start = [], 0
        for one in self.output_values:
            assert one.code is not None  # noqa: S101 - the constructor's check
            stop = start + one.size * one.code.wires
            part = words[:, start:stop].reshape(len(words), one.size, one.code.wires)
            found.append(one.code.decode(part).reshape(len(words), *one.shape))
            start = stop
        return tuple(found)

    @property
    def input_wires(self) -> int:
        """Number of wires of all inputs."""
        return sum(one.features * one.code.wires for one in self.sources)

    @property
    def output_wires(self) -> int:
        """Number of wires of all outputs."""
        return sum(one.size * one.code.wires for one in self.output_values if one.code is not None)

    def checked(self, x: object) -> Integers:
        """The one array of integer inputs; see `all_checked`."""
        (values,) = self.all_checked(x)
        return values

    def all_checked(self, *x: object) -> tuple[Integers, ...]:
        """Integer inputs as arrays.

        Args:
            *x: for each array of inputs, integers in its range, shape ``(rows, *shape)``.

        Returns:
            int64, shape ``(rows, *shape)`` each.

        Raises:
            ArgumentError: wrong shape, no integers, out of range, or not as many rows everywhere.
        """
        self.require_numbers()
        if len(x) != len(self.sources):
            raise ArgumentError(f"this network reads {len(self.sources)} arrays, not {len(x)}")
        checked: list[Integers] = []
        for one, given in zip(self.sources, x, strict=True):
            values = integers_within(given, one.code.lo, one.code.hi, one.name)
            if values.shape[1:] != one.axes or not values.ndim:
                shape = ", ".join(map(str, one.axes))
                raise ArgumentError(
                    f"{one.name} must have shape (rows, {shape}), not {values.shape}"
                )
            if checked and len(values) != len(checked[0]):
                raise ArgumentError(
                    f"{one.name} has {len(values)} rows, {self.sources[0].name} {len(checked[0])}"
                )
            checked.append(values)
        return tuple(checked)

    def __repr__(self) -> str:
        read = ", ".join(
            f"{one.name} {' x '.join(map(str, one.axes)) or 1} of {one.code.lo}..{one.code.hi}"
            for one in self.sources
        )
        ends = [
            "?" if not self.values else " x ".join(map(str, self.values[number].shape)) or "1"
            for number in self.outputs
        ]
        last = self.nodes[-1].operation
        end = (
            f"{last.classes} classes"
            if self.classify and isinstance(last, Argmax)
            else f"{', '.join(ends)} outputs"
        )
        return f"<IntegerNetwork: {read} -> {end}, {len(self.nodes)} operations>"

    # Checks --------------------------------------------------------------------------------------

    def _with(self, sources: Iterable[Inputs], nodes: Iterable[Node]) -> IntegerNetwork:
        return IntegerNetwork(
            sources, nodes, self.outputs, labels=self.labels, output_scale=self.output_scale
        )

    def require_numbers(self) -> None:
        """Refuse a network with a named axis.

        Raises:
            NetworkError: an axis of the inputs has no number.
        """
        if not self.values:
            raise NetworkError(
                f"axis {self.named_axes[0]!r} of the inputs has no number: "
                f"use network.at({self.named_axes[0]}=...)"
            )

    def _check_outputs(self) -> None:
        for number in self.outputs:
            if not isinstance(number, int) or not 0 <= number < len(self.values):
                raise NetworkError(f"output {number!r} is no value of 0..{len(self.values) - 1}")
            if self.values[number].code is None:
                raise NetworkError(
                    f"output {number} must be on wires: the last operation is one that makes them, "
                    "such as Requantize or Argmax"
                )
        last = self.nodes[-1].operation
        classes = last.classes if isinstance(last, Argmax) else 0
        if self.labels is not None and len(self.labels) != classes:
            raise NetworkError(f"{len(self.labels)} labels do not fit the last operation, {last!r}")
