"""Quantizer: writes a real-valued network in integers, scales chosen on calibration rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.embedding import Embedding
from tcsim.networks.operations.layer_norm import LayerNorm
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.rms_norm import RMSNorm
from tcsim.networks.operations.softmax_attention import SoftmaxAttention
from tcsim.networks.operations.table import Table
from tcsim.networks.quantizing.grids import LARGEST, grid, positive, units
from tcsim.networks.sketch import Sketch
from tcsim.networks.tables.exp_table import ExpTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.sketch import Edge
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers

    RealFunction: TypeAlias = Callable[[Floats], Floats]

_FINEST = 16
"""Steps of a sum for one step of its finest operand."""


@dataclass(frozen=True, eq=False)
class Real:
    """Real numbers that stand in a sketch as integers: about ``scale * integer + shift``.

    Attributes:
        edge: the integers.
        scale: what a step of 1 is worth, broadcast over the shape.
        shift: the real value of integer 0, likewise.
        sample: what the real network has there on the calibration rows, shape ``(rows, *shape)``.
    """

    edge: Edge
    scale: Floats
    shift: Floats
    sample: Floats

    @property
    def step(self) -> float:
        """The one scale.

        Raises:
            NetworkError: channels have different ones, or there is a shift.
        """
        if self.scale.size != 1 or np.any(self.shift):
            raise NetworkError("the channels of these values have scales of their own: code them")
        return float(self.scale.reshape(()))


class Quantizer:
    """Writes a real-valued network operation by operation, as integers.

    Every method computes both: the real values on the calibration rows, in float64, and the
    integer operations that stand for them, with scales that suit those rows. What is rounded is
    what `code` rounds, and weights; nothing else.

    Args:
        weight_bits: 2..16 per weight, sign included.
        activation_bits: 2..12 per value that is rounded.
        like: a quantizer that wrote the same operations on other rows, such as longer words: its
            grids are taken over, one after the other, so that both networks round alike.
    """

    def __init__(
        self,
        *,
        weight_bits: int = 8,
        activation_bits: int = 8,
        like: Quantizer | None = None,
    ) -> None:
        for name, bits, most in (
            ("weight_bits", weight_bits, 16),
            ("activation_bits", activation_bits, 12),
        ):
            if not isinstance(bits, int) or not 2 <= bits <= most:
                raise NetworkError(f"{name} must be an integer in 2..{most}, not {bits!r}")
        self.weight_bits = weight_bits
        self.activation_bits = activation_bits
        self.sketch = Sketch()
        self._grids: list[tuple[Code, float]] = []
        self._given = None if like is None else list(like._grids)  # noqa: SLF001 - its own class

    def _grid(
        self, sample: Floats, bits: int | None, ends: tuple[float, float] | None = None
    ) -> tuple[Code, float]:
        """The next grid: one that suits the sample, or the one that was given."""
        if self._given is None:
            found = grid(sample, bits or self.activation_bits, ends)
        elif len(self._grids) < len(self._given):
            found = self._given[len(self._grids)]
        else:
            raise NetworkError("the quantizer that this one is like has written fewer operations")
        self._grids.append(found)
        return found

    # Inputs --------------------------------------------------------------------------------------

    def integers(self, name: str, rows: object, code: Code) -> Real:
        """Inputs that are integers already, such as tokens or pixels.

        Args:
            name: of the input wires.
            rows: calibration rows, integers in the code's range, shape ``(rows, *shape)``.
            code: their range and wires.
        """
        sample = np.asarray(rows, np.float64)
        if (sample != np.rint(sample)).any() or sample.min() < code.lo or sample.max() > code.hi:
            raise NetworkError(f"calibration rows of {name} are no integers {code.lo}..{code.hi}")
        edge = self.sketch.input(name, sample.shape[1:], code)
        return Real(edge, np.ones(1), np.zeros(1), sample)

    def reals(self, name: str, rows: object, bits: int | None = None) -> Real:
        """Real inputs, rounded to a grid over the calibration range before the network reads them.

        Args:
            name: of the input wires.
            rows: calibration rows, shape ``(rows, *shape)``.
            bits: per value; `activation_bits` unless said.
        """
        sample = np.asarray(rows, np.float64)
        if not sample.size or not np.isfinite(sample).all():
            raise NetworkError(f"calibration rows of {name} must be finite numbers, at least one")
        code, scale = self._grid(sample, bits)
        edge = self.sketch.input(name, sample.shape[1:], code)
        return Real(edge, np.full(1, scale), np.zeros(1), sample)

    # Linear --------------------------------------------------------------------------------------

    def linear(
        self, x: Real, weights: object, bias: object | None = None, *, one_scale: bool = False
    ) -> Real:
        """``x @ weights + bias`` along the last axis, not rounded.

        Args:
            x: any values.
            weights: real, shape (inputs, outputs).
            bias: real, shape (outputs,).
            one_scale: whether all channels get the same scale, as what adds or compares them needs.
        """
        real, offset = _parameters(weights, bias, -1)
        scale = np.broadcast_to(x.scale, real.shape[:1])
        shift = np.broadcast_to(x.shift, real.shape[:1])
        steps = real * scale[:, None]
        constant = offset + shift @ real
        unit = units(steps, constant, self.weight_bits, one=one_scale)
        affine = Affine(_round(steps / unit), _round(constant / unit))
        edge = self.sketch.add(affine, x.edge)
        return Real(edge, _thin(unit), np.zeros(1), x.sample @ real + offset)

    def add(self, *terms: Real, constant: object | None = None) -> Real:
        """Sums, such as of a residual stream, not rounded; terms have one scale each.

        Each term is multiplied by an integer that brings it to the scale of the sum, a sixteenth
        of the finest one.
        """
        finest = min(one.step for one in terms)
        unit = max(finest / _FINEST, max(one.step for one in terms) / 2**20)
        factors = [max(1, round(one.step / unit)) for one in terms]
        offset = np.zeros(1) if constant is None else np.asarray(constant, np.float64)
        sample = sum((one.sample for one in terms), offset)
        combine = Combine(factors, _round(offset / unit) if constant is not None else 0)
        edge = self.sketch.add(combine, *(one.edge for one in terms))
        return Real(edge, np.full(1, unit), np.zeros(1), sample)

    def embedding(self, tokens: Real, table: object) -> Real:
        """The row of a table for each token, shape (..., width); of one-hot tokens, no gate.

        Args:
            tokens: integers from 0; of binary ones, a level and a gate a token.
            table: real, shape (vocabulary, width).
        """
        real, offset = _parameters(table, None, -1)
        unit = units(real, offset, self.weight_bits, one=True)
        edge = self.sketch.add(Embedding(_round(real / unit)), tokens.edge)
        return Real(edge, _thin(unit), np.zeros(1), real[tokens.sample.astype(np.int64)])

    def convolution(
        self,
        x: Real,
        weights: object,
        bias: object | None = None,
        *,
        one_scale: bool = False,
        **windows: Any,  # noqa: ANN401
    ) -> Real:
        """A convolution, not rounded; channels first.

        Args:
            x: values of one scale, shape ``(channels, *axes)``.
            weights: real, shape ``(outputs, channels / groups, *kernel)``.
            bias: real, shape (outputs,).
            one_scale: whether all channels get the same scale.
            windows: strides, padding, dilations, groups of `Convolution`.
        """
        real, offset = _parameters(weights, bias, 0)
        steps = (real * x.step).reshape(len(real), -1).T
        unit = units(steps, offset, self.weight_bits, one=one_scale)
        made = Convolution(
            _round((steps / unit).T.reshape(real.shape)), _round(offset / unit), **windows
        )
        exact = made._apply(x.sample, real) + offset.reshape(-1, *(1,) * (real.ndim - 2))  # noqa: SLF001
        edge = self.sketch.add(made, x.edge)
        scale = _thin(unit).reshape(-1, *(1,) * (real.ndim - 2))
        return Real(edge, scale, np.zeros(1), exact)

    # Rounded -------------------------------------------------------------------------------------

    def code(
        self,
        x: Real,
        function: RealFunction | None = None,
        *,
        name: str = "identity",
        bits: int | None = None,
        ends: tuple[float, float] | None = None,
        kind: str = "thermometer",
    ) -> Real:
        """Values rounded to a grid, after a function that never decreases, in one step.

        Args:
            x: any values.
            function: elementwise on float64; nothing unless said.
            name: what the function is called.
            bits: per value; `activation_bits` unless said.
            ends: least and largest value of the grid; those that suit the calibration rows unless
                said.
            kind: ``"thermometer"`` or ``"binary"``.
        """
        act = _same if function is None else function
        sample = act(x.sample)
        code, scale = self._grid(sample, bits, ends)
        code = Code(code.lo, code.hi, kind)  # type: ignore[arg-type]
        unit, shift = np.atleast_1d(x.scale), np.atleast_1d(x.shift)
        unit, shift = np.broadcast_arrays(unit, shift)
        lo, hi = (_per_channel(end, unit.shape) for end in x.edge.known.full())
        low, high = lo.min(axis=0), hi.max(axis=0)

        def rounded(integers: Integers) -> Integers:
            real = act(integers * unit[..., None] + shift[..., None])
            return np.clip(np.rint(real / scale), code.lo, code.hi).astype(np.int64)

        operation = Requantize.from_function(rounded, low, high, code, name)
        return Real(self.sketch.add(operation, x.edge), np.full(1, scale), np.zeros(1), sample)

    def table(self, x: Real, function: RealFunction, *, bits: int | None = None) -> Real:
        """Any function of rounded values, by a table: exact at every value of the grid, rounded.

        It costs no gate: the result is a linear form of the wires of `x`.
        """
        made, scale = self._table(x, function, bits or self.activation_bits)
        edge = self.sketch.add(made, x.edge)
        return Real(edge, np.full(1, scale), np.zeros(1), function(x.sample))

    def _table(self, x: Real, function: RealFunction, bits: int) -> tuple[Table, float]:
        """A function of rounded values as integers, and what a step of them is worth."""
        code = x.edge.known.code
        if code is None:
            raise NetworkError("a table reads rounded values: code them first")
        with np.errstate(all="ignore"):  # what is not finite is found and named
            values = function(np.arange(code.lo, code.hi + 1, dtype=np.float64) * x.step)
        if not np.isfinite(values).all():
            raise NetworkError("the function of a table is not finite on its grid")
        scale = positive(float(np.abs(values).max()) / (2 ** (bits - 1) - 1))
        return Table(_round(values / scale), code.lo), scale

    def product(
        self,
        x: Real,
        y: Real,
        left: RealFunction | None = None,
        right: RealFunction | None = None,
    ) -> Real:
        """Products of rounded values, of functions of them by table if given; not rounded."""
        tables: list[Table | None] = []
        scale, sample = 1.0, np.ones(1)
        for one, function in ((x, left), (y, right)):
            if function is None:
                tables.append(None)
                scale, sample = scale * one.step, sample * one.sample
            else:
                made, step = self._table(one, function, self.activation_bits)
                tables.append(made)
                scale, sample = scale * step, sample * function(one.sample)
        edge = self.sketch.add(Product(*tables), x.edge, y.edge)
        return Real(edge, np.full(1, scale), np.zeros(1), sample)

    def attention(
        self,
        q: Real,
        k: Real,
        v: Real,
        *,
        causal: bool = False,
        mask: object = None,
        top: int = 15,
        kind: str = "thermometer",
    ) -> Real:
        """Softmax attention of rounded queries, keys and values, rounded to the grid of the values.

        Args:
            q: shape (..., heads, n, width); scores are divided by the square root of the width.
            k: shape (..., groups, m, width).
            v: shape (..., groups, m, outputs).
            causal: whether a query sees the keys up to its own place only.
            mask: booleans that broadcast to (..., heads, n, m), True where a query sees a key.
            top: the integer weight of the largest score; smaller ones follow the exponential.
            kind: code of the result.
        """
        width = q.edge.known.shape[-1]
        scale = q.step * k.step / np.sqrt(width)
        values = v.edge.known.code
        if values is None:
            raise NetworkError("attention reads rounded values: code them first")
        code = Code(values.lo, values.hi, kind)  # type: ignore[arg-type]
        made = SoftmaxAttention(
            ExpTable.from_scale(scale, top), code, rounding="half_up", causal=causal, mask=mask
        )
        sample = _attention(q.sample, k.sample, v.sample, made)
        edge = self.sketch.add(made, q.edge, k.edge, v.edge)
        return Real(edge, np.full(1, v.step), np.zeros(1), sample)

    def norm(
        self,
        x: Real,
        gamma: object,
        beta: object = 0.0,
        *,
        eps: float,
        centered: bool,
        bits: int | None = None,
        code: str = "thermometer",
    ) -> Real:
        """RMSNorm or, if centered, LayerNorm of rounded values along the last axis, rounded.

        The rounded values are normalized exactly; gamma and beta are rounded to `weight_bits`.

        Args:
            x: rounded values.
            gamma: real factors, shape (features,) or one number.
            beta: real offsets, likewise.
            eps: added to the mean square.
            centered: whether the mean is taken off.
            bits: per value of the result; `activation_bits` unless said.
            code: of the result.
        """
        factors, offsets = (np.atleast_1d(np.asarray(a, np.float64)) for a in (gamma, beta))
        middle = x.sample.mean(axis=-1, keepdims=True) if centered else 0.0
        z = x.sample - middle
        sample = factors * z / np.sqrt((z**2).mean(axis=-1, keepdims=True) + eps) + offsets
        made, scale = self._grid(sample, bits)
        made = Code(made.lo, made.hi, code)  # type: ignore[arg-type]
        kind = LayerNorm if centered else RMSNorm
        operation = kind(
            made,
            [_fraction(value, self.weight_bits) for value in factors / scale],
            [_fraction(value, self.weight_bits + 4) for value in offsets / scale],
            eps=_fraction(eps / x.step**2, self.weight_bits) or Fraction(1, 2**16),
        )
        edge = self.sketch.add(operation, x.edge)
        return Real(edge, np.full(1, scale), np.zeros(1), sample)

    def apply(self, operation: Operation, *operands: Real, sample: Any) -> Real:  # noqa: ANN401
        """An operation that only moves or adds up values of one scale.

        Args:
            operation: it commutes with scaling, such as a reshape, a sum or a maximum.
            operands: values of one scale; they must be equal.
            sample: its result on the operands' samples.
        """
        scales = [one.step for one in operands]
        if any(scale != scales[0] for scale in scales):
            raise NetworkError("operands of different scales: code them to one grid first")
        edge = self.sketch.add(operation, *(one.edge for one in operands))
        return Real(edge, np.full(1, scales[0]), np.zeros(1), np.asarray(sample, np.float64))


def _attention(q: Floats, k: Floats, v: Floats, like: SoftmaxAttention) -> Floats:
    groups = q.shape[-3] // k.shape[-3]
    k, v = np.repeat(k, groups, axis=-3), np.repeat(v, groups, axis=-3)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    seen = like.visible(scores.shape[1:-2], *scores.shape[-2:])
    scores = np.where(seen, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = weights / weights.sum(axis=-1, keepdims=True) @ v
    return found


def _parameters(weights: object, bias: object | None, outputs: int) -> tuple[Floats, Floats]:
    """Weights, and a bias for each output, which are along the axis `outputs`."""
    real = np.asarray(weights, np.float64)
    offset = np.zeros(real.shape[outputs]) if bias is None else np.asarray(bias, np.float64)
    if not (np.isfinite(real).all() and np.isfinite(offset).all()):
        raise NetworkError("weights or biases are not finite")
    reach = max(float(np.abs(one).max(initial=0)) for one in (real, offset))
    if reach > LARGEST:
        raise NetworkError(
            f"weights or biases up to {reach:.3g} leave floating point: rescale the layer"
        )
    return real, offset


def _fraction(value: float, bits: int) -> Fraction:
    """A number rounded to so many binary digits: small numerators make small weights."""
    mantissa, exponent = np.frexp(value)
    return Fraction(round(mantissa * 2**bits)) * Fraction(2) ** (int(exponent) - bits)


def _thin(unit: Floats) -> Floats:
    return unit[:1] if (unit == unit[0]).all() else unit


def _per_channel(end: Integers, channels: tuple[int, ...]) -> Integers:
    """Ends of ranges as (anything, channels), where channels of length 1 stand for all."""
    rank = len(channels)
    whole = end.reshape(-1, *end.shape[end.ndim - rank :])
    kept = [axis for axis, length in enumerate(channels) if length != 1]
    moved = np.moveaxis(whole, [1 + axis for axis in kept], range(-len(kept), 0))
    return moved.reshape(-1, *channels)


def _round(values: Floats) -> Integers:
    """Integers, within what int64 holds."""
    reach = float(np.abs(values).max(initial=0))
    if not reach < 2.0**62:
        raise NetworkError(
            f"a constant is {reach:.3g} steps of the values beside it, more than 2**62: "
            "their scales differ too much, rescale the network"
        )
    return np.rint(values).astype(np.int64)


def _same(values: Floats) -> Floats:
    return values
