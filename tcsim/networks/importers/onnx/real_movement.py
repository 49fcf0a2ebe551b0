"""Operators that move real values, or look them up in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
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
    samples = np.concatenate([one.sample.reshape(len(one.sample), -1) for one in reals], axis=1)
    flat = [importer.reshape(one.edge, (one.edge.known.size,)) for one in reals]
    pool = flat[0] if len(flat) == 1 else importer.add(Concatenate(0), *flat)
    found: list[Tensor] = []
    for where in evaluate(node, feeds, importer.opsets):
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
