"""LinearAttention: ANDs for each pair of a position and a key that it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.monomials import monomial_count, monomial_reads, plain
from tcsim.networks.costs.operands import Operands, Support, half, largest, most, product, uniform
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import coded
from tcsim.networks.costs.uneven import Factor, along

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.linear_attention import LinearAttention


def cost(
    operation: LinearAttention,
    quantity: Quantities,
    origin: int,
    q: Operands,
    k: Operands,
    v: Operands,
) -> tuple[Operands, list[Part]]:
    """One level; normalized, a second of a gate a step."""
    *batch, length, features = q.shape
    keys, channels = k.shape[-2], v.shape[-1]
    shape = (*batch, length, channels)
    triples, pairs = monomial_count(quantity, q, k, v), monomial_count(quantity, q, k)
    read, exact = monomial_reads(q, k, v), plain(q, k, v)
    seen = half(length * (length + 1)) if operation.causal else length * keys
    count = product(batch) * seen * features
    level, made = _levels(operation, q, k, v)
    gates = count * channels * triples
    parts = [Part(gates, gates * read, read, 1, level, exact)]
    weight = product(one.weight for one in (q, k, v))
    if operation.code is None:
        wires: Any = _per_position(operation, features * triples, length, keys)
        return Operands(shape, (Support(origin, wires),), weight, made), parts
    level, made = _levels(operation, q, k, None, made)
    gates, read = count * pairs, monomial_reads(q, k)
    parts.append(Part(gates, gates * read, read, 1, level, exact))
    steps = quantity("N", operation.code.steps, "steps of a value")
    farthest = keys * features * (triples + pairs)
    reach = max(abs(operation.code.lo), abs(operation.code.hi))
    share = quantity("r", operation.epsilon.denominator, "denominator of epsilon")
    bound = 2 * quantity("M", max(reach, 1), "largest result") + 1
    parts.append(
        Part(
            product(shape) * steps,
            count * (triples + pairs) * channels * steps,
            farthest,
            share * largest(2 * weight, bound * q.weight * k.weight),
            made + 1,
        )
    )
    return coded(operation.code.kind, steps, quantity, origin, parts, shape)


def _per_position(operation: LinearAttention, each: Any, length: Any, keys: Any) -> Any:  # noqa: ANN401
    """Wires of one numerator: an array or `Uneven` where it differs between positions."""
    if not operation.causal:
        return each * keys
    if isinstance(length, int) and isinstance(each, int):
        return each * np.arange(1, length + 1)[:, None]
    return along(each, -2, Factor(half(length * (length + 1)), length))


def _levels(
    operation: LinearAttention,
    q: Operands,
    k: Operands,
    v: Operands | None,
    before: Any = 0,  # noqa: ANN401
) -> tuple[Any, Any]:
    """Levels of the ANDs, and of the latest one of each result or `before`, if that is later."""
    given = [one for one in (q, k, v) if one is not None]
    lengths = (q.shape[-2], k.shape[-2])
    apart = any(isinstance(one.level, np.ndarray) for one in given)
    if not apart or not all(isinstance(length, int) for length in lengths):
        level = max(most(one.level) for one in given) + 1
        return level, np.maximum(level, before) if isinstance(before, np.ndarray) else max(
            level, before
        )
    # Axes: ..., positions, keys, features, channels.
    query = _raised(q)[..., :, None, :, None]
    levels = np.maximum(query, _raised(k)[..., None, :, :, None])
    if v is not None:
        levels = np.maximum(levels, _raised(v)[..., None, :, None, :])
    levels = levels + 1
    levels = np.broadcast_to(levels, (*levels.shape[:-4], *lengths, *levels.shape[-2:]))
    mask = np.tril(np.ones(lengths, bool)) if operation.causal else np.ones(lengths, bool)
    shown = np.where(mask[:, :, None, None], levels, 0)
    made = np.maximum(shown.max(axis=(-3, -2)), before)
    return levels[..., mask, :, :], uniform(made)


def _raised(x: Operands) -> Any:  # noqa: ANN401
    level = np.asarray(x.level)
    return level.reshape((1,) * (2 - level.ndim) + level.shape)
