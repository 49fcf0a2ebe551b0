"""Arrangement: values put elsewhere, left out or repeated. No gate, no level.

Values in a code stay in it: their wires are moved. `Concatenate` and `Stack` of different codes and
`Pad` make linear forms instead.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.axes import (
    Arrangement,
    axes_of,
    behind,
    numbers_of,
    written,
)
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from tcsim.networks.operations.axes import Array, Axis


class Reshape(Arrangement):
    """The same values, in order, under other axes.

    Args:
        shape: the new axes; one may be -1, which stands for what is left, and each may be the name
            of an axis of the inputs.

    Raises:
        NetworkError: lengths that are none.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Reshape
        >>> Reshape((2, -1))(np.arange(6).reshape(1, 6)).tolist()
        [[[0, 1, 2], [3, 4, 5]]]
    """

    __slots__ = ("shape",)

    shape: tuple[Axis, ...]

    def __init__(self, shape: Iterable[Axis]) -> None:
        made = axes_of(shape, least=-1)
        if made.count(-1) > 1 or 0 in made:
            raise NetworkError(f"a shape has lengths from 1 and at most one -1, not {made}")
        self._set(shape=made)

    def at(self, axes: Mapping[str, int]) -> Reshape:
        """With numbers for named axes."""
        return Reshape(axes.get(str(axis), axis) for axis in self.shape)

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        (x,) = operands
        return x.reshape(len(x), *self.shape)

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        super().check(*shapes)
        numbers = numbers_of(self.shape)
        count, known = math.prod(shapes[0]), math.prod(axis for axis in numbers if axis > 0)
        if count % known or (count != known and -1 not in numbers):
            raise NetworkError(f"values of {shapes[0]} have no shape {self.shape}")

    def __repr__(self) -> str:
        return f"<Reshape: {written(self.shape)}>"


class Transpose(Arrangement):
    """The same values with their axes in another order.

    Args:
        order: number of the old axis that each new axis is.

    Raises:
        NetworkError: no permutation of 0, 1, ...
    """

    __slots__ = ("order",)

    order: tuple[int, ...]

    def __init__(self, order: Iterable[int]) -> None:
        made = tuple(order)
        if sorted(made) != list(range(len(made))):
            raise NetworkError(f"axes are put in the order of a permutation, not {made}")
        self._set(order=made)

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        (x,) = operands
        return x.transpose(0, *(axis + 1 for axis in self.order))

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        super().check(*shapes)
        if len(shapes[0]) != len(self.order):
            raise NetworkError(f"an order of {len(self.order)} axes for values of {shapes[0]}")

    def __repr__(self) -> str:
        return f"<Transpose: {self.order}>"


class Slice(Arrangement):
    """Every `step`-th place of an axis, from `start` up to, not including, `stop`, as in Python.

    Args:
        axis: which; negative ones count from the last.
        start: the first place; negative ones count from the end. None: from the end that the step
            leaves.
        stop: likewise; None: to the other end.
        step: any integer but 0.

    Raises:
        NetworkError: a step of 0, or no integers.
    """

    __slots__ = ("axis", "start", "step", "stop")

    axis: int
    start: int | None
    stop: int | None
    step: int

    def __init__(
        self, axis: int, start: int | None = None, stop: int | None = None, step: int = 1
    ) -> None:
        ends = (axis, step, *(end for end in (start, stop) if end is not None))
        if not all(isinstance(end, int) for end in ends) or step == 0:
            raise NetworkError(f"a slice has integers and no step of 0, not {(start, stop, step)}")
        self._set(axis=axis, start=start, stop=stop, step=step)

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        (x,) = operands
        where = behind(self.axis, x.ndim - 1)
        part: Array = x[(*(slice(None),) * where, slice(self.start, self.stop, self.step))]
        return part

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`; ends beyond the axis are refused, where Python would cut them off."""
        super().check(*shapes)
        length = shapes[0][behind(self.axis, len(shapes[0])) - 1]
        for end in (self.start, self.stop):
            if end is not None and not -length <= end <= length:
                raise NetworkError(f"{self!r} goes beyond an axis of length {length}")
        if not range(length)[self.start : self.stop : self.step]:
            raise NetworkError(f"{self!r} leaves nothing of an axis of length {length}")

    def __repr__(self) -> str:
        ends = ":".join("" if end is None else str(end) for end in (self.start, self.stop))
        return f"<Slice: axis {self.axis}, {ends}{f':{self.step}' if self.step != 1 else ''}>"


class Gather(Arrangement):
    """The places of an axis that a constant array names, in its shape.

    Args:
        indices: integers, any shape, which takes the place of the axis; negative ones count from
            the end.
        axis: which; negative ones count from the last.

    Raises:
        NetworkError: indices that are no integers, or none at all.
    """

    __slots__ = ("axis", "indices")

    axis: int
    indices: npt.NDArray[np.int64]

    def __init__(self, indices: object, axis: int = 0) -> None:
        made = np.asarray(indices)
        if made.dtype.kind not in "iu" or not made.size:
            raise NetworkError(f"indices are integers, not {made.dtype} of shape {made.shape}")
        self._set(indices=made.astype(np.int64), axis=int(axis))

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        (x,) = operands
        return np.take(x, self.indices, axis=behind(self.axis, x.ndim - 1))

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        super().check(*shapes)
        length = shapes[0][behind(self.axis, len(shapes[0])) - 1]
        low, high = int(self.indices.min()), int(self.indices.max())
        if low < -length or high >= length:
            wrong = low if low < -length else high
            raise NetworkError(f"index {wrong} for an axis of length {length}")

    def __repr__(self) -> str:
        return f"<Gather: {self.indices.size} places of axis {self.axis}>"


class Pad(Arrangement):
    """A constant around the values. They become linear forms: a constant has no wires of its own.

    Args:
        widths: for each of the last axes, how many places (before, after) are added.
        value: the constant.

    Raises:
        NetworkError: widths that are no pairs of integers from 0.
    """

    __slots__ = ("value", "widths")

    widths: tuple[tuple[int, int], ...]
    value: int

    def __init__(self, widths: Iterable[tuple[int, int]], value: int = 0) -> None:
        made = tuple((pair[0], pair[1]) for pair in map(tuple, widths) if len(pair) == 2)
        given = [end for pair in made for end in pair]
        if not made or not all(isinstance(end, int) and end >= 0 for end in given):
            raise NetworkError(f"pads are pairs of integers from 0, not {made}")
        if not isinstance(value, int) or abs(value) >= LIMIT:
            raise NetworkError(f"a pad is of one integer within 2**62, not {value!r}")
        self._set(widths=made, value=value)

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        return self.around(operands[0], self.value)

    def around(self, x: Array, value: object) -> Array:
        """Rows of arrays of anything, with something around them."""
        free = x.ndim - len(self.widths)
        inner = x.shape[free:]
        outer = [n + sum(pair) for n, pair in zip(inner, self.widths, strict=True)]
        result = np.empty((*x.shape[:free], *outer), x.dtype)
        result.fill(value)
        window: Any = (slice(b, b + n) for n, (b, _) in zip(inner, self.widths, strict=True))
        result[(..., *window)] = x
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        found = super().infer(*operands)
        return Values(found.shape, found.lo, found.hi)

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        super().check(*shapes)
        if len(self.widths) > len(shapes[0]):
            raise NetworkError(f"pads of {len(self.widths)} axes for values of {shapes[0]}")

    def __repr__(self) -> str:
        return f"<Pad: {self.widths} with {self.value}>"


class Broadcast(Arrangement):
    """Values repeated along new axes in front and along axes of length 1, as NumPy does.

    Args:
        shape: the new axes; each may be the name of an axis of the inputs.

    Raises:
        NetworkError: lengths that are none.
    """

    __slots__ = ("shape",)

    shape: tuple[Axis, ...]

    def __init__(self, shape: Iterable[Axis]) -> None:
        self._set(shape=axes_of(shape, least=1))

    def at(self, axes: Mapping[str, int]) -> Broadcast:
        """With numbers for named axes."""
        return Broadcast(axes.get(str(axis), axis) for axis in self.shape)

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        (x,) = operands
        shape = numbers_of(self.shape)
        return np.broadcast_to(
            x.reshape(len(x), *(1,) * (len(shape) - x.ndim + 1), *x.shape[1:]), (len(x), *shape)
        )

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        super().check(*shapes)
        shape = numbers_of(self.shape)
        try:
            fits = np.broadcast_shapes(shapes[0], shape) == shape
        except ValueError:
            fits = False
        if not fits:
            raise NetworkError(f"values of {shapes[0]} do not broadcast to {self.shape}")

    def __repr__(self) -> str:
        return f"<Broadcast: {written(self.shape)}>"


class Concatenate(Arrangement):
    """Arrays one after the other along an axis.

    Args:
        axis: which; negative ones count from the last.
    """

    __slots__ = ("axis",)

    axis: int

    def __init__(self, axis: int = 0) -> None:
        self._set(axis=int(axis))

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        return np.concatenate(operands, axis=behind(self.axis, operands[0].ndim - 1))

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        axis = behind(self.axis, len(shapes[0])) - 1
        if len({(*shape[:axis], *shape[axis + 1 :], len(shape)) for shape in shapes}) != 1:
            raise NetworkError(f"{' and '.join(map(str, shapes))} do not line up along axis {axis}")

    def __repr__(self) -> str:
        return f"<Concatenate: axis {self.axis}>"


class Stack(Arrangement):
    """Arrays of one shape along a new axis.

    Args:
        axis: the place of the new axis; negative ones count from the last of the result.
    """

    __slots__ = ("axis",)

    axis: int

    def __init__(self, axis: int = 0) -> None:
        self._set(axis=int(axis))

    def __call__(self, *operands: Array) -> Array:
        """See `Operation`."""
        return np.stack(operands, axis=behind(self.axis, operands[0].ndim))

    def check(self, *shapes: tuple[int, ...]) -> None:
        """See `Arrangement`."""
        behind(self.axis, len(shapes[0]) + 1)
        if len(set(shapes)) != 1:
            raise NetworkError(f"{' and '.join(map(str, shapes))} cannot be stacked")

    def __repr__(self) -> str:
        return f"<Stack: axis {self.axis}>"
