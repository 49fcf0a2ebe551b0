"""The strategy of integer networks: small ones, of every operation and code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from tcsim.errors import ArgumentError
from tcsim.strategies.ranges import Bounds, Range, bounds, within

if TYPE_CHECKING:
    from tcsim.networks import Affine, Argmax, Code, IntegerNetwork, Requantize
    from tcsim.typing import Integers


class _Limits(NamedTuple):
    """The arguments of `networks`, checked."""

    inputs: Bounds
    hidden: Bounds
    units: Bounds
    steps: Bounds
    weights: Bounds
    classify: bool | None


def networks(
    *,
    inputs: Range = (1, 3),
    hidden: Range = (0, 2),
    units: Range = (1, 3),
    steps: Range = (1, 4),
    weights: Range = (-3, 3),
    classify: bool | None = None,
) -> st.SearchStrategy[IntegerNetwork]:
    """Integer networks: affine layers, requantized values, argmax; all codes.

    Args:
        inputs: number of inputs.
        hidden: number of hidden layers.
        units: values in a layer, and outputs or classes to choose from.
        steps: ``hi - lo`` of the codes of inputs, hidden values and outputs.
        weights: least and greatest weight and bias.
        classify: whether the network ends with argmax, over 2 classes or more; None for either.

    Raises:
        ArgumentError: no network fits.

    Example:
        >>> from hypothesis import given, strategies as st
        >>> from tcsim.networks import compile
        >>> from tcsim.strategies import networks, rows
        >>> @given(networks(), st.data())
        ... def test_circuits_of_networks_are_exact(network, data):
        ...     x = data.draw(rows(network))
        ...     found = network.decode(compile(network)(network.encode(x)))
        ...     assert found.tolist() == network(x).tolist()
        >>> test_circuits_of_networks_are_exact()
    """
    limits = _Limits(
        bounds("inputs", inputs, 1),
        bounds("hidden", hidden, 0),
        bounds("units", units, 1),
        bounds("steps", steps, 1),
        bounds("weights", weights),
        classify,
    )
    if classify and limits.units[1] < 2:
        raise ArgumentError(f"units={units!r}, but argmax chooses among at least 2")
    return _networks(limits)


def rows(
    network: IntegerNetwork, *, min_rows: int = 1, max_rows: int = 8
) -> st.SearchStrategy[Integers]:
    """Inputs of an integer network: int64, shape (rows, features), in the range of its code.

    Args:
        network: what they are for.
        min_rows: fewest rows.
        max_rows: most rows.

    Raises:
        ArgumentError: the bounds do not lie in order.
    """
    if not 0 <= min_rows <= max_rows:
        raise ArgumentError(f"there are no {min_rows} to {max_rows} rows")
    features, code = network.inputs.features, network.inputs.code
    row = st.lists(st.integers(code.lo, code.hi), min_size=features, max_size=features)
    table = st.lists(row, min_size=min_rows, max_size=max_rows)
    return table.map(lambda values: np.array(values, np.int64).reshape(len(values), features))


@st.composite
def _networks(draw: st.DrawFn, limits: _Limits) -> IntegerNetwork:
    from tcsim.networks import Argmax, Inputs, IntegerNetwork

    features = draw(within(limits.inputs))
    inputs = Inputs(features, _code(draw, limits, ["thermometer", "binary", "one_hot"]))
    operations: list[Affine | Requantize | Argmax] = []
    for _ in range(draw(within(limits.hidden))):
        features = _affine(draw, limits, features, operations)
        operations.append(_requantize(draw, limits, features))
    options = [end for end in (False, True) if limits.classify in (None, end)]
    if draw(st.sampled_from(options)) and limits.units[1] > 1:
        operations.append(Argmax(_affine(draw, limits, features, operations, least=2)))
    else:
        features = _affine(draw, limits, features, operations)
        operations.append(_requantize(draw, limits, features))
    return IntegerNetwork(inputs, operations)


def _affine(
    draw: st.DrawFn, limits: _Limits, features: int, operations: list[Any], *, least: int = 1
) -> int:
    """Add an affine operation, or none where the values can stay; how many values there are."""
    from tcsim.networks import Affine

    low, high = limits.units
    if low <= features <= high and features >= least and draw(st.booleans()):
        return features
    units = draw(st.integers(max(low, least), high))
    numbers = st.lists(within(limits.weights), min_size=units, max_size=units)
    weights = draw(st.lists(numbers, min_size=features, max_size=features))
    operations.append(Affine(np.array(weights, np.int64), np.array(draw(numbers), np.int64)))
    return units


def _requantize(draw: st.DrawFn, limits: _Limits, features: int) -> Requantize:
    from tcsim.networks import Requantize

    code = _code(draw, limits, ["thermometer", "binary"])
    row = st.lists(st.integers(-20, 20), min_size=code.steps, max_size=code.steps).map(sorted)
    cuts = draw(st.lists(row, min_size=features, max_size=features))
    return Requantize(np.array(cuts, np.int64), code)


def _code(draw: st.DrawFn, limits: _Limits, kinds: list[Any]) -> Code:
    from tcsim.networks import Code

    low = draw(st.integers(-3, 3))
    return Code(low, low + draw(within(limits.steps)), draw(st.sampled_from(kinds)))
