"""Operators that move real values, or look them up in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.arranging import arranged
from tcsim.networks.importers.onnx.evaluating import evaluate
from tcsim.networks.importers.onnx.lazy import Lazy, lazy_input, resolved, simple
from tcsim.networks.operations.arrangement import Concatenate, Gather
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor


def move(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Values put elsewhere: the reference is run once, on numbers of places."""
    if step.operator in ("Identity", "Dropout"):
        return [step.input(0)]
    x = step.input(0)
    if step.operator == "Gather" and isinstance(x, np.ndarray):
        return [_embedding(importer, step, x)]
    given = [one for one in step.inputs if isinstance(one, Lazy)]
    if step.operator == "Concat" and len(given) < len(step.inputs):
        raise NetworkError("constants beside computed values")
    if not all(isinstance(one, Lazy) for one in given) or not given:
        raise NetworkError("what is moved is not computed")
    reals = [simple(importer, one) for one in given]
    if len({one.step for one in reals}) > 1:
        reals = _one_grid(importer, reals)
    feeds, start = {}, 1
    node = type(step.node)()
    node.CopyFrom(step.node)
    for number, tensor in enumerate(step.inputs):
        if isinstance(tensor, Lazy):
            node.input[number] = f"data {number}"
            size = tensor.edge.known.size
            feeds[f"data {number}"] = np.arange(start, start + size).reshape(tensor.shape)
            start += size
        elif tensor is not None:
            feeds[step.node.input[number]] = tensor
    results = evaluate(node, feeds, importer.opsets)
    if step.operator == "Concat":
        return [_joined(importer, reals, int(step.attributes["axis"]))]
    if len(given) == 1 and (whole := _whole(importer, step, reals[0], results)):
        return whole
    samples = np.concatenate([one.sample.reshape(len(one.sample), -1) for one in reals], axis=1)
    flat = [importer.reshape(one.edge, (one.edge.known.size,)) for one in reals]
    pool = flat[0] if len(flat) == 1 else importer.add(Concatenate(0), *flat)
    found: list[Tensor] = []
    for where in results:
        if (where == 0).any():
            raise NetworkError("it puts zeros beside computed values")
        places = where.astype(np.int64) - 1
        sample = samples[:, places.ravel()].reshape(len(samples), *places.shape)
        if len(flat) == 1 and np.array_equal(places.ravel(), np.arange(start - 1)):
            edge = importer.reshape(reals[0].edge, places.shape)
        else:
            edge = importer.add(Gather(places, 0), pool)
        found.append(Lazy(Real(edge, reals[0].scale.reshape(1), np.zeros(1), sample)))
    return found


def _whole(
    importer: Importer, step: Step, x: Real, results: Sequence[np.ndarray]
) -> list[Tensor] | None:
    """The results as operations on axes; None where one of them is not."""
    numbers = np.arange(1, x.edge.known.size + 1).reshape(x.edge.known.shape)
    flat = x.sample.reshape(len(x.sample), -1)
    found: list[Tensor] = []
    for places in (np.asarray(one).astype(np.int64) for one in results):
        operations = arranged(step, numbers, places) if places.all() else None
        if operations is None:
            return None
        edge = importer.chain(x.edge, operations)
        sample = flat[:, places.ravel() - 1].reshape(len(flat), *places.shape)
        found.append(Lazy(Real(edge, x.scale.reshape(1), np.zeros(1), sample)))
    return found


def _joined(importer: Importer, reals: list[Real], axis: int) -> Lazy:
    """Values of one grid along an axis."""
    edge = importer.add(Concatenate(axis), *(one.edge for one in reals))
    behind = axis + 1 if axis >= 0 else axis
    sample = np.concatenate([one.sample for one in reals], axis=behind)
    return Lazy(Real(edge, reals[0].scale.reshape(1), np.zeros(1), sample))


def _one_grid(importer: Importer, reals: list[Real]) -> list[Real]:
    """Values rounded to one grid, that of all of them."""
    everything = np.concatenate([one.sample.ravel() for one in reals])
    ends = (float(everything.min()), float(everything.max()))
    return [importer.quantizer.code(one, ends=ends) for one in reals]


def _embedding(importer: Importer, step: Step, table: np.ndarray) -> Lazy:
    tokens = resolved(importer, lazy_input(step, 1))
    if step.attributes.get("axis", 0) or table.ndim != 2 or table.dtype.kind != "f":
        raise NetworkError("a look-up that is no row of a table of real numbers")
    code = tokens.edge.known.code
    if code is None or code.lo != 0:
        raise NetworkError("tokens are integers from 0: declare `ranges`")
    return Lazy(importer.quantizer.embedding(tokens, table[: code.hi + 1]))
