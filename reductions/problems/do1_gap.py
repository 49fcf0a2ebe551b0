"""DO1 with a gap: is the deepest gate of value 1 deep, or much less deep?

See Appendix G of the paper.

``d_1`` of an alternating monotone circuit and its inputs is the largest depth of a gate of value 1,
and 0 if there is none. An instance promises that d_1 is at least N, or less than epsilon N. So
whoever approximates d_1 within a factor of epsilon decides it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, members, shown, text
from reductions.problem import Problem, Witnesses
from reductions.problems import certificates
from reductions.problems.alternating_circuits import ALTERNATING, Alternating
from reductions.problems.circuit_value import levels, wire_values
from reductions.problems.circuits import sizes as circuit_sizes
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

Claim = tuple[int, str]
"""A gate, and a certificate (see `certificates`) in which it is claimed to be 1."""


@dataclass(frozen=True)
class DepthGap:
    """A circuit with values, and the two depths between which d_1 does not lie.

    Args:
        circuit: an alternating circuit and values of its inputs.
        threshold: N, at least 1.
        epsilon: in (0, 1).

    Raises:
        ArgumentError: an argument is none of these.
    """

    circuit: Alternating
    threshold: int
    epsilon: Fraction

    def __post_init__(self) -> None:
        if not isinstance(self.circuit, Alternating):
            raise ArgumentError(f"circuit must be Alternating, not {shown(self.circuit)}")
        integer(self.threshold, "threshold", 1)
        require_epsilon(self.epsilon)


def require_epsilon(epsilon: object) -> Fraction:
    """An exact epsilon between 0 and 1.

    Raises:
        ArgumentError: it is none.
    """
    if not isinstance(epsilon, Fraction) or not 0 < epsilon < 1:
        raise ArgumentError(f"epsilon must be a Fraction between 0 and 1, not {shown(epsilon)}")
    return epsilon


def depth_of_ones(instance: Alternating) -> int:
    """d_1: the largest level of a gate of value 1; 0 if there is none."""
    first = len(instance.values)
    both = zip(levels(instance)[first:], wire_values(instance)[first:], strict=True)
    return max((level for level, value in both if value), default=0)


def decide(instance: DepthGap) -> bool:
    """Whether d_1 is at least N."""
    return depth_of_ones(instance.circuit) >= instance.threshold


def promise(instance: DepthGap) -> bool:
    """Whether d_1 is at least N, or less than epsilon N."""
    found = depth_of_ones(instance.circuit)
    return found >= instance.threshold or found < instance.epsilon * instance.threshold


def sizes(instance: DepthGap) -> dict[str, int]:
    """The size fields."""
    found = circuit_sizes((), instance.circuit)
    return {name: found[name] for name in FIELDS if name in found} | {
        "threshold": instance.threshold
    }


def _ending_at(instance: DepthGap, gate: int) -> Alternating:
    """The circuit with that gate as its output."""
    one = instance.circuit
    wire = [len(one.values) + gate]
    return Alternating(one.circuit.replace(output_wire=wire), one.values)


def _deep(instance: DepthGap) -> list[int]:
    first = len(instance.circuit.values)
    high = levels(instance.circuit)[first:]
    return [gate for gate, level in enumerate(high) if level >= instance.threshold]


def verify(instance: DepthGap, claim: Claim) -> bool:
    """Whether the gate is of depth N or more, and its claim of 1 is justified."""
    gate, claims = claim
    return gate in _deep(instance) and certificates.verify(_ending_at(instance, gate), claims)


def every_claim(instance: DepthGap) -> Iterator[Claim]:
    """All gates deep enough, with all certificates."""
    for gate in _deep(instance):
        for claims in certificates.every(_ending_at(instance, gate)):
            yield gate, claims


def _claim(
    instance: DepthGap, place: int, produce: Callable[[Alternating], str | None]
) -> Claim | None:
    """A claim of one of the gates that are deep and 1, by its place among them."""
    values = wire_values(instance.circuit)[len(instance.circuit.values) :]
    gates = [gate for gate in _deep(instance) if values[gate]]
    if not gates:
        return None
    gate = gates[place % len(gates)]
    claims = produce(_ending_at(instance, gate))
    return None if claims is None else (gate, claims)


def by_evaluation(instance: DepthGap) -> Claim | None:
    """The first gate that serves, with the values of all gates."""
    return _claim(instance, 0, certificates.by_evaluation)


def by_need(instance: DepthGap) -> Claim | None:
    """The last gate that serves, with the claims that it needs."""
    return _claim(instance, -1, certificates.by_need)


def sample(instance: DepthGap, seed: int) -> Claim | None:
    """One of the gates that serve, with claims by chance."""
    return _claim(instance, seed, lambda one: certificates.sample(one, seed))


def _to_data(instance: DepthGap) -> Any:  # noqa: ANN401
    return {
        "circuit": ALTERNATING.to_data(instance.circuit),
        "threshold": instance.threshold,
        "epsilon": str(instance.epsilon),
    }


def _from_data(data: Any) -> DepthGap:  # noqa: ANN401
    circuit, threshold, epsilon = members(data, "instance", ("circuit", "threshold", "epsilon"))
    return DepthGap(
        ALTERNATING.from_data(circuit),
        integer(threshold, "instance.threshold", 1),
        fraction(text(epsilon, "instance.epsilon")),
    )


def fraction(written: str) -> Fraction:
    """An epsilon from text, written as p/q.

    Raises:
        ArgumentError: it is not, or not between 0 and 1.
    """
    above, _, below = written.partition("/")
    digits = above.isascii() and above.isdigit() and below.isascii() and below.isdigit()
    if not digits or len(written) > 1000 or not int(below):
        raise ArgumentError(f"epsilon must be written as p/q, not {shown(written)}")
    return require_epsilon(Fraction(int(above), int(below)))


def _claim_from(data: Any) -> Claim:  # noqa: ANN401
    gate, claims = members(data, "witness", ("gate", "claims"))
    return integer(gate, "witness.gate", 0), certificates.CERTIFICATES.from_data(claims)


HALF = Fraction(1, 2)


def every(k: int) -> Iterator[DepthGap]:
    """Small alternating circuits, with N = 1 and 2."""
    for circuit in ALTERNATING.every(k):
        for threshold in (1, 2):
            yield DepthGap(circuit, threshold, HALF)


def strategy() -> SearchStrategy[DepthGap]:
    """Random alternating circuits; the promise may be broken."""
    from hypothesis import strategies as st

    return st.builds(
        DepthGap,
        ALTERNATING.strategy(),
        st.integers(1, 6),
        st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10),
    )


def ladder(k: int) -> DepthGap:
    """A band of 2 k levels, in which all gates of depth are 1 or none is."""
    return DepthGap(ALTERNATING.ladder(k), 2 * k, HALF)


FIELDS = {
    "inputs": "input wires",
    "gates": "gates",
    "edges": "operands of all gates",
    "depth": "longest path from an input to any gate",
    "threshold": "N",
}

DO1_GAP: Problem[DepthGap, Claim] = Problem(
    name="do1_gap",
    question="Is the deepest gate of value 1 of depth N or more, and not less than epsilon N?",
    instance=DepthGap,
    fields=FIELDS,
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"{ALTERNATING.scope(k)}, with N = 1 and 2, epsilon = 1/2",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "N is one larger": lambda one: replace(one, threshold=one.threshold + 1),
        "N is half": lambda one: replace(one, threshold=max(1, one.threshold // 2)),
        "all values are flipped": lambda one: replace(
            one,
            circuit=Alternating(
                one.circuit.circuit, bytes(1 - value for value in one.circuit.values)
            ),
        ),
    },
    hardness="P-complete under logspace reductions, as a promise problem",
    reference="paper, Theorem G.1; Kirousis and Spirakis 1988",
    witnesses=Witnesses(
        meaning="a gate of depth N or more and a certificate in which it is claimed to be 1",
        verify=verify,
        every=every_claim,
        few=lambda one: one.circuit.circuit.size <= certificates.FEW,
        producers={"evaluation": by_evaluation, "need": by_need},
        to_data=lambda claim: {"gate": claim[0], "claims": claim[1]},
        from_data=_claim_from,
        sample=sample,
    ),
    promise=promise,
)
