"""Lazy: real values and a function of them that is not rounded yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.quantizing.quantizer import Quantizer, Real
    from tcsim.networks.tables.activations import Floats


@dataclass(frozen=True, eq=False)
class Lazy:
    """``function(real)``, place by place.

    Functions of one value are put together, so that a GELU of six nodes is one table, and a
    rectifier behind a matrix product is one rounding.

    Attributes:
        real: the values.
        function: on float64 arrays; None for nothing.
        rising: whether it never decreases.
        name: what it is called.
    """

    real: Real
    function: Callable[[Floats], Floats] | None = None
    rising: bool = True
    name: str = ""

    @property
    def edge(self) -> Any:  # noqa: ANN401
        """The integers that the function is not applied to yet."""
        return self.real.edge

    @property
    def shape(self) -> tuple[int, ...]:
        """Axes."""
        return self.real.edge.known.shape

    @property
    def sample(self) -> Floats:
        """The real values on the calibration rows."""
        return self(self.real.sample)

    def __call__(self, values: Floats) -> Floats:
        """The function."""
        return values if self.function is None else self.function(values)

    def then(self, function: Callable[[Floats], Floats], name: str, *, rising: bool) -> Lazy:
        """With one more function behind."""
        before = self
        both = function if self.function is None else (lambda v: function(before(v)))
        label = f"{self.name} {name}".strip()
        return Lazy(self.real, both, self.rising and rising, label)

    def beside(
        self, other: Lazy, function: Callable[[Floats, Floats], Floats], name: str
    ) -> Lazy | None:
        """A function of two functions of the same values; None where the values differ."""
        if self.real is not other.real:
            return None
        first, second = self, other
        return Lazy(self.real, lambda v: function(first(v), second(v)), False, name)


@dataclass(frozen=True, eq=False)
class Scores:
    """Products of queries and keys, times a factor, perhaps masked.

    Attributes:
        q: queries, shape (..., n, width).
        k: keys, shape (..., width, m).
        factor: what the products are multiplied by.
        mask: where a query sees a key; None for everywhere.
        normal: whether the softmax was taken.
    """

    q: Lazy
    k: Lazy
    factor: float = 1.0
    mask: np.ndarray | None = None
    normal: bool = False

    @property
    def edge(self) -> Any:  # noqa: ANN401
        """Any array that is not constant."""
        return self.q.edge

    @property
    def shape(self) -> tuple[int, ...]:
        """Axes."""
        return (*self.q.shape[:-1], self.k.shape[-1])

    @property
    def causal(self) -> bool:
        """Whether the mask lets a query see the keys up to its own place: that has any length."""
        if self.mask is None:
            return False
        n, m = self.mask.shape[-2:]
        return n == m and bool((self.mask == np.tri(n, dtype=bool)).all())


def resolved(importer: Importer, x: Lazy) -> Real:
    """The values of the function, rounded where it is more than nothing."""
    if x.function is None:
        return x.real
    quantizer: Quantizer = importer.quantizer
    if x.rising:
        return quantizer.code(x.real, x.function, name=x.name)
    return quantizer.table(_thermometer(importer, coded(importer, Lazy(x.real))), x.function)


def coded(importer: Importer, x: Lazy) -> Real:
    """Rounded values."""
    real = resolved(importer, x)
    return importer.quantizer.code(real) if real.edge.known.code is None else real


def simple(importer: Importer, x: Lazy) -> Real:
    """Values of one scale, rounded only where they have several."""
    real = resolved(importer, x)
    plain = real.scale.size == 1 and not np.any(real.shift)
    return real if plain else importer.quantizer.code(real)


def thermometer(importer: Importer, x: Lazy) -> Real:
    """Rounded values in thermometer code."""
    return _thermometer(importer, coded(importer, x))


def _thermometer(importer: Importer, real: Real) -> Real:
    edge = importer.thermometer(real.edge)
    return real if edge is real.edge else replace(real, edge=edge)


def lazy_input(step: Step, number: int) -> Lazy:
    """An input that is computed.

    Raises:
        NetworkError: it is a constant, or scores of attention.
    """
    found = step.input(number)
    if not isinstance(found, Lazy):
        raise NetworkError(f"input {number} is a constant, or scores of attention")
    return found
