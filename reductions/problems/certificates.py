"""Certificates of circuit values: claims for some gates, each forced by the claims it stands on.

A certificate has one symbol a gate: ``0`` or ``1``, a claim, or ``-``. A claim is justified if the
values of the inputs and the claims of the operands alone, whatever the others are, make the gate
that value. All claims of a justified certificate are true, by induction, because there is no cycle.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import shown
from reductions.problem import Witnesses
from reductions.problems.circuit_value import wire_values
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reductions.problems.circuit_value import CircuitValue

OPEN = "-"
"""Of a gate without a claim."""

FEW = 9
"""Most gates of circuits whose certificates are all listed."""

MEANING = (
    "claims 0 or 1 for some of the gates, the output among them with 1, each forced by the values "
    "of inputs and claims of operands"
)


def forced(
    terms: Sequence[tuple[int, int]], threshold: int, known: Sequence[str] | Mapping[int, str]
) -> str:
    """The value that known operands force, or `OPEN`.

    Args:
        terms: (wire, weight) pairs.
        threshold: of the gate.
        known: of each wire ``0``, ``1`` or `OPEN`.
    """
    low = high = 0
    for wire, weight in terms:
        if known[wire] == OPEN:
            low, high = low + min(weight, 0), high + max(weight, 0)
        elif known[wire] == "1":
            low, high = low + weight, high + weight
    if low >= threshold:
        return "1"
    return "0" if high < threshold else OPEN


def verify(instance: CircuitValue, claims: str) -> bool:
    """Whether all claims are justified and the output is claimed to be 1."""
    if not isinstance(claims, str) or len(claims) != instance.circuit.size:
        return False
    if set(claims) - {"0", "1", OPEN}:
        return False
    known = _inputs(instance) + list(claims)
    for (terms, threshold), claim in zip(instance.rows, claims, strict=True):
        if claim not in {OPEN, forced(terms, threshold, known)}:
            return False
    return known[instance.output] == "1"


def every(instance: CircuitValue) -> Iterator[str]:
    """All certificates, by search in the order of the gates."""
    rows = instance.rows

    def extend(known: list[str], gate: int) -> Iterator[str]:
        if gate == len(rows):
            if known[instance.output] == "1":
                yield "".join(known[len(instance.values) :])
            return
        yield from extend([*known, OPEN], gate + 1)
        value = forced(*rows[gate], known)
        if value != OPEN:
            yield from extend([*known, value], gate + 1)

    return extend(_inputs(instance), 0)


def by_evaluation(instance: CircuitValue) -> str | None:
    """The value of every gate."""
    values = wire_values(instance)
    if not values[instance.output]:
        return None
    return "".join(map(str, values[len(instance.values) :]))


def by_need(instance: CircuitValue) -> str | None:
    """From the output backwards, of each gate only operands that it needs: none can be left out."""
    return _backwards(instance, lambda wires: wires, keep=lambda: False)


def sample(instance: CircuitValue, seed: int) -> str | None:
    """From the output backwards, of each gate operands that force it, and others by chance."""
    random = Random(seed)
    return _backwards(
        instance, lambda wires: random.sample(wires, len(wires)), lambda: random.random() < 0.3
    )


def _backwards(
    instance: CircuitValue, order: Callable[[list[int]], list[int]], keep: Callable[[], bool]
) -> str | None:
    """Claims of the output and of what it needs.

    Args:
        instance: any.
        order: in which operands of a gate are left out, where the others force it without them.
        keep: whether one stays nonetheless.
    """
    values = [str(value) for value in wire_values(instance)]
    if values[instance.output] == "0":
        return None
    first = len(instance.values)
    needed = {instance.output}
    for gate in reversed(range(instance.circuit.size)):
        if first + gate not in needed:
            continue
        terms, threshold = instance.rows[gate]
        known = {wire: values[wire] for wire, _ in terms}
        for wire in order([wire for wire in known if wire >= first]):  # inputs are known anyhow
            without = {**known, wire: OPEN}
            if forced(terms, threshold, without) != OPEN and not keep():
                known = without
        needed |= {wire for wire, value in known.items() if value != OPEN and wire >= first}
    return "".join(
        values[first + g] if first + g in needed else OPEN for g in range(instance.circuit.size)
    )


def claimed(instance: CircuitValue, claims: str) -> list[str]:
    """Of every wire what is known: the inputs' values and the claims."""
    return _inputs(instance) + list(claims)


def _inputs(instance: CircuitValue) -> list[str]:
    return ["1" if value else "0" for value in instance.values]


def _from_data(data: Any) -> str:  # noqa: ANN401
    if not isinstance(data, str) or set(data) - {"0", "1", OPEN}:
        raise ArgumentError(f"a certificate is text of 0, 1 and -, not {shown(data)}")
    return data


CERTIFICATES: Witnesses[Any, str] = Witnesses(
    meaning=MEANING,
    verify=verify,
    every=every,
    few=lambda instance: instance.circuit.size <= FEW,
    producers={"evaluation": by_evaluation, "need": by_need},
    to_data=lambda claims: claims,
    from_data=_from_data,
    sample=sample,
)
"""The witnesses of every circuit value problem."""
