"""The strategy of circuits: forms, nested and shared, thresholds of chosen kinds, outputs."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.errors import ArgumentError
from tcsim.strategies.drawing import Drawing
from tcsim.strategies.ranges import Bounds, Range, bounds
from tcsim.strategies.shapes import KINDS, SHAPES, allowed

if TYPE_CHECKING:
    from collections.abc import Collection


class _Limits(NamedTuple):
    """The arguments of `circuits`, checked."""

    inputs: Bounds
    size: Bounds
    depth: Bounds
    outputs: Bounds
    weights: Bounds
    kinds: tuple[str, ...]
    nested: bool
    names: st.SearchStrategy[str] | None


def circuits(
    *,
    inputs: Range = (0, 6),
    size: Range = (0, 10),
    depth: Range | None = None,
    outputs: Range = (1, 3),
    weights: Range = (-3, 3),
    kinds: Collection[str] | None = None,
    nested: bool = True,
    names: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Circuit]:
    """Circuits: literal ones, with shared forms, weights of 0, dead gates, constant outputs.

    Args:
        inputs: number of inputs.
        size: number of gates.
        depth: longest path to an output; any by default.
        outputs: number of outputs.
        weights: least and greatest weight; of any size.
        kinds: which kinds of gates may occur (`KINDS`); by default all that the weights allow.
        nested: whether forms may use earlier forms. What the weights are then in the expanded form
            is not bounded.
        names: names of the inputs, outputs and of some gates and forms; scopes are drawn then too.
            By default inputs are called ``x0, x1, ...``, outputs ``y0, y1, ...``.

    Raises:
        ArgumentError: no circuit fits.

    Example:
        >>> from hypothesis import given
        >>> from tcsim.strategies import circuits
        >>> @given(circuits(inputs=3, weights=(0, 3)))
        ... def test_positive_weights_are_monotone(circuit):
        ...     assert not circuit([[0, 0, 0]]).any() or circuit([[1, 1, 1]]).any()
        >>> test_positive_weights_are_monotone()
    """
    limits = _Limits(
        inputs=bounds("inputs", inputs, 0),
        size=bounds("size", size, 0),
        depth=(0, 2**62) if depth is None else bounds("depth", depth, 0),
        outputs=bounds("outputs", outputs, 0),
        weights=bounds("weights", weights),
        kinds=_kinds(kinds, bounds("weights", weights)),
        nested=nested,
        names=names,
    )
    if limits.depth[0] > min(limits.size[1], 2**62 * limits.outputs[1]):
        raise ArgumentError(
            f"depth {limits.depth[0]} needs that many gates and an output, "
            f"but size is at most {limits.size[1]} and outputs at most {limits.outputs[1]}"
        )
    if max(limits.size[0], limits.depth[0]) > 0 and limits.inputs[1] < _fewest_inputs(limits):
        raise ArgumentError(f"no gate of these kinds has at most {limits.inputs[1]} inputs")
    return _circuits(limits)


def _kinds(kinds: Collection[str] | None, weights: Bounds) -> tuple[str, ...]:
    possible = tuple(kind for kind in KINDS if allowed(kind, *weights))
    if kinds is None:
        return possible
    for kind in kinds:
        if kind not in KINDS:
            raise ArgumentError(f"kinds holds {kind!r}, which is none of {', '.join(KINDS)}")
        if kind not in possible:
            raise ArgumentError(
                f"no gate is {kind!r} with weights from {weights[0]} to {weights[1]}"
            )
    return tuple(kind for kind in KINDS if kind in kinds)


def _fewest_inputs(limits: _Limits) -> int:
    """How many inputs the first gate needs."""
    return min((SHAPES[kind].operands for kind in limits.kinds), default=2**62)


@st.composite
def _circuits(draw: st.DrawFn, limits: _Limits) -> Circuit:
    size = draw(st.integers(max(limits.size[0], limits.depth[0]), limits.size[1]))
    fewest = _fewest_inputs(limits) if size else 0
    if fewest > limits.inputs[1]:
        size, fewest = 0, 0
    n = draw(st.integers(max(limits.inputs[0], fewest), limits.inputs[1]))
    drawing = Drawing(
        draw, n, limits.weights, limits.kinds, nested=limits.nested, top=max(limits.depth[1], 1)
    )
    for gate in range(size):
        # The first gates are a chain as long as the circuit must be deep.
        drawing.gate(required=n + gate - 1 if 0 < gate < limits.depth[0] else None)
    shallow = [w for w in reversed(range(n + size)) if drawing.level[w] <= limits.depth[1]]
    ends = st.sampled_from([*shallow, FALSE, TRUE])
    outputs = draw(st.lists(ends, min_size=limits.outputs[0], max_size=limits.outputs[1]))
    if limits.depth[0]:
        place = draw(st.integers(0, max(len(outputs) - 1, 0)))
        outputs[place : place + 1] = [n + limits.depth[0] - 1]
    return Circuit(
        form_start=[0, *accumulate(len(terms) for terms in drawing.forms)],
        form_operand=[operand for terms in drawing.forms for operand in sorted(terms)],
        form_weight=[terms[operand] for terms in drawing.forms for operand in sorted(terms)],
        gate_form=drawing.gate_form,
        gate_threshold=drawing.threshold,
        output_wire=outputs,
        **_names(draw, limits.names, n, len(outputs), size, len(drawing.forms)),
    )


_SCOPES = ("", "outer", "outer/inner", "other")


def _names(
    draw: st.DrawFn,
    names: st.SearchStrategy[str] | None,
    n: int,
    outputs: int,
    gates: int,
    forms: int,
) -> dict[str, Any]:
    """Names and scopes, as the arguments of a Circuit."""
    if names is None:
        return {
            "input_names": [f"x{i}" for i in range(n)],
            "output_names": [f"y{i}" for i in range(outputs)],
        }
    inner = draw(st.lists(names, unique=True, min_size=n, max_size=n + gates + forms))
    # Every further name goes to a gate or form of its own.
    places = draw(st.permutations(range(gates + forms)))[: len(inner) - n]
    named = dict(zip(places, inner[n:], strict=True))
    scopes = draw(st.integers(1, len(_SCOPES)))
    return {
        "input_names": inner[:n],
        "output_names": draw(st.lists(names, unique=True, min_size=outputs, max_size=outputs)),
        "gate_names": {place: name for place, name in named.items() if place < gates},
        "form_names": {place - gates: name for place, name in named.items() if place >= gates},
        "scope_names": _SCOPES[:scopes],
        "gate_scope": draw(st.lists(st.integers(0, scopes - 1), min_size=gates, max_size=gates)),
    }
