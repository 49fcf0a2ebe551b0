"""DO1 with a gap, for strict alternating circuits: the restrictions do not make it easier."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, members, shown, text
from reductions.problems.do1_gap import DO1_GAP, Claim, DepthGap, fraction
from reductions.problems.strict_alternating import STRICT_ALTERNATING, StrictAlternating
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from reductions.problem import Problem

HALF = Fraction(1, 2)


class StrictDepthGap(DepthGap):
    """As `DepthGap`, with a strict circuit.

    Raises:
        ArgumentError: the circuit is not strict, or another argument is wrong.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.circuit, StrictAlternating):
            raise ArgumentError(f"circuit must be StrictAlternating, not {shown(self.circuit)}")


def _to_data(instance: StrictDepthGap) -> Any:  # noqa: ANN401
    return {
        "circuit": STRICT_ALTERNATING.to_data(instance.circuit),  # type: ignore[arg-type]
        "threshold": instance.threshold,
        "epsilon": str(instance.epsilon),
    }


def _from_data(data: Any) -> StrictDepthGap:  # noqa: ANN401
    circuit, threshold, epsilon = members(data, "instance", ("circuit", "threshold", "epsilon"))
    return StrictDepthGap(
        STRICT_ALTERNATING.from_data(circuit),
        integer(threshold, "instance.threshold", 1),
        fraction(text(epsilon, "instance.epsilon")),
    )


def every(k: int) -> Iterator[StrictDepthGap]:
    """Small strict circuits, with N = 1 and 2."""
    for circuit in STRICT_ALTERNATING.every(k):
        for threshold in (1, 2):
            yield StrictDepthGap(circuit, threshold, HALF)


def strategy() -> SearchStrategy[StrictDepthGap]:
    """Random strict circuits; the promise may be broken."""
    from hypothesis import strategies as st

    return st.builds(
        StrictDepthGap,
        STRICT_ALTERNATING.strategy(),
        st.integers(1, 6),
        st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10),
    )


def ladder(k: int) -> StrictDepthGap:
    """A band of 2 k + 1 levels, in which all gates of depth are 1 or none is."""
    return StrictDepthGap(STRICT_ALTERNATING.ladder(k), 2 * k, HALF)


def _with_values(one: StrictDepthGap, values: bytes) -> StrictDepthGap:
    return replace(one, circuit=StrictAlternating(one.circuit.circuit, values))


STRICT_DO1_GAP: Problem[StrictDepthGap, Claim] = replace(  # type: ignore[assignment]
    DO1_GAP,
    name="strict_do1_gap",
    question="In a strict circuit: is the deepest gate of value 1 of depth N or more, and not less "
    "than epsilon N?",
    instance=StrictDepthGap,
    to_data=_to_data,  # type: ignore[arg-type]
    from_data=_from_data,
    every=every,
    scope=lambda k: f"{STRICT_ALTERNATING.scope(k)}, with N = 1 and 2, epsilon = 1/2",
    reach=STRICT_ALTERNATING.reach,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "N is one larger": lambda one: replace(one, threshold=one.threshold + 1),
        "N is half": lambda one: replace(one, threshold=max(1, one.threshold // 2)),
        "all values are 1": lambda one: _with_values(
            one,  # type: ignore[arg-type]
            bytes((1,)) * len(one.circuit.values),
        ),
        "all values are 0": lambda one: _with_values(
            one,  # type: ignore[arg-type]
            bytes(len(one.circuit.values)),
        ),
    },
)
