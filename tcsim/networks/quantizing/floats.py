"""FloatNetwork: a trained feed-forward network as a plain list of layers of real numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.tables.activations import activation

if TYPE_CHECKING:
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class FloatLayer:
    """``activation(x @ weights + bias)``.

    Attributes:
        weights: float64, shape (inputs, outputs), read-only.
        bias: float64, shape (outputs,), read-only.
        activation: a name in `tcsim.networks.tables.activations`.
    """

    weights: Floats
    bias: Floats
    activation: str

    def __call__(self, x: Floats) -> Floats:
        """Apply the layer to float64 rows of shape (rows, inputs)."""
        function = activation(self.activation, "layer").function
        return function(x @ self.weights + self.bias)


@dataclass(frozen=True, eq=False)
class FloatNetwork:
    """Layers of real numbers, and how the outputs are read. Made by `from_layers` and importers.

    Attributes:
        layers: the layers, first to last.
        classify: whether the answer is the class of the largest output, the lowest on a tie; else
            the outputs themselves are.
        labels: one label per class; None numbers the classes from 0.
    """

    layers: tuple[FloatLayer, ...]
    classify: bool
    labels: tuple[object, ...] | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of each layer's outputs."""
        return (len(self.layers[0].weights), *(len(layer.bias) for layer in self.layers))

    def __call__(self, rows: object) -> Floats:
        """The last layer's outputs.

        Args:
            rows: real numbers, shape (rows, inputs).

        Returns:
            float64, shape (rows, outputs).

        Raises:
            ArgumentError: wrong shape or dtype, or a value is not finite.
        """
        return self.activations(rows)[-1]

    def activations(self, rows: object) -> list[Floats]:
        """The outputs of every layer: float64, shapes (rows, outputs of the layer).

        Raises:
            ArgumentError: as `__call__`; or a value leaves the range of floating point.
        """
        values = [real_rows(rows, self.sizes[0], "rows")]
        for number, layer in enumerate(self.layers, 1):
            with np.errstate(over="ignore", invalid="ignore"):
                values.append(layer(values[-1]))
            if not np.isfinite(values[-1]).all():
                row, neuron = (int(i) for i in np.argwhere(~np.isfinite(values[-1]))[0])
                raise ArgumentError(
                    f"rows[{row}] takes layer {number}, neuron {neuron} beyond floating point"
                )
        return values[1:]

    def predict(self, rows: object) -> np.ndarray:
        """Labels, shape (rows,), of a classifier; else the outputs, shape (rows, outputs)."""
        outputs = self(rows)
        return class_labels(outputs.argmax(axis=1), self.labels) if self.classify else outputs

    def accuracy(self, rows: object, labels: object) -> float:
        """Share of rows that get the right label; of a regressor, R^2. See `accuracy`."""
        return accuracy(self.predict(rows), labels, classify=self.classify)

    def __repr__(self) -> str:
        kind = "classes" if self.classify else "outputs"
        names = ", ".join(layer.activation for layer in self.layers)
        return f"<FloatNetwork: {' -> '.join(map(str, self.sizes))} {kind}; {names}>"


def from_layers(
    layers: Iterable[tuple[object, object, str]],
    *,
    classify: bool = True,
    labels: Sequence[object] | None = None,
) -> FloatNetwork:
    """A network out of a plain list of (weights, bias, activation).

    Args:
        layers: per layer the weights, shape (inputs, outputs), the bias, shape (outputs,), and the
            activation: ``"identity"``, ``"relu"``, ``"step"`` (1 where z >= 0), ``"logistic"`` or
            ``"tanh"``.
        classify: whether the answer is the class of the largest output. The last activation is
            then identity, ``"softmax"`` or ``"logistic"``, which do not change the largest; one
            single output z decides between two classes, the second where z > 0.
        labels: one label per class.

    Raises:
        NetworkError: names the layer and the value at fault.

    Example:
        >>> import tcsim as tc
        >>> tc.networks.from_layers([([[1.0], [1.0]], [-1.5], "identity")], labels=["no", "yes"])
        <FloatNetwork: 2 -> 2 classes; identity>
    """
    made: list[FloatLayer] = []
    if not isinstance(layers, Iterable):
        raise NetworkError(f"layers must be a list of (weights, bias, activation), not {layers!r}")
    given = list(layers)
    for number, item in enumerate(given, 1):
        where = f"layer {number}"
        if not isinstance(item, Sequence) or isinstance(item, str) or len(item) != 3:
            raise NetworkError(f"{where} must be (weights, bias, activation)")
        weights, bias = (
            _array(item[0], f"{where}: weights", 2),
            _array(item[1], f"{where}: bias", 1),
        )
        inputs, outputs = weights.shape
        if not inputs or not outputs:
            raise NetworkError(f"{where}: weights of shape {weights.shape} hold nothing")
        if len(bias) != outputs:
            raise NetworkError(f"{where}: {outputs} outputs but a bias of shape {bias.shape}")
        if made and inputs != len(made[-1].bias):
            raise NetworkError(
                f"{where}: weights have shape {weights.shape}, but layer {number - 1} has "
                f"{len(made[-1].bias)} outputs; weights are (inputs, outputs)"
            )
        last = classify and number == len(given)
        name = item[2]
        if last and isinstance(name, str) and name in _MONOTONE:
            name = "identity"
        name = activation(name, where).name
        if last and name != "identity":
            raise NetworkError(f"{where}: a classifier ends with {_MONOTONE}, not {item[2]!r}")
        made.append(FloatLayer(weights, bias, name))
    if not made:
        raise NetworkError("a network needs at least one layer")
    if classify and len(made[-1].bias) == 1:
        made[-1] = _two_classes(made[-1])
    return FloatNetwork(tuple(made), classify, _labels(labels, len(made[-1].bias), classify))


_MONOTONE = ("identity", "linear", "logistic", "sigmoid", "softmax")
"""Last activations that leave the order of the outputs as it is."""


def accuracy(predicted: object, labels: object, *, classify: bool) -> float:
    """How well predictions fit.

    Args:
        predicted: labels, shape (rows,), or real outputs, shape (rows, outputs).
        labels: what was right, of the same shape; (rows,) will do for a single output.
        classify: whether these are labels.

    Returns:
        Share of right labels; else the coefficient of determination R^2, averaged over outputs (1
        where an output never varies and is met exactly, 0 where it is not).

    Raises:
        ArgumentError: no rows, or shapes that differ.
    """
    found, right = np.asarray(predicted), np.asarray(labels)
    if not classify and right.ndim == 1:
        right = right[:, None]
    if found.shape != right.shape or not len(found):
        raise ArgumentError(f"labels have shape {right.shape}, predictions {found.shape}")
    if classify:
        return float((found == right).mean())
    residual = ((found - right) ** 2).sum(axis=0)
    total = ((right - right.mean(axis=0)) ** 2).sum(axis=0)
    steady = np.where(residual == 0, 1.0, 0.0)
    return float(np.where(total > 0, 1 - residual / np.where(total > 0, total, 1), steady).mean())


def class_labels(classes: Integers, labels: tuple[object, ...] | None) -> np.ndarray:
    """The labels of class numbers."""
    return classes if labels is None else np.array(labels)[classes]


def real_rows(rows: object, shape: int | tuple[int | str, ...], what: str) -> Floats:
    """Rows of finite real numbers as float64, shape ``(rows, *shape)``.

    A named axis takes any length.

    Raises:
        ArgumentError: wrong shape or dtype, or a value is not finite; its place is named.
    """
    try:
        array = np.asarray(rows)
    except ValueError as error:
        raise ArgumentError(f"{what} must be an array of numbers: {error}") from None
    axes = (shape,) if isinstance(shape, int) else shape
    fits = array.ndim == 1 + len(axes) and all(
        isinstance(axis, str) or axis == length
        for axis, length in zip(axes, array.shape[1:], strict=True)
    )
    if not fits or array.dtype.kind not in "buif":
        raise ArgumentError(
            f"{what} must be numbers of shape (rows, {', '.join(map(str, axes))}), "
            f"not {array.dtype} of shape {array.shape}"
        )
    real: Floats = array.astype(np.float64)
    if not np.isfinite(real).all():
        where = [int(i) for i in np.argwhere(~np.isfinite(real))[0]]
        raise ArgumentError(f"{what}{where} is {real[tuple(where)]}")
    return real


def _two_classes(layer: FloatLayer) -> FloatLayer:
    """The layer with outputs (0, z) for the single output z: the second class iff z > 0."""
    weights = np.concatenate((np.zeros_like(layer.weights), layer.weights), axis=1)
    bias = np.concatenate((np.zeros(1), layer.bias))
    return FloatLayer(_frozen(weights), _frozen(bias), layer.activation)


def _labels(labels: object, outputs: int, classify: bool) -> tuple[object, ...] | None:  # noqa: FBT001
    if labels is None:
        return None
    if not classify:
        raise NetworkError("labels are for classifiers: leave them out with classify=False")
    found = tuple(np.asarray(labels).tolist()) if np.ndim(labels) else ()  # type: ignore[arg-type]
    if len(found) != outputs or len(set(found)) != outputs:
        raise NetworkError(f"labels must be {outputs} different values, not {labels!r}")
    return found


def _array(values: object, what: str, dimensions: int) -> Floats:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise NetworkError(f"{what} must be an array of numbers: {error}") from None
    if array.ndim != dimensions or array.dtype.kind not in "buif":
        raise NetworkError(
            f"{what} must be numbers with {dimensions} axes, "
            f"not {array.dtype} of shape {array.shape}"
        )
    real = array.astype(np.float64)
    if not np.isfinite(real).all():
        where = [int(i) for i in np.argwhere(~np.isfinite(real))[0]]
        raise NetworkError(f"{what}{where} is {real[tuple(where)]}, not a finite number")
    return _frozen(real)


def _frozen(array: Floats) -> Floats:
    array.flags.writeable = False
    return array
