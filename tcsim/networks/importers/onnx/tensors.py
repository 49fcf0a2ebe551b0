"""What the importer knows of a tensor of a model: a constant, integers, or scaled integers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tcsim.networks.codes import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.sketch import Edge


class IntegerType(NamedTuple):
    """An integer type of ONNX.

    Attributes:
        lo: its least value.
        hi: its largest.
    """

    lo: int
    hi: int

    @property
    def bits(self) -> int:
        """How many digits it has."""
        return (self.hi - self.lo).bit_length()


def _types() -> dict[str, IntegerType]:
    made = {"BOOL": IntegerType(0, 1)}
    for bits in (2, 4, 8, 16, 32, 64):
        made[f"INT{bits}"] = IntegerType(-(1 << bits - 1), (1 << bits - 1) - 1)
        made[f"UINT{bits}"] = IntegerType(0, (1 << bits) - 1)
    return made


TYPES = _types()
"""The integer types by name."""

ASSUMED = {"INT64": (-(2**31 - 1), 2**31 - 1), "UINT64": (0, 2**31 - 1)}
"""Ranges of inputs of 64 bits, unless they are declared."""


def type_of(array: np.ndarray) -> str:
    """The name of an array's type, such as ``"INT8"``."""
    name = array.dtype.name.upper()
    return name if name in TYPES else ""


@dataclass(eq=False)
class Integers:
    """Integers in a sketch, with the type that they have in the model.

    Attributes:
        kind: name of the type.
        made: the edge with a code, or what makes it.
        form: an edge that need not have a code, where one costs less.
    """

    kind: str
    made: Edge | Callable[[], Edge]
    form: Edge | None = None

    @property
    def edge(self) -> Edge:
        """The integers on wires."""
        if callable(self.made):
            self.made = self.made()
        return self.made

    @property
    def shape(self) -> tuple[int, ...]:
        """Axes."""
        return (self.form or self.edge).known.shape

    @property
    def type(self) -> IntegerType:
        """The type."""
        return TYPES[self.kind]


@dataclass(eq=False)
class Scaled:
    """Real numbers ``scale * (integers - zero)`` in float32, and functions of them.

    Attributes:
        edge: integers, perhaps a linear form; None of a constant.
        scale: positive, of a shape that broadcasts against the integers'; float32, or float64 of
            a sum of two scales.
        zero: the integer that stands for 0.
        functions: applied one after the other.
        names: what they are called.
        rising: whether none of them ever decreases.
        features: shape of what differs from place to place, broadcast against the last axes.
        constant: integers that are known.
        zeros: their zero points, where they differ.
    """

    edge: Any
    scale: np.ndarray
    zero: int = 0
    functions: tuple[Callable[[np.ndarray], np.ndarray], ...] = ()
    names: tuple[str, ...] = ()
    rising: bool = True
    features: tuple[int, ...] = ()
    constant: np.ndarray | None = None
    zeros: np.ndarray | None = None

    def __post_init__(self) -> None:
        self.features = np.broadcast_shapes(self.features or (1,), self.scale.shape or (1,))

    @property
    def shape(self) -> tuple[int, ...]:
        """Axes."""
        shape: tuple[int, ...] = (
            self.constant.shape if self.constant is not None else self.edge.known.shape
        )
        return shape

    @property
    def whole(self) -> np.ndarray:
        """The integers of a constant."""
        assert self.constant is not None  # noqa: S101 - callers looked
        return self.constant

    @property
    def known(self) -> np.ndarray:
        """The real numbers of a constant, float32."""
        assert self.constant is not None  # noqa: S101 - callers looked
        zeros = 0 if self.zeros is None else self.zeros
        real: np.ndarray = ((self.constant - zeros) * self.scale).astype(np.float32)
        return real

    def then(
        self,
        function: Callable[[np.ndarray], np.ndarray],
        name: str,
        rising: bool,  # noqa: FBT001 - its callers name it
        like: np.ndarray | None = None,
    ) -> Scaled:
        """With one more function, which may differ from place to place as an array does."""
        features = self.features if like is None else np.broadcast_shapes(self.features, like.shape)
        return replace(
            self,
            functions=(*self.functions, function),
            names=(*self.names, name),
            rising=self.rising and bool(rising),
            features=features,
        )

    def plus(self, constant: np.ndarray) -> Scaled:
        """With a real constant added."""
        return self.then(lambda v: v + self.grown(constant, v), "add", True, constant)

    @staticmethod
    def grown(constant: np.ndarray, values: np.ndarray) -> np.ndarray:
        """A constant beside values that have one axis more, the last."""
        del values
        return constant[..., None]

    def over(self, integers: np.ndarray, step: np.floating) -> np.ndarray:
        """What integers stand for in units of a step, rounded half to even.

        Args:
            integers: shape ``(*features, k)``.
            step: the unit, float32.
        """
        scale = self.scale[..., None]
        centered = (integers - self.zero).astype(scale.dtype)
        with np.errstate(over="ignore"):
            if not self.functions and scale.dtype == np.float32:
                units = np.rint(centered * (scale / step))
            else:
                units = np.rint(self.real(integers) / scale.dtype.type(step))
        return np.asarray(units)

    def real(self, integers: np.ndarray) -> np.ndarray:
        """What integers of shape ``(*features, k)`` stand for.

        That is float32, or float64 where it is of exact sums.
        """
        scale = self.scale[..., None]
        with np.errstate(over="ignore"):
            real = (integers - self.zero).astype(scale.dtype) * scale
            for function in self.functions:
                real = np.asarray(function(real), scale.dtype)
        return np.asarray(real)


Tensor = Any
"""A constant ``numpy.ndarray``, `Integers`, `Scaled`, or ``quantizer.Real``."""


def whole(lo: int, hi: int) -> Code:
    """The least binary code of 2**b values that holds a range and suits two's complements."""
    if lo >= 0:
        return Code(0, (1 << max(1, hi.bit_length())) - 1, "binary")
    bits = max(-lo - 1, hi).bit_length()
    return Code(-(1 << bits), (1 << bits) - 1, "binary")


@dataclass
class Failure:
    """A node that cannot be imported.

    Attributes:
        node: its name, or that of its output.
        operator: its operator.
        reason: why not.
    """

    node: str
    operator: str
    reason: str
    inputs: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.operator} {self.node!r}: {self.reason}"
