"""DO1: how deep is the deepest gate of value 1? As a question, and as a number to approximate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from reductions.codec import integer, members, shown
from reductions.problem import Problem
from reductions.problems.alternating_circuits import ALTERNATING, Alternating
from reductions.problems.do1_gap import DO1_GAP, Claim, depth_of_ones
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from reductions.problem import Witnesses


@dataclass(frozen=True)
class DepthQuestion:
    """Is d_1 at least N?

    Args:
        circuit: an alternating circuit and values of its inputs.
        threshold: N, at least 1.

    Raises:
        ArgumentError: an argument is none of these.
    """

    circuit: Alternating
    threshold: int

    def __post_init__(self) -> None:
        if not isinstance(self.circuit, Alternating):
            raise ArgumentError(f"circuit must be Alternating, not {shown(self.circuit)}")
        integer(self.threshold, "threshold", 1)


def approximates(
    value: Fraction, circuit: Alternating, epsilon: Fraction, above: Fraction = Fraction(1)
) -> bool:
    """Whether a number solves epsilon-approximate DO1: ``epsilon d_1 <= value <= above d_1``.

    Where d_1 = 0, only 0 does.

    Args:
        value: the number.
        circuit: any.
        epsilon: above 0.
        above: at least epsilon; 1 in the paper, which shows that it may be.

    Raises:
        ArgumentError: the factors are none of these.

    Example:
        >>> circuit = ALTERNATING.ladder(3)
        >>> depth_of_ones(circuit), approximates(Fraction(3), circuit, Fraction(1, 2))
        (6, True)
    """
    if not 0 < epsilon <= above:
        raise ArgumentError(f"epsilon must be above 0, at most {above}, not {shown(epsilon)}")
    depth = depth_of_ones(circuit)
    return epsilon * depth <= value <= above * depth


def _from_data(data: Any) -> DepthQuestion:  # noqa: ANN401
    circuit, threshold = members(data, "instance", ("circuit", "threshold"))
    return DepthQuestion(
        ALTERNATING.from_data(circuit), integer(threshold, "instance.threshold", 1)
    )


def every(k: int) -> Iterator[DepthQuestion]:
    """Small alternating circuits, with N = 1 and 2."""
    for circuit in ALTERNATING.every(k):
        for threshold in (1, 2):
            yield DepthQuestion(circuit, threshold)


def strategy() -> SearchStrategy[DepthQuestion]:
    """Random alternating circuits."""
    from hypothesis import strategies as st

    return st.builds(DepthQuestion, ALTERNATING.strategy(), st.integers(1, 6))


def ladder(k: int) -> DepthQuestion:
    """A band of 2 k levels, in which all gates of depth are 1 or none is."""
    return DepthQuestion(ALTERNATING.ladder(k), 2 * k)


DO1: Problem[DepthQuestion, Claim] = Problem(
    name="do1",
    question="Is the deepest gate of value 1 of depth N or more?",
    instance=DepthQuestion,
    fields=DO1_GAP.fields,
    sizes=cast("Any", DO1_GAP.sizes),
    decide=lambda one: depth_of_ones(one.circuit) >= one.threshold,
    to_data=lambda one: {
        "circuit": ALTERNATING.to_data(one.circuit),
        "threshold": one.threshold,
    },
    from_data=_from_data,
    every=every,
    scope=lambda k: f"{ALTERNATING.scope(k)}, with N = 1 and 2",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "N is one larger": lambda one: replace(one, threshold=one.threshold + 1),
        "all values are flipped": lambda one: replace(
            one,
            circuit=Alternating(
                one.circuit.circuit, bytes(1 - value for value in one.circuit.values)
            ),
        ),
    },
    hardness="P-complete under logspace reductions, and to approximate within any constant factor",
    reference="paper, Appendix G.1; Kirousis and Spirakis 1988",
    # A claim is about the circuit and N alone: that of the problem with a gap serves.
    witnesses=cast("Witnesses[DepthQuestion, Claim]", DO1_GAP.witnesses),
)
